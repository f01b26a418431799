"""What every client must see, whichever library carried it."""

import sys
import traceback

CLIENT = {"client": "interop"}
UNKNOWN = "rpc.pong"
METHOD_UNKNOWN = -32601
PARAMS_INVALID = -32602


class Checks:
    """Counts what holds; each check is a line of output that `run` counts in turn."""

    def __init__(self, library):
        self.library = library
        self.failed = 0

    def expect(self, what, holds, seen=None):
        if holds:
            print(f"ok    {self.library}: {what}", flush=True)
        else:
            self.failed += 1
            print(f"FAIL  {self.library}: {what}; got {seen!r:.300}", flush=True)

    def broke(self):
        """Counts a check that could not even be made."""
        traceback.print_exc()
        self.expect("runs to its end", False, sys.exc_info()[1])

    def ping(self, result):
        self.expect("rpc.ping answers pong", result == "pong", result)

    def hello(self, result):
        holds = result.get("server") == "ksbd" and result.get("protocol") == 1 and "businessTime" in result
        self.expect("rpc.hello tells server, protocol and time", holds, result)

    def discover(self, result):
        names = {method["name"] for method in result.get("methods", [])}
        holds = result.get("openrpc", "").startswith("1.3") and {"rpc.ping", "session.login"} <= names
        self.expect("rpc.discover gives an OpenRPC document", holds, sorted(names))
        self.expect("rpc.discover tells strangers no more than is theirs", "counter.create" not in names, sorted(names))

    def unknown(self, code):
        self.expect("an unknown method is refused", code == METHOD_UNKNOWN, code)

    def invalid(self, code):
        self.expect("parameters that do not fit are refused", code == PARAMS_INVALID, code)

    def exit_status(self):
        return 1 if self.failed else 0
