"""The website channel on a real HTTP server, built as the launcher builds it, over a scripted bot."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import pytest_asyncio
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic
from sanic.touchup import TouchUp
from sqlalchemy.engine import Engine

from bot.channels.website import Limits, WebsiteChannel
from bot.database import engine
from bot.knowledge.load import load_files
from bot.settings import PROJECT_ROOT, Settings

CLINIC = SimpleNamespace(name="Demo Clinic", phone="403-555-0100", email=None)
SECRET = "a secret for tests only"
ANSWER = {
    "topic": "order",
    "language": "en",
    "timing": None,
    "sources": [{"id": "order-1", "heading": "Which first", "quote": "A sentence."}],
    "handoff_offered": True,
}
BUTTON = {"title": "Why wait?", "payload": "/why_timing"}
Reply = Callable[[UserMessage], Awaitable[None]]


class ScriptedBot:
    """Stands where Rasa's agent stands: hears every message, and says what the test tells it to."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.replies: dict[str, Reply] = {}

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append((message.sender_id, message.text))
        await self.replies.get(message.text, say_answer)(message)


async def say_answer(message: UserMessage) -> None:
    await say(message, text=f"You said: {message.text}", buttons=[BUTTON], answer=ANSWER)


async def say(message: UserMessage, **said: Any) -> None:
    await message.output_channel.send_response(message.sender_id, said)


@dataclass
class Running:
    """A running server and a client that talks to it."""

    bot: ScriptedBot
    http: httpx.AsyncClient
    port: int

    async def session(self) -> dict[str, str]:
        """The headers of a new conversation."""
        opened = await self.http.post("/webhooks/website/session")
        assert opened.status_code == 201, opened.text
        return {"Authorization": f"Bearer {opened.json()['token']}"}

    async def send(self, headers: dict[str, str], message_id: str = "m1", **fields: Any) -> httpx.Response:
        body = {"id": message_id, **fields}
        return await self.http.post("/webhooks/website/messages", json=body, headers=headers)

    async def so_far(self, headers: dict[str, str]) -> list[dict[str, Any]]:
        listed = await self.http.get("/webhooks/website/messages", headers=headers)
        return list(listed.json()["messages"])


Start = Callable[..., Any]


@pytest.fixture(scope="session")
def stocked_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every operational table and the knowledge, to be copied."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("stocked") / "tandem.db"))
    bound = engine(f"sqlite:///{path}")
    load_files(bound, PROJECT_ROOT / "data" / "knowledge")
    bound.dispose()
    return path


@pytest.fixture
def database(stocked_file: Path, tmp_path: Path) -> Engine:
    return engine(f"sqlite:///{shutil.copy(stocked_file, tmp_path / 'tandem.db')}")


@pytest.fixture
def start(database: Engine, tmp_path: Path) -> Start:
    """Starts a server; what it stored is there for the next one."""

    @asynccontextmanager
    async def started(limits: Limits | None = None, **environment: str) -> AsyncIterator[Running]:
        listening = socket.create_server(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        env = {"TANDEM_SECRET_KEY": SECRET, "TANDEM_DATA_DIR": str(tmp_path), "TANDEM_PORT": str(port)}
        settings = Settings.from_environment({**env, **environment})
        bot = ScriptedBot()
        app = _app(WebsiteChannel(settings, database, CLINIC, limits), bot)
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        await server.startup()
        TouchUp._registry.clear()  # it rewrites Sanic in place, which works once a process
        await server.before_start()
        await server.start_serving()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=300, trust_env=False) as http:
            yield Running(bot, http, port)
        server.close()
        await server.wait_closed()

    return started


@pytest_asyncio.fixture
async def running(start: Start) -> AsyncIterator[Running]:
    async with start() as server:
        yield server


def _app(channel: WebsiteChannel, bot: ScriptedBot) -> Sanic:
    Sanic._app_registry.clear()  # a name can be taken once a process
    app = Sanic("tandem", configure_logging=False)
    register([channel], app, route="/webhooks/")
    app.ctx.agent = bot
    return app


async def raw_request(port: int, request: bytes, seconds: float = 60) -> bytes:
    """Send bytes as they are, and read until the server closes or has said its piece."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    try:
        return await asyncio.wait_for(reader.read(65536), seconds)
    finally:
        writer.close()
