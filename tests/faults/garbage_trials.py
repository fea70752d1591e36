"""What people see of an action server that answers nonsense, or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from cluster.replicas import Replica
from cluster.running import free_ports, settings_for
from tests.faults.callers import QUESTIONS, Caller, Sent, client
from tests.faults.cluster_trials import Counts
from tests.faults.sqlite_trials import Watched

TURNS = 4
LONGEST = 8.0
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def body(content: bytes, status: int = 200, kind: str = "application/json") -> Answer:
    """Answers always the same."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=content, status=status, content_type=kind)

    return answer


async def never(_: web.Request) -> web.StreamResponse:
    """Hangs."""
    await asyncio.sleep(60)
    return web.Response()


async def broken_off(request: web.Request) -> web.StreamResponse:
    """Promises more than it sends, and closes."""
    answer = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await answer.prepare(request)
    await answer.write(b'{"events": [')
    assert request.transport
    request.transport.abort()
    return answer


async def dribbling(request: web.Request) -> web.StreamResponse:
    """Sends a byte a second."""
    answer = web.StreamResponse(headers={"Content-Type": "application/json"})
    await answer.prepare(request)
    with suppress(ConnectionResetError):  # the caller has heard enough
        for _ in range(60):
            await answer.write(b" ")
            await asyncio.sleep(1)
    return answer


async def in_a_circle(request: web.Request) -> web.StreamResponse:
    """Sends the caller to itself."""
    raise web.HTTPTemporaryRedirect(request.path)


KINDS: dict[str, Answer] = {
    "500": body(b'{"error": "no"}', 500),
    "404": body(b"not found", 404, "text/plain"),
    "a page": body(b"<html>It works!</html>", 200, "text/html"),
    "nothing": body(b""),
    "null": body(b"null"),
    "a list": body(b"[1, 2, 3]"),
    "half of an object": body(b'{"events": [], "respon'),
    "an event without a name": body(b'{"events": [{"x": 1}], "responses": []}'),
    "an unknown event": body(b'{"events": [{"event": "explode"}], "responses": []}'),
    "no UTF-8": body(b'{"events": [], "responses": [{"text": "\xff\xfe"}]}'),
    "fifty megabytes": body(b'{"events": [], "responses": [], "x": "' + b"x" * (50 << 20) + b'"}'),
    "a redirection to itself": in_a_circle,
    "half of what it promised": broken_off,
    "silence": never,
    "a byte a second": dribbling,
}


async def all_of(folder: Path) -> AsyncIterator[Counts]:
    """Each kind, on an embedded bot whose actions are elsewhere."""
    port, elsewhere = free_ports(2)
    answering: list[Answer] = [KINDS["500"]]

    async def answer(request: web.Request) -> web.StreamResponse:
        return await answering[-1](request)

    app = web.Application()
    app.router.add_post("/webhook", answer)
    app.router.add_get("/health", body(b"{}"))
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", elsewhere).start()
    settings = {"TANDEM_ACTIONS_URL": f"http://127.0.0.1:{elsewhere}", "TANDEM_TRUSTED_PROXIES": ""}
    file = f"sqlite:///{folder}/tandem.db"
    replica = Replica(port, folder / "bot", settings_for("", port, **settings, TANDEM_DATABASE_URL=file))
    replica.launch()
    try:
        await asyncio.to_thread(replica.wait)
        sent, watched = await _all_kinds(replica.url, answering)
        late = sum(each.seconds > LONGEST for each in sent)
        yield watched.judged(f"{len(KINDS)} kinds of garbage from an action server", sent, {"later than 8 s": late})
    finally:
        await asyncio.to_thread(replica.stop)
        await runner.cleanup()


async def _all_kinds(url: str, answering: list[Answer]) -> tuple[list[Sent], Watched]:
    ended, watched, sent = False, Watched(), []
    watching = asyncio.create_task(watched.watch(url, lambda: ended))
    async with client() as http:
        for kind in KINDS.values():
            answering.append(kind)
            talks = (Caller(http).say(url, question) for question in QUESTIONS[:TURNS])
            sent += await asyncio.gather(*talks)
    ended = True
    await watching
    return sent, watched
