"""The website channel: the HTTP API that the chat on a clinic's page talks to.

Its routes only read the request and map the result; the tokens, limits, stores and turns live beside it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, HTTPResponse, Request, Sanic
from sanic.response import empty, json
from sqlalchemy.engine import Engine

from bot.channels.apology import Reachable, apology, sorry
from bot.channels.asking import TURN_SECONDS, OnNewMessage
from bot.channels.body import Incoming, read_feedback, read_hint, read_message
from bot.channels.conversations import Answer, ConversationStore, detailed_transcript, transcript
from bot.channels.details import answer_without_details, wants_details
from bot.channels.errors import ApiError, NotFoundError, TooManyError, UnauthorisedError
from bot.channels.exclusive import ConversationLocks
from bot.channels.gate import Gate
from bot.channels.limits import Limiter, Rate
from bot.channels.offload import Offload
from bot.channels.origins import AllowedOrigins
from bot.channels.output import merged
from bot.channels.pages import Pages
from bot.channels.resuming import forget, keep, kept_token
from bot.channels.tokens import SessionTokens, TokenError
from bot.channels.turns import Turns
from bot.clinic import read_clinic
from bot.consult.timeline.date_card import field_name
from bot.database import shared_engine
from bot.errors import TandemError
from bot.handoff.vault import ContactVault
from bot.knowledge.store import FRESH_SECONDS, KnowledgeStore
from bot.languages import spoken
from bot.logs import place_of
from bot.nlu.alarms import alarm
from bot.nlu.services import services
from bot.settings import PROJECT_ROOT, Settings

PER_CONVERSATION = Rate(burst=20, per_second=1)
PER_ADDRESS = Rate(burst=60, per_second=5)
SESSIONS_PER_ADDRESS = Rate(burst=30, per_second=0.2)
WIDGET_FOLDER = PROJECT_ROOT / "widget" / "dist"
DRAIN_SECONDS = 10.0
"""How long the turns that are under way may take when the server stops."""
logger = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Limits:
    """How fast anybody may be, and how long a turn may take."""

    per_conversation: Rate = PER_CONVERSATION
    per_address: Rate = PER_ADDRESS
    sessions_per_address: Rate = SESSIONS_PER_ADDRESS
    turn_seconds: float = TURN_SECONDS
    clock: Callable[[], float] = time.monotonic


class WebsiteChannel(InputChannel):
    """Rasa's input channel for the website."""

    def __init__(self, settings: Settings, bound: Engine, clinic: Reachable, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        secret = settings.secret_key()
        origins = AllowedOrigins(settings.allowed_origins, settings.port)
        self._tokens = SessionTokens(secret)
        self._store = ConversationStore(bound)
        self._knowledge = KnowledgeStore(bound, fresh_seconds=FRESH_SECONDS)
        self._vault = ContactVault(bound, secret)
        self._offload = Offload(bound)
        self._by_conversation = Limiter(limits.per_conversation, limits.clock)
        self._sessions = Limiter(limits.sessions_per_address, limits.clock)
        self._pages = Pages(WIDGET_FOLDER, origins.listed)
        self._gate = Gate(origins, Limiter(limits.per_address, limits.clock), settings.trusted_proxies)
        self._apology = apology(clinic)
        self._sorry = sorry(clinic)
        self._seconds = limits.turn_seconds
        locks = ConversationLocks(bound)
        self._turns = Turns(self._store, self._vault, self._offload, locks, self._say_sorry, limits.turn_seconds)

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is also its place under ``/webhooks/``."""
        return "website"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebsiteChannel:
        """Make the channel from the environment's settings; ``credentials.yml`` only names it."""
        settings = Settings.from_environment()
        return cls(settings, shared_engine(settings.database_url), read_clinic(settings.clinic_file))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The API's routes; registering them also puts the gate in front of the whole server."""
        routes = _GuardedBlueprint("website", self)

        # A partial, because Sanic writes attributes on its handlers and a method takes none.
        routes.add_route(partial(self._open_session), "/session", methods=("POST",), name="open_session")
        routes.add_route(partial(self._end_session), "/session", methods=("DELETE",), name="end_session")
        post_message = partial(self._post_message, bot=on_new_message)
        routes.add_route(post_message, "/messages", methods=("POST",), name="post_message")
        routes.add_route(partial(self._post_feedback), "/feedback", methods=("POST",), name="post_feedback")
        routes.add_route(partial(self._list_messages), "/messages", methods=("GET",), name="list_messages")
        return routes

    def guard(self, app: Sanic) -> None:
        """Put the gate and the pages on the server."""
        app.ctx.sorry = self._sorry
        self._gate.guard(app)
        self._pages.attach(app)
        app.register_listener(self._read_ahead, "before_server_start")
        app.register_listener(self._drain, "before_server_stop")

    async def _read_ahead(self, *_: object) -> None:
        """Read the knowledge now: later it is only asked in the background whether it is another one."""
        with suppress(TandemError):
            await asyncio.to_thread(self._knowledge.current)

    async def _drain(self, *_: object) -> None:
        await self._turns.drain(DRAIN_SECONDS)

    async def _in_time(self, function: Callable[..., Result], *args: object) -> Result:
        """Ask a store, for as long as anybody waits."""
        return await asyncio.wait_for(self._offload(function, *args), self._seconds)

    async def _open_session(self, request: Request) -> HTTPResponse:
        key = self._gate.limit_key(request)
        _refuse_after(self._sessions.take(key) if key else 0)
        is_page = self._gate.is_page(request)
        resumed = await self._resumed(request) if is_page else None
        token, seconds = resumed or (self._tokens.issue(), self._tokens.lifetime)
        return json({"token": token, "expires_in": seconds}, status=201, headers=keep(token) if is_page else None)

    async def _resumed(self, request: Request) -> tuple[str, int] | None:
        """The token of the page's cookie and the seconds that it has left, where its conversation can go on."""
        token = kept_token(request.headers.get("cookie", "")) or ""
        try:
            conversation, seconds = self._tokens.read(token), self._tokens.seconds_left(token)
        except TokenError:
            return None
        return None if await self._is_over(conversation) else (token, seconds)

    async def _is_over(self, conversation: str) -> bool:
        try:
            return await self._in_time(self._store.has_ended, conversation)
        except Exception as error:
            # What keeps somebody safe in this conversation outweighs that it may have been ended.
            logger.error("Whether a conversation was ended could not be seen: %s", place_of(error))
            return False

    async def _end_session(self, request: Request) -> HTTPResponse:
        conversation = await self._conversation(request)
        await self._in_time(self._store.end, conversation)
        await self._in_time(self._vault.forget, conversation)
        return empty(204, forget())

    async def _post_message(self, request: Request, bot: OnNewMessage) -> HTTPResponse:
        try:
            answer = await self._answer(request, bot)
        except ApiError:
            raise
        except Exception as error:
            # The stores are away. Whoever writes must still read whom to call; the id can be sent again.
            logger.error("A message could not be answered: %s", place_of(error))
            answer = self._apology(read_hint(request.body))
        return json(answer if wants_details(request) else answer_without_details(answer))

    async def _answer(self, request: Request, bot: OnNewMessage) -> Answer:
        conversation = self._named_conversation(request)
        _refuse_after(self._by_conversation.take(conversation))
        address = self._gate.limit_key(request)
        incoming = read_message(request.body, self._date_fields)
        return await self._turns.answer(conversation, incoming, bot, address)

    def _say_sorry(self, incoming: Incoming) -> Answer:
        """What is said to a message that cannot be answered: whom to call, above all to a red flag."""
        if urgent := alarm(incoming.text or ""):
            return merged([urgent])
        try:
            return self._apology(services().reader.teller.language(incoming.text or "", incoming.language))
        except Exception as error:
            logger.error("A message could not be looked at: %s", place_of(error))
            return self._apology(spoken(incoming.language))

    def _date_fields(self) -> list[str]:
        """The fields of the date card: a day for each treatment that the rules join."""
        return [field_name(treatment) for treatment in self._knowledge.current().usual_pair]

    async def _post_feedback(self, request: Request) -> HTTPResponse:
        conversation = await self._limited_conversation(request)
        client_id, value = read_feedback(request.body)
        if not await self._in_time(self._store.rate, conversation, client_id, value):
            raise NotFoundError("There is no answer to a message of that id.")
        return empty(204)

    async def _list_messages(self, request: Request) -> HTTPResponse:
        conversation = await self._limited_conversation(request)
        listed = detailed_transcript if wants_details(request) else transcript
        return json({"messages": listed(await self._in_time(self._store.so_far, conversation))})

    async def _limited_conversation(self, request: Request) -> str:
        conversation = await self._conversation(request)
        _refuse_after(self._by_conversation.take(conversation))
        return conversation

    async def _conversation(self, request: Request) -> str:
        """The conversation of the request, unless it was ended."""
        conversation = self._named_conversation(request)
        if await self._in_time(self._store.has_ended, conversation):
            raise UnauthorisedError
        return conversation

    def _named_conversation(self, request: Request) -> str:
        """The conversation that the request's token stands for; nothing else may name one."""
        try:
            return self._tokens.read(_bearer(request))
        except TokenError:
            raise UnauthorisedError from None


class _GuardedBlueprint(Blueprint):
    def __init__(self, name: str, channel: WebsiteChannel) -> None:
        super().__init__(name)
        self.ctx.channel = channel

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        super().register(app, options)
        self.ctx.channel.guard(app)


def _bearer(request: Request) -> str:
    given = request.headers.getall("authorization", [])
    scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    if scheme.lower() != "bearer":
        raise TokenError
    return token.strip()


def _refuse_after(wait: int) -> None:
    if wait:
        raise TooManyError(wait)
