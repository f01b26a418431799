"""pygls: messages behind `Content-Length: N`, asynchronous; sends `"params": null` where there are none."""

import asyncio
import os
import sys

from pygls.client import JsonRPCClient
from pygls.exceptions import JsonRpcException

from checks import CLIENT, UNKNOWN, Checks

PATIENCE = 20


def plain(value):
    """What the library made an object with attributes of, as the dictionary that it was."""
    if hasattr(value, "_asdict"):
        return {name: plain(member) for name, member in value._asdict().items()}
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, (list, tuple)) else value


async def run(checks, host, port):
    client = JsonRPCClient()
    await asyncio.wait_for(client.start_tcp(host, port), PATIENCE)

    async def call(method, params=None):
        return plain(await asyncio.wait_for(client.protocol.send_request_async(method, params), PATIENCE))

    async def code(method, params=None):
        try:
            await call(method, params)
        except JsonRpcException as error:
            return error.code
        return None

    checks.ping(await call("rpc.ping"))
    checks.ping(await call("rpc.ping", {}))
    checks.hello(await call("rpc.hello", CLIENT))
    checks.discover(await call("rpc.discover"))
    checks.unknown(await code(UNKNOWN))
    checks.invalid(await code("rpc.hello", {"client": 5}))
    answers = await asyncio.gather(*(call("rpc.ping") for _ in range(20)))
    checks.expect("twenty calls at the same time are answered", answers == ["pong"] * 20, answers)


if __name__ == "__main__":
    CHECKS = Checks("pygls")
    try:
        asyncio.run(asyncio.wait_for(run(CHECKS, sys.argv[1], int(sys.argv[2])), 60))
    except Exception:
        CHECKS.broke()
    sys.stdout.flush()
    # To stop the client would wait for the daemon to close the connection.
    os._exit(CHECKS.exit_status())
