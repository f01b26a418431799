"""aiorpcX: one JSON text per line, batches, calls at the same time, notifications of the daemon."""

import asyncio
import os
import sys
import uuid

import aiorpcx

from checks import CLIENT, METHOD_UNKNOWN, UNKNOWN, Checks

CHANGED = "pillar.assignedEventChanged"
EMAIL = os.environ.get("KSB_INTEROP_EMAIL", "operator@demo.example")
PASSWORD = os.environ.get("KSB_PASSWORD", "welkom in het meetjesland")


class Session(aiorpcx.RPCSession):
    """A session that keeps what it is told unasked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.told = asyncio.Queue()

    async def handle_request(self, request):
        if isinstance(request, aiorpcx.Notification):
            self.told.put_nowait((request.method, request.args))
            return None
        return "pong" if request.method == "rpc.ping" else aiorpcx.RPCError(METHOD_UNKNOWN, "no such method")


def connect(host, port):
    return aiorpcx.connect_rs(host, port, session_factory=Session)


def writes(**params):
    """Parameters of a call that changes something."""
    return {**params, "idempotencyKey": f"interop-{uuid.uuid4()}"}


async def code(call):
    try:
        await call
    except aiorpcx.RPCError as error:
        return error.code
    return None


async def basics(checks, host, port):
    async with connect(host, port) as session:
        checks.ping(await session.send_request("rpc.ping", {}))
        checks.ping(await session.send_request("rpc.ping"))
        checks.hello(await session.send_request("rpc.hello", CLIENT))
        checks.hello(await session.send_request("rpc.hello", ["interop"]))
        checks.discover(await session.send_request("rpc.discover", {}))
        checks.unknown(await code(session.send_request(UNKNOWN, {})))
        checks.invalid(await code(session.send_request("rpc.hello", {"clent": "x"})))
        await session.send_notification("rpc.ping", {})
        answers = await asyncio.gather(*(session.send_request("rpc.ping", {}) for _ in range(20)))
        checks.expect("twenty calls at the same time are answered", answers == ["pong"] * 20, answers)


async def batch(checks, host, port):
    async with connect(host, port) as session:
        async with session.send_batch() as sent:
            sent.add_request("rpc.ping", {})
            sent.add_notification("rpc.ping", {})
            sent.add_request(UNKNOWN, {})
            sent.add_request("rpc.hello", CLIENT)
        pong, error, hello = sent.results
        checks.ping(pong)
        checks.unknown(getattr(error, "code", None))
        checks.hello(hello)


async def notification(checks, host, port):
    """A pillar is set up, and hears of the event that it is fixed on."""
    async with connect(host, port) as people, connect(host, port) as device:
        await people.send_request("session.login", {"email": EMAIL, "password": PASSWORD})
        counters = (await people.send_request("counter.list", {"limit": 500}))["items"]
        counter = next(counter for counter in counters if counter.get("organizerId"))
        name = f"INTEROP-{uuid.uuid4()}"
        system = counter["cardSystemId"]
        made = await people.send_request(
            "pillar.create", writes(cardSystemId=system, name=name, counterIds=[counter["id"]]))
        made_code = made["setUpCode"]["code"]
        set_up = await device.send_request(
            "pillar.setUp", writes(pillarName=name, code=made_code, deviceId=name))
        await device.send_request("session.resume", {"token": set_up["credential"]})
        shown = await device.send_request("pillar.subscribe", {})
        events = (await people.send_request("event.list", {"limit": 500}))["items"]
        now_shown = shown.get("event", {}).get("id")
        event = next(
            event["id"] for event in events
            if event.get("organizerId") == counter["organizerId"] and event["id"] != now_shown
            and event.get("usable") and event.get("nextOpening"))
        pillar = made["pillar"]["id"]
        await people.send_request("pillar.setFixedEvent", writes(pillarId=pillar, eventId=event))
        method, view = await asyncio.wait_for(device.told.get(), 10)
        sources = [view.get("event")] + view.get("reasons", [])
        holds = method == CHANGED and any(source and source.get("source") == "fixed" for source in sources)
        checks.expect("a pillar hears of its fixed event", holds, (method, view))
        own = await device.send_request("pillar.assignedEvent", {})
        checks.expect("what it hears is what it gets when it asks", own == view, own)


async def main(host, port):
    checks = Checks("aiorpcX")
    for part in (basics, batch, notification):
        try:
            await asyncio.wait_for(part(checks, host, port), 60)
        except Exception:
            checks.broke()
    return checks.exit_status()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1], int(sys.argv[2]))))
