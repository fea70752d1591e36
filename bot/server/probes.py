"""``GET /health/live`` and ``GET /health/ready``: for whoever restarts the bot, and whoever sends people to it.

Neither asks the database. A bot whose database is away still says the safety texts and whom to call: taking it out of
service, or restarting it, would take that away too. ``/health`` tells of the parts.
"""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

ALIVE = {"status": "ok"}
NOT_READY = {"status": "unavailable", "error": "The bot is starting or stopping."}


def probe_pages() -> Blueprint:
    """Make the blueprint of both pages."""
    pages = Blueprint("probes")

    @pages.before_server_stop
    async def stop(app: Sanic, *_: Any) -> None:
        app.ctx.is_stopping = True

    @pages.get("/health/live")
    async def live(_: Request) -> HTTPResponse:
        return json(ALIVE)

    @pages.get("/health/ready")
    async def ready(request: Request) -> HTTPResponse:
        return json(ALIVE) if is_ready(request.app) else json(NOT_READY, status=503)

    return pages


def is_ready(app: Sanic) -> bool:
    """Whether people may be sent here: a model is loaded, and the server does not stop."""
    agent = getattr(app.ctx, "agent", None)
    return bool(agent and agent.is_ready()) and not getattr(app.ctx, "is_stopping", False)
