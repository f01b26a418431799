"""python-lsp-jsonrpc: messages behind `Content-Length: N`, from a client of threads."""

import os
import queue
import socket
import sys
import threading

from pylsp_jsonrpc.endpoint import Endpoint
from pylsp_jsonrpc.exceptions import JsonRpcException
from pylsp_jsonrpc.streams import JsonRpcStreamReader, JsonRpcStreamWriter

from checks import CLIENT, UNKNOWN, Checks

PATIENCE = 20


def code(future):
    try:
        future.result(PATIENCE)
    except JsonRpcException as error:
        return error.code
    return None


def run(checks, host, port):
    connection = socket.create_connection((host, port), PATIENCE)
    connection.settimeout(None)
    writer = JsonRpcStreamWriter(connection.makefile("wb"))
    reader = JsonRpcStreamReader(connection.makefile("rb"))
    endpoint = Endpoint({}, writer.write)
    batches = queue.Queue()

    def take(message):
        # The library knows no batches; its streams carry them all the same.
        if isinstance(message, list):
            batches.put(message)
        else:
            endpoint.consume(message)

    threading.Thread(target=reader.listen, args=(take,), daemon=True).start()

    checks.ping(endpoint.request("rpc.ping", {}).result(PATIENCE))
    checks.ping(endpoint.request("rpc.ping").result(PATIENCE))
    checks.hello(endpoint.request("rpc.hello", CLIENT).result(PATIENCE))
    checks.discover(endpoint.request("rpc.discover", {}).result(PATIENCE))
    checks.unknown(code(endpoint.request(UNKNOWN, {})))
    checks.invalid(code(endpoint.request("rpc.hello", {"client": "x", "clent": "x"})))

    writer.write([
        {"jsonrpc": "2.0", "id": 1, "method": "rpc.ping"},
        {"jsonrpc": "2.0", "method": "rpc.ping"},
        {"jsonrpc": "2.0", "id": "two", "method": UNKNOWN},
    ])
    answers = batches.get(timeout=PATIENCE)
    checks.expect("a batch is answered in its order", [answer["id"] for answer in answers] == [1, "two"], answers)
    checks.ping(answers[0].get("result"))
    checks.unknown(answers[1].get("error", {}).get("code"))


if __name__ == "__main__":
    CHECKS = Checks("python-lsp-jsonrpc")
    try:
        run(CHECKS, sys.argv[1], int(sys.argv[2]))
    except Exception:
        CHECKS.broke()
    sys.stdout.flush()
    # The library's threads outlive a connection that the other side keeps open.
    os._exit(CHECKS.exit_status())
