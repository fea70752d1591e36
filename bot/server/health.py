"""``GET /health``: whether the bot can answer, for whoever watches it; it names what is missing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.knowledge.store import KnowledgeStore
from bot.logs import place_of
from bot.server.actions.in_process import InProcessActions
from bot.server.actions.remote import RemoteActions

logger = logging.getLogger(__name__)
Check = Callable[[Agent], Awaitable[bool]]
CHECK_SECONDS = 3


def health_page() -> Blueprint:
    """Make the blueprint that answers at the root of the application."""
    page = Blueprint("health")

    @page.get("/health")
    async def health(request: Request) -> HTTPResponse:
        missing = await missing_parts(getattr(request.app.ctx, "agent", None))
        return json(report(missing), status=503 if missing else 200)

    return page


def report(missing: list[str]) -> dict[str, Any]:
    """Say in one object that all is well, or what is missing."""
    if not missing:
        return {"status": "ok", "checked": list(CHECKS)}
    return {"status": "unavailable", "missing": missing, "error": f"Missing: {', '.join(missing)}."}


async def missing_parts(agent: Agent | None) -> list[str]:
    """Name the parts that do not answer, all asked at the same time."""
    if agent is None or not agent.is_ready():
        return ["model"]
    answers = await asyncio.gather(*(_answers(name, check, agent) for name, check in CHECKS.items()))
    return [name for name, well in zip(CHECKS, answers, strict=True) if not well]


async def _answers(name: str, check: Check, agent: Agent) -> bool:
    try:
        return await asyncio.wait_for(check(agent), CHECK_SECONDS)
    except Exception as error:
        logger.warning("The %s did not answer: %s", name, place_of(error))
        return False


async def _model(agent: Agent) -> bool:
    return agent.processor is not None


async def _store(agent: Agent) -> bool:
    await asyncio.to_thread(agent.tracker_store.ping)
    return True


async def _knowledge(agent: Agent) -> bool:
    await asyncio.to_thread(KnowledgeStore(agent.tracker_store.engine).check)
    return True


async def _actions(agent: Agent) -> bool:
    endpoint = agent.action_endpoint
    if isinstance(endpoint, InProcessActions):
        return bool(endpoint.executor.actions)
    return isinstance(endpoint, RemoteActions) and await _is_up(endpoint.health_address)


async def _is_up(address: str) -> bool:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status == 200


CHECKS: dict[str, Check] = {"model": _model, "conversation store": _store, "knowledge": _knowledge, "actions": _actions}
