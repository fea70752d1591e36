"""Counts the way of a question through the code: how many files it touches, and how often it goes from one to another.

The bot runs in this process as ``tandem serve`` runs it, with the website channel in front; a profiler sees every call
from the channel to the reply. ``make way`` runs it (``python -m bench.way``).
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
OURS = tuple(f"{ROOT / folder}{os.sep}" for folder in ("bot", "actions"))
CHANNEL = str(ROOT / "bot" / "channels" / "turns.py")
"""Where a question comes in and its reply goes out; what reads and guards the HTTP request around it is no part."""
QUESTION = "Botox before or after microneedling?"
MOST_SHOWN = 12
Send = Callable[[], Awaitable[str]]
"""Sends the question in a new conversation; its topic comes back."""


@dataclass
class Way:
    """The files of ours whose functions were called, in order; a comprehension is part of its function."""

    calls: list[str] = field(default_factory=list)

    def see(self, frame: FrameType, event: str, _: object) -> None:
        """Take one event of the profiler."""
        file, name = frame.f_code.co_filename, frame.f_code.co_name
        if event == "call" and file.startswith(OURS) and not name.startswith("<"):
            self.calls.append(file)

    def within(self, file: str) -> Way:
        """The part from the first to the last call of a file."""
        places = [place for place, called in enumerate(self.calls) if called == file]
        return Way(self.calls[places[0] : places[-1] + 1])

    @property
    def files(self) -> int:
        """How many files were touched."""
        return len(set(self.calls))

    @property
    def changes(self) -> int:
        """How often the next function that was called stood in another file."""
        return sum(one != next_one for one, next_one in pairwise(self.calls))


@contextmanager
def followed() -> Iterator[Way]:
    """Follow what this thread does."""
    way = Way()
    sys.setprofile(way.see)
    try:
        yield way
    finally:
        sys.setprofile(None)


async def way_of(question: str, http: httpx.AsyncClient) -> tuple[Way, str]:
    """Follow a question, asked a second time: what is made at its first use is no part of its way."""
    await (await asked(question, http))()
    send = await asked(question, http)
    with followed() as way:
        topic = await send()
    return way.within(CHANNEL), topic


async def asked(question: str, http: httpx.AsyncClient) -> Send:
    """Open a conversation for the question, which is then only to be sent."""
    opened = await http.post("/webhooks/website/session")
    headers = {"Authorization": f"Bearer {opened.json()['token']}"}

    async def send() -> str:
        answer = await http.post("/webhooks/website/messages", json={"id": "m1", "text": question}, headers=headers)
        return str(answer.json()["topic"])

    return send


def report(way: Way) -> str:
    """Say both numbers, and where most calls went."""
    called = Counter(way.calls).most_common(MOST_SHOWN)
    most = "\n".join(f"{calls:6}  {Path(file).relative_to(ROOT)}" for file, calls in called)
    return f"{way.files} files, {way.changes} changes of file\n\n calls  file\n{most}"


async def serve(app: Any, listening: socket.socket) -> Any:
    """Serve the application in this loop."""
    from sanic.touchup import TouchUp

    server = await app.create_server(sock=listening, return_asyncio_server=True)
    await server.startup()
    TouchUp._registry.clear()  # it rewrites Sanic in place, which works once a process
    await server.before_start()
    await server.start_serving()
    return server


async def measured(app: Any, question: str) -> tuple[Way, str]:
    """Ask the served application over HTTP."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = await serve(app, listening)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as http:
            return await way_of(question, http)
    finally:
        server.close()


def main(question: str = QUESTION) -> int:
    """Measure the question's way and print it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({"TANDEM_DATA_DIR": folder, "TANDEM_TODAY": "2026-11-22"})
        way, topic = asyncio.run(measured(_built(), question))
    print(f"{question!r} ({topic}): {report(way)}")
    return 0


def _built() -> Any:
    """The application of ``tandem serve``."""
    # Rasa's imports take seconds, and settings are read from the environment.
    from bot.logs import configure_logs
    from bot.server.app import build_app
    from bot.server.prepare import prepare
    from bot.settings import Settings

    configure_logs("ERROR")
    warnings.simplefilter("ignore")
    settings = Settings.from_environment()
    prepare(settings)
    return build_app(settings)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
