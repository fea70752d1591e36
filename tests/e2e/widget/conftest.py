"""The chat in a real browser, on the real channel, with a scripted bot; and two clinics' sites beside it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright, expect
from rasa.core.channels.channel import register
from sanic import Sanic
from sanic.touchup import TouchUp

from bot.channels.limits import Rate
from bot.channels.website import WIDGET_FOLDER, Limits, WebsiteChannel
from bot.database import engine
from bot.knowledge.load import load_files
from bot.migrations import upgrade
from bot.settings import PROJECT_ROOT, Settings
from tests.e2e.widget.chat import Chat
from tests.e2e.widget.script import ScriptedBot

CLINIC = SimpleNamespace(name="Demo Clinic", phone="403-555-0100", email=None)
LIMITS = Limits(Rate(1000, 1000), Rate(1000, 1000), Rate(1000, 1000), turn_seconds=60)
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGE = """<!doctype html><html lang="en"><title>A clinic</title><main><h1>A clinic</h1><a href="#">A link</a></main>
<script async src="{bot}/embed.js" {attributes}></script></html>"""

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="green"/></svg>'


@dataclass
class Site:
    """A site on an origin of its own whose pages carry the chat's tag."""

    origin: str
    bot: str
    attributes: str = 'data-name="Other Clinic" data-color="#ffd400" data-position="left"'
    html: str = PAGE

    def page(self) -> bytes:
        return self.html.format(bot=self.bot, attributes=self.attributes).encode()


@dataclass
class Served:
    """The running channel and the sites."""

    bot: ScriptedBot
    origin: str
    clinic: Site
    foreign: Site
    elsewhere: Site
    """Listed too, and to a browser another site than the bot's, as a clinic's is: its host has another name."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    if not (WIDGET_FOLDER / "embed.js").exists():
        pytest.fail("The widget is not built; type: make widget")
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    sites = [a_site(origin), a_site(origin), a_site(origin, "localhost")]
    clinic, foreign, elsewhere = (site for _, site in sites)
    folder = tmp_path_factory.mktemp("chat")
    environment = {"TANDEM_SECRET_KEY": "a secret for tests only", "TANDEM_DATA_DIR": str(folder)}
    environment |= {"TANDEM_PORT": str(port), "TANDEM_ALLOWED_ORIGINS": f"{clinic.origin},{elsewhere.origin}"}
    bot = ScriptedBot()
    server = await _serve(Settings.from_environment(environment), bot, listening)
    yield Served(bot, origin, clinic, foreign, elsewhere)
    server.close()
    await server.wait_closed()
    for site_server, _ in sites:
        site_server.shutdown()


async def _serve(settings: Settings, bot: ScriptedBot, listening: socket.socket) -> Any:
    database = engine(f"sqlite:///{settings.data_dir / 'tandem.db'}")
    upgrade(database)
    load_files(database, PROJECT_ROOT / "data" / "knowledge")
    Sanic._app_registry.clear()  # a name can be taken once a process
    app = Sanic("tandem", configure_logging=False)
    register([WebsiteChannel(settings, database, CLINIC, LIMITS)], app, route="/webhooks/")
    app.ctx.agent = bot
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    await server.startup()
    TouchUp._registry.clear()  # it rewrites Sanic in place, which works once a process
    await server.before_start()
    await server.start_serving()
    return server


def a_site(bot: str, host: str = "127.0.0.1") -> tuple[ThreadingHTTPServer, Site]:
    """Serve a site whose every page carries the chat of a bot."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_picture = self.path.endswith(".svg")
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml" if is_picture else "text/html; charset=utf-8")
            # As strict as docs/embedding.md says that a page may be.
            policy = f"default-src 'self'; script-src {site.bot}; frame-src {site.bot}; style-src 'self'"
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(PICTURE if is_picture else site.page())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    site = Site(f"http://{host}:{server.server_address[1]}", bot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is missing; type: sudo apt-get install --yes chromium")
    expect.set_options(timeout=PATIENCE)
    flags = [*FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield launched
        await launched.close()


Visit = Callable[..., Awaitable[Chat]]
PATIENCE = 60_000
"""Milliseconds for whatever a page has to show: the machine may be slow."""


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, served: Served) -> AsyncIterator[Visit]:
    """Opens a page that carries the chat; whatever that page complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    served.bot.may_answer.set()

    async def visited(address: str | None = None, **how: Any) -> Chat:
        how = {"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce", **how}
        context = await browser.new_context(**how)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(address or served.origin)
        return Chat(page)

    yield visited
    for context in contexts:
        await context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> Iterator[str]:
    """The source of axe-core, as the widget's lock has it."""
    file = WIDGET_FOLDER.parent / "node_modules" / "axe-core" / "axe.min.js"
    if not file.exists():
        pytest.fail("The widget's packages are not installed; type: scripts/widget.sh packages")
    yield file.read_text()
