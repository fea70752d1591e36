"""People who write to a cluster: what they sent, what they were told, and what is kept of it."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import sqlalchemy as sa

from bot.channels.output import ALARMS
from bot.channels.tables import turns
from bot.channels.tokens import SessionTokens
from bot.database import engine, reading
from bot.server.conversations.store import EVENTS
from cluster.running import KEY

MESSAGES = "/webhooks/website/messages"
QUESTIONS = (
    "how long does botox last?",
    "which goes first?",
    "what is microneedling?",
    "why do I have to wait?",
    "how long after botox can I microneedle?",
    "what is botox used for?",
    "can I have both on the same day?",
    "is there a wait after microneedling?",
)
RED_FLAGS = (
    "I can't breathe since my botox",
    "I want to die",
    "my throat is closing up",
    "je n'arrive plus à respirer",
)
SORRY = "Sorry, something went wrong"


@dataclass(frozen=True)
class Sent:
    """One message, and what came of it."""

    conversation: str
    id: str
    status: int
    """0 where the connection broke."""
    body: dict[str, Any] = field(repr=False)
    seconds: float

    @property
    def is_sorry(self) -> bool:
        """Whether it was apologised for."""
        return any(SORRY in message["text"] for message in self.body.get("messages", []))

    @property
    def is_answered(self) -> bool:
        """Whether it has an answer that must be remembered."""
        return self.status == 200 and bool(self.body.get("messages")) and not self.is_sorry

    @property
    def is_alarm(self) -> bool:
        """Whether it was answered with a red flag's fixed text."""
        return self.body.get("topic") in ALARMS

    @property
    def is_silent(self) -> bool:
        """Whether the person was told nothing: no answer, no apology, no word on what to do."""
        return not (self.body.get("messages") or self.body.get("error"))


class Caller:
    """One person in one conversation."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http
        self._ids = itertools.count(1)
        token = SessionTokens(KEY)
        signed = token.issue()
        self.conversation = token.read(signed)
        self._headers = {"Authorization": f"Bearer {signed}"}

    async def say(self, url: str, text: str, message_id: str | None = None) -> Sent:
        """Send a text."""
        return await self.send(url, {"text": text}, message_id)

    async def send(self, url: str, content: dict[str, Any], message_id: str | None = None) -> Sent:
        """Send anything."""
        message_id, start = message_id or f"m{next(self._ids)}", time.monotonic()
        try:
            body = {"id": message_id, **content}
            async with self._http.post(url + MESSAGES, json=body, headers=self._headers) as answer:
                told, status = json.loads(await answer.read() or b"{}"), answer.status
        except (aiohttp.ClientError, ValueError, asyncio.TimeoutError):
            told, status = {}, 0
        return Sent(self.conversation, message_id, status, told, time.monotonic() - start)


def client(address: str = "127.0.0.1") -> aiohttp.ClientSession:
    """A way to call, from an address of this machine, that never waits for a free connection."""
    connector = aiohttp.TCPConnector(limit=0, local_addr=(address, 0))
    return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=120))


async def talk(
    url: str, pause: float, is_over: Callable[[], bool], number: int = 0, questions: Sequence[str] = QUESTIONS
) -> list[Sent]:
    """One person, with an address of their own, who asks question after question until it is over."""
    said: list[Sent] = []
    async with client(f"127.0.1.{number + 1}") as http:
        caller = Caller(http)
        await asyncio.sleep(pause * (number % 10) / 10)
        for question in itertools.cycle(questions):
            if is_over():
                break
            said.append(await caller.say(url, question))
            await asyncio.sleep(pause)
    return said


@dataclass
class Kept:
    """What a database keeps of conversations."""

    answers: dict[tuple[str, str], dict[str, Any]]
    heard: Counter[str]
    """How many messages Rasa's tracker has of each conversation."""

    def missing(self, sent: Sequence[Sent]) -> list[Sent]:
        """The answers that are not kept as they were given."""
        answered = (each for each in sent if each.is_answered)
        return [each for each in answered if not _same(self.answers.get((each.conversation, each.id)), each.body)]

    def miscounted(self, sent: Sequence[Sent]) -> dict[str, tuple[int, int]]:
        """The conversations whose tracker holds fewer messages than were answered, or more than were sent."""
        ids: dict[str, set[str]] = {}
        answered: dict[str, set[str]] = {}
        for each in sent:
            ids.setdefault(each.conversation, set()).add(each.id)
            if each.is_answered:
                answered.setdefault(each.conversation, set()).add(each.id)
        counts = {name: (len(answered.get(name, ())), self.heard[name]) for name in ids}
        return {name: (low, held) for name, (low, held) in counts.items() if not low <= held <= len(ids[name])}


def kept(database_url: str) -> Kept:
    """Read it."""
    bound = engine(database_url)
    with reading(bound) as connection:
        rows = connection.execute(sa.select(turns.c.conversation_id, turns.c.client_id, turns.c.answer)).all()
        users = sa.select(EVENTS.c.sender_id, sa.func.count()).where(EVENTS.c.type_name == "user")
        heard = Counter(dict(connection.execute(users.group_by(EVENTS.c.sender_id)).all()))
    bound.dispose()
    answers = {(row.conversation_id, row.client_id): json.loads(row.answer) for row in rows if row.answer}
    return Kept(answers, heard)


def _same(held: dict[str, Any] | None, given: dict[str, Any]) -> bool:
    return held is not None and [m["text"] for m in held["messages"]] == [m["text"] for m in given["messages"]]
