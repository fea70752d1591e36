"""``GET /health``: whether the bot can answer, for whoever watches it; it names what is missing.

The parts are probed in the background, and whoever asks is told the last result at once: a part that hangs holds
nobody up, and a crowd that asks costs the parts nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.knowledge.store import KnowledgeStore
from bot.logs import place_of
from bot.server.actions.in_process import InProcessActions
from bot.server.actions.remote import RemoteActions

logger = logging.getLogger(__name__)
Check = Callable[[Agent], Awaitable[bool]]
CHECK_SECONDS = 3
PROBE_SECONDS = 5
"""From the end of one probe to the next."""


def health_page() -> Blueprint:
    """Make the blueprint that answers at the root of the application."""
    page = Blueprint("health")
    watch = Watch()

    @page.after_server_start
    async def start(app: Sanic, *_: Any) -> None:
        app.ctx.watch = watch
        watch.start(getattr(app.ctx, "agent", None))

    @page.before_server_stop
    async def stop(*_: Any) -> None:
        watch.stop()

    @page.get("/health")
    async def health(_: Request) -> HTTPResponse:
        missing = await watch.missing()
        return json(report(missing), status=503 if missing else 200)

    return page


class Watch:
    """Probes the parts of a running bot again and again, and knows the last result."""

    def __init__(self, seconds: float = PROBE_SECONDS) -> None:
        self._seconds = seconds
        self._first: asyncio.Event = asyncio.Event()
        self._missing: list[str] = []
        self._probing: asyncio.Task[None] | None = None

    def start(self, agent: Agent | None) -> None:
        """Begin to probe."""
        self._probing = asyncio.create_task(self._probe(agent))

    def stop(self) -> None:
        """Probe no more."""
        if self._probing:
            self._probing.cancel()

    async def missing(self) -> list[str]:
        """The parts that did not answer the last probe; only the first one is waited for."""
        await self._first.wait()
        return self._missing

    @property
    def known_missing(self) -> list[str]:
        """The parts that did not answer the last probe, for whoever does not wait for the first."""
        return self._missing

    async def _probe(self, agent: Agent | None) -> None:
        while True:
            self._missing = await missing_parts(agent, known=self._missing)
            self._first.set()
            await asyncio.sleep(self._seconds)


def report(missing: list[str]) -> dict[str, Any]:
    """Say in one object that all is well, or what is missing."""
    if not missing:
        return {"status": "ok", "checked": list(CHECKS)}
    return {"status": "unavailable", "missing": missing, "error": f"Missing: {', '.join(missing)}."}


async def missing_parts(agent: Agent | None, known: Collection[str] = ()) -> list[str]:
    """Name the parts that do not answer, all asked at the same time; the log is told of those that were not known."""
    if agent is None or not agent.is_ready():
        return ["model"]
    answers = await asyncio.gather(*(_answers(name, check, agent, name in known) for name, check in CHECKS.items()))
    return [name for name, well in zip(CHECKS, answers, strict=True) if not well]


async def _answers(name: str, check: Check, agent: Agent, is_known: bool) -> bool:
    try:
        return await asyncio.wait_for(check(agent), CHECK_SECONDS)
    except Exception as error:
        if not is_known:
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
