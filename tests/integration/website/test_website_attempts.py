"""A thousand attempts on somebody else's conversation, and every command that the domain knows: none succeeds."""

from __future__ import annotations

import random
import secrets
import string
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice, product

import httpx
import jwt
import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.channels.commands import SLASHES, neutralised
from bot.channels.tokens import SessionTokens
from bot.channels.website import Limits, Rate
from bot.settings import PROJECT_ROOT
from tests.integration.website.conftest import SECRET, Running, Start

SESSION = "/webhooks/website/session"
MESSAGES = "/webhooks/website/messages"
OF_EACH_KIND = 200
THEIRS = "what they asked in private"
FREELY = Rate(burst=100_000, per_second=100_000)
NO_LIMITS = Limits(per_conversation=FREELY, per_address=FREELY, sessions_per_address=FREELY)

Attempt = tuple[dict[str, str], dict[str, str]]
"""The headers and the query of a request."""


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def guessed(token: str, chance: random.Random) -> Iterator[Attempt]:
    """Invented tokens and tokens for the victim's very conversation, signed with invented keys."""
    claims = jwt.decode(token, options={"verify_signature": False})
    while True:
        yield bearer("".join(chance.choices(string.ascii_letters + string.digits + "._-", k=len(token)))), {}
        yield bearer(jwt.encode(claims, secrets.token_hex(32), algorithm="HS256")), {}
        yield bearer(jwt.encode(claims, None, algorithm="none")), {}


def altered(token: str, chance: random.Random) -> Iterator[Attempt]:
    """The victim's token with one character, or a piece, changed."""
    while True:
        place = chance.randrange(len(token) - 1)  # the last one's low bits say nothing
        others = [c for c in string.ascii_letters + string.digits if c != token[place]]
        yield bearer(token[:place] + chance.choice(others) + token[place + 1 :]), {}
        yield bearer(token[: chance.randrange(len(token) - 1)]), {}


def expired(token: str, chance: random.Random) -> Iterator[Attempt]:
    """Tokens that were right once."""
    conversation = jwt.decode(token, options={"verify_signature": False})["sub"]
    while True:
        then = time.time() - 4 * 3600 - chance.randrange(1_000_000)
        yield bearer(SessionTokens(SECRET, clock=lambda then=then: then).sign(conversation)), {}


def foreign(token: str, chance: random.Random) -> Iterator[Attempt]:
    """The right token, from a site that may not embed the chat."""
    while True:
        site = "".join(chance.choices(string.ascii_lowercase, k=8))
        yield {**bearer(token), "Origin": f"https://{site}.example"}, {}


def named(token: str, chance: random.Random) -> Iterator[Attempt]:
    """The victim's id in every place where other channels take a sender from, their token in a cookie; no bearer."""
    conversation = jwt.decode(token, options={"verify_signature": False})["sub"]
    while True:
        for name in ("sender", "sender_id", "session_id", "conversation_id", "token", "user"):
            yield {}, {name: conversation}
            yield {"Cookie": f"tandem-session={token}"}, {}
            yield {f"X-{name}": conversation, "Cookie": f"{name}={conversation}"}, {name: token}


@pytest.fixture
async def running(start: Start) -> AsyncIterator[Running]:
    async with start(NO_LIMITS) as server:
        yield server


KINDS: list[Callable[[str, random.Random], Iterator[Attempt]]] = [guessed, altered, expired, foreign, named]


@pytest.mark.no_cover
async def test_a_thousand_attempts_neither_read_nor_continue_a_conversation(running: Running) -> None:
    victim = await running.session()
    assert (await running.send(victim, "theirs", text=THEIRS)).status_code == 200
    before, token = await running.so_far(victim), victim["Authorization"].removeprefix("Bearer ")

    told: Counter[int] = Counter()
    for kind in KINDS:
        for headers, query in islice(kind(token, random.Random(20261122)), OF_EACH_KIND):
            for answer in await attempt(running, headers, query):
                told[answer.status_code] += 1
                assert THEIRS not in answer.text, (kind.__name__, headers)

    assert set(told) == {401, 403}
    assert told.total() == 4 * OF_EACH_KIND * len(KINDS) == 4000
    assert len(running.bot.heard) == 1
    assert await running.so_far(victim) == before


async def attempt(running: Running, headers: dict[str, str], query: dict[str, str]) -> list[httpx.Response]:
    """Try to read it, to continue it, to repeat its message for the answer, and to end it."""
    say = {"id": "mine", "text": "hello", **query}
    return [
        await running.http.get(MESSAGES, headers=headers, params=query),
        await running.http.post(MESSAGES, headers=headers, params=query, json=say),
        await running.http.post(MESSAGES, headers=headers, params=query, json={**say, "id": "theirs"}),
        await running.http.delete(SESSION, headers=headers, params=query),
    ]


@pytest.mark.no_cover
async def test_the_token_of_an_ended_conversation_opens_nothing_however_often_it_is_replayed(running: Running) -> None:
    victim = await running.session()
    await running.send(victim, "theirs", text=THEIRS)
    assert (await running.http.delete(SESSION, headers=victim)).status_code == 204

    answers = [answer for _ in range(OF_EACH_KIND) for answer in await attempt(running, victim, {})]
    assert {answer.status_code for answer in answers} == {401}
    assert not any(THEIRS in answer.text for answer in answers)


BLANKS = ["", " ", "\n", "\t\r", "\u00a0", "\u2003\u2009", "\u3000", "\u200b", "\ufeff", "\u2060", "\u202e", "\u0338"]


def payloads() -> list[str]:
    """Every intent of the domain with every slot, behind every blank and with every slash."""
    domain = Domain.load(str(PROJECT_ROOT / "domain.yml"))
    slots = [slot.name for slot in domain.slots]
    bodies = [f'{intent}{{"{slot}": "x"}}' for intent, slot in product(domain.intents, slots)]
    bodies += [*domain.intents, *(f"{intent}@1.0" for intent in domain.intents)]
    return [f"{blank}{slash}{body}" for blank, slash, body in product(BLANKS, sorted(SLASHES), bodies)]


def intent_of(text: str) -> str | None:
    """What Rasa's own handler of slash messages would make of it."""
    intent = YAMLStoryReader.unpack_regex_message(Message(data={TEXT: text})).get(INTENT)
    return intent["name"] if intent else None


def test_no_typed_payload_of_any_intent_and_slot_is_obeyed() -> None:
    texts = payloads()
    assert len(texts) > 50_000
    assert {text for text in texts if neutralised(text).startswith("/")} == set()
    # Rasa's own reading is slow: of every hundredth, and of each that has neither blank nor odd slash.
    plain = [text for text in texts if text.startswith("/")]
    assert {intent_of(neutralised(text)) for text in [*plain, *texts[::100]]} == {None}
    assert None not in {intent_of(text) for text in plain if "{" not in text}  # else this would prove nothing


async def test_a_payload_counts_as_a_button_only_where_it_was_offered(running: Running) -> None:
    me = await running.session()
    await running.send(me, "first", text="hello")
    offered = "/why_timing"
    intents = [f"/{intent}" for intent in Domain.load(str(PROJECT_ROOT / "domain.yml")).intents]
    answers = {p: (await running.send(me, f"m{n}", payload=p)).status_code for n, p in enumerate(intents)}
    assert answers == {payload: 200 if payload == offered else 400 for payload in intents}
    assert [text for _, text in running.bot.heard] == ["hello", offered]
