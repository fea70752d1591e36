"""A turn that fails, hangs or cannot be kept: an apology in time, the same id anew, and no answer lost."""

from __future__ import annotations

import asyncio

import pytest
from rasa.core.channels.channel import UserMessage
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.channels.apology import apology
from bot.channels.conversations import ConversationStore
from bot.channels.website import Limits
from bot.database import writing
from bot.nlu.services import services
from tests.integration.website.conftest import CLINIC, Running, Start, say, say_answer

APOLOGY = apology(CLINIC)("en")
HURRIED = Limits(turn_seconds=1.5)


def failing(times: int) -> object:
    left = [times]

    async def reply(message: UserMessage) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise RuntimeError
        await say_answer(message)

    return reply


async def test_the_same_id_is_processed_anew_after_an_apology(running: Running) -> None:
    running.bot.replies["which first?"] = failing(1)  # type: ignore[assignment]
    me = await running.session()
    first = await running.send(me, "m1", text="which first?")
    again = await running.send(me, "m1", text="which first?")
    third = await running.send(me, "m1", text="which first?")
    assert (first.status_code, first.json()) == (200, APOLOGY)
    assert again.json()["topic"] == "order"
    assert third.json() == again.json()
    assert len(running.bot.heard) == 2
    assert [line["from"] for line in await running.so_far(me)] == ["user", "bot"]


async def test_an_action_s_own_apology_is_no_answer_either(running: Running) -> None:
    async def sorry(message: UserMessage) -> None:
        await say(message, text="Sorry.", apology=True)

    running.bot.replies["which first?"] = sorry
    me = await running.session()
    first = await running.send(me, "m1", text="which first?")
    running.bot.replies.clear()
    again = await running.send(me, "m1", text="which first?")
    assert first.json()["messages"] == [{"text": "Sorry.", "buttons": []}]
    assert again.json()["topic"] == "order"


@pytest.mark.parametrize(("text", "topic"), [("I can't breathe since my botox", "emergency"), ("hi", "fallback")])
async def test_an_action_s_own_apology_is_none_for_a_red_flag(running: Running, text: str, topic: str) -> None:
    async def sorry(message: UserMessage) -> None:
        await say(message, text="Sorry.", apology=True)

    running.bot.replies[text] = sorry
    answered = (await running.send(await running.session(), "m1", text=text)).json()
    assert (answered["topic"], "Sorry." in answered["messages"][0]["text"]) == (topic, topic == "fallback")


async def test_an_answer_that_cannot_be_kept_is_given_and_kept_later(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, is_away = ConversationStore.answer, [True]

    def away(*given: object) -> None:
        if is_away:
            raise OperationalError("update", {}, Exception("server closed the connection"))
        keep(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(ConversationStore, "answer", away)
    async with start(HURRIED) as running:
        me = await running.session()
        given = await running.send(me, "m1", text="which first?")
        unkept = await running.so_far(me)
        is_away.clear()
        while not (listed := await running.so_far(me)):
            await asyncio.sleep(0.1)
        again = await running.send(me, "m1", text="which first?")
    assert (given.json()["topic"], unkept) == ("order", [])
    assert [line["from"] for line in listed] == ["user", "bot"]
    assert again.json() == given.json()
    assert len(running.bot.heard) == 1


async def test_whoever_waits_behind_a_turn_that_hangs_is_told_in_time_and_answered_afterwards(start: Start) -> None:
    going_on = asyncio.Event()

    async def hang(message: UserMessage) -> None:
        await going_on.wait()
        await say_answer(message)

    async with start(HURRIED) as running:
        running.bot.replies |= {"hang": hang, "which first?": hang}
        me = await running.session()
        both = await asyncio.gather(running.send(me, "m1", text="hang"), running.send(me, "m2", text="which first?"))
        going_on.set()
        after = await running.send(me, "m2", text="which first?")
    assert [answer.json() for answer in both] == [APOLOGY, APOLOGY]
    assert after.json()["topic"] == "order"


@pytest.mark.parametrize(
    ("text", "topic", "word"),
    [
        ("I can't breathe since my botox", "emergency", "911"),
        ("I want to die", "self_harm", "9-8-8"),
        ("which first?", "fallback", "403-555-0100"),
    ],
)
async def test_a_red_flag_s_text_needs_neither_database_nor_actions(
    running: Running, database: Engine, text: str, topic: str, word: str
) -> None:
    services()  # read, as a served bot has
    me = await running.session()
    with writing(database) as connection:
        for table in ("website_turns", "contact_vault", "knowledge_version"):
            connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_away")
    answered = await running.send(me, "m1", text=text)
    assert (answered.status_code, answered.json()["topic"]) == (200, topic)
    assert word in answered.json()["messages"][0]["text"]
    assert running.bot.heard == []
