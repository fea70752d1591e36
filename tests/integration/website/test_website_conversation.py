"""What a well-behaved page sees of the website channel."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.tokens import LIFETIME_SECONDS
from bot.channels.website import Limits
from tests.integration.website.conftest import ANSWER, BUTTON, Running, Start, say
from tests.waiting import hang

APOLOGY = (
    "Sorry, something went wrong and I could not answer. Please try again, or call Demo Clinic at "
    "403-555-0100. In an emergency, call 911."
)


async def test_a_session_is_a_token_that_lasts_a_while(running: Running) -> None:
    opened = await running.http.post("/webhooks/website/session")
    assert opened.status_code == 201
    assert opened.json() == {"token": opened.json()["token"], "expires_in": LIFETIME_SECONDS}


async def test_a_question_gets_its_answer_in_the_contracts_form(running: Running) -> None:
    answered = await running.send(await running.session(), text="which first?")
    assert answered.status_code == 200
    assert answered.json() == {
        "messages": [{"text": "You said: which first?", "buttons": [BUTTON]}],
        "topic": "order",
        "language": "en",
        "timing": None,
        "sources": ANSWER["sources"],
        "handoff_offered": True,
    }


async def test_the_conversation_can_be_read_again_after_a_reload(running: Running) -> None:
    me = await running.session()
    await running.send(me, text="which first?")
    listed = await running.so_far(me)
    assert [{k: v for k, v in line.items() if k != "at"} for line in listed] == [
        {"from": "user", "text": "which first?", "buttons": []},
        {"from": "bot", "text": "You said: which first?", "buttons": [BUTTON], "sources": ANSWER["sources"]},
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["at"]) for line in listed)


async def test_the_chats_own_page_also_reads_ids_topics_and_languages(running: Running) -> None:
    me = await running.session()
    await running.send(me, "first", text="which first?")
    listed = await running.http.get("/webhooks/website/messages?details=1", headers=me)
    assert [{k: v for k, v in line.items() if k != "at"} for line in listed.json()["messages"]] == [
        {"from": "user", "text": "which first?", "buttons": [], "id": "first"},
        {
            "from": "bot",
            "text": "You said: which first?",
            "buttons": [BUTTON],
            **{name: ANSWER[name] for name in ("topic", "language", "sources")},
        },
    ]


async def test_what_was_read_again_holds_timing_form_and_closing(running: Running) -> None:
    timing, form = {"first": "botox", "verdict": "ask_date"}, {"id": "dates", "fields": [1]}

    async def ask_back(message: UserMessage) -> None:
        await say(message, text="When?", form=form, answer={**ANSWER, "timing": timing})
        await say(message, text="Talk to a professional.", closing=True)

    running.bot.replies["dates ok?"] = ask_back
    me = await running.session()
    answered = (await running.send(me, text="dates ok?")).json()
    listed = [{k: v for k, v in line.items() if k not in ("at", "from")} for line in await running.so_far(me)]
    assert listed[1:] == [
        answered["messages"][0],
        {**answered["messages"][1], "timing": timing, "sources": ANSWER["sources"]},
    ]
    assert (listed[1]["form"], listed[2]["closing"]) == (form, True)


async def test_only_the_chats_own_page_hears_which_message_is_the_introduction(running: Running) -> None:
    async def introduce(message: UserMessage) -> None:
        await say(message, text="I am an assistant.", introduction=True)
        await say(message, text="Hello.", answer=ANSWER)

    running.bot.replies["hi"] = introduce
    me = await running.session()
    plain = await running.send(me, "m", text="hi")
    assert plain.json()["messages"][0] == {"text": "I am an assistant.", "buttons": []}
    body = {"id": "m", "text": "hi"}
    own = await running.http.post("/webhooks/website/messages?details=1", json=body, headers=me)
    assert [message.get("introduction") for message in own.json()["messages"]] == [True, None]
    assert all("introduction" not in line for line in await running.so_far(me))


async def test_two_conversations_know_nothing_of_each_other(running: Running) -> None:
    me, other = await running.session(), await running.session()
    await running.send(me, text="mine")
    assert await running.so_far(other) == []
    await running.send(other, text="theirs")
    assert len({sender for sender, _ in running.bot.heard}) == 2


async def test_the_same_id_again_gives_the_same_answer_and_is_heard_once(running: Running) -> None:
    me = await running.session()
    first = await running.send(me, "same", text="one")
    again = await running.send(me, "same", text="another text")
    assert first.json() == again.json()
    assert [text for _, text in running.bot.heard] == ["one"]


async def test_the_same_id_twice_at_the_same_time_is_heard_once(running: Running) -> None:
    me = await running.session()
    answers = await asyncio.gather(*(running.send(me, "same", text="one") for _ in range(5)))
    assert len({answer.text for answer in answers}) == 1
    assert len(running.bot.heard) == 1


async def test_an_id_is_one_conversation_wide(running: Running) -> None:
    for _ in range(2):
        await running.send(await running.session(), "same", text="one")
    assert len(running.bot.heard) == 2


async def test_a_repeated_id_and_the_conversation_survive_a_restart(start: Start) -> None:
    async with start() as before:
        me = await before.session()
        first = await before.send(me, "same", text="one")
    async with start() as after:
        assert (await after.send(me, "same", text="one")).json() == first.json()
        assert len(await after.so_far(me)) == 2
        assert after.bot.heard == []


async def test_a_burst_is_answered_one_by_one(running: Running) -> None:
    at_work = 0

    async def alone(message: Any) -> None:
        nonlocal at_work
        at_work += 1
        assert at_work == 1
        await asyncio.sleep(0.01)
        at_work -= 1
        await say(message, text="done", answer=ANSWER)

    me = await running.session()
    texts = [f"text {number}" for number in range(8)]
    running.bot.replies.update(dict.fromkeys(texts, alone))
    answers = await asyncio.gather(*(running.send(me, text, text=text) for text in texts))
    assert [a.json()["messages"][0]["text"] for a in answers] == ["done"] * 8
    shown = [line["text"] for line in await running.so_far(me) if line["from"] == "user"]
    assert shown == [text for _, text in running.bot.heard]


async def test_an_ended_conversation_is_over_and_its_token_void_after_a_restart_too(start: Start) -> None:
    async with start() as before:
        me = await before.session()
        await before.send(me, text="one")
        ended = await before.http.delete("/webhooks/website/session", headers=me)
        assert (ended.status_code, ended.content) == (204, b"")
        assert (await before.send(me, "m2", text="two")).status_code == 401
    async with start() as after:
        assert (await after.http.get("/webhooks/website/messages", headers=me)).status_code == 401
        assert (await after.http.delete("/webhooks/website/session", headers=me)).status_code == 401


async def test_an_offered_button_can_be_pressed_and_shows_as_its_title(running: Running) -> None:
    me = await running.session()
    await running.send(me, text="which first?")
    pressed = await running.send(me, "m2", payload="/why_timing")
    assert pressed.status_code == 200
    assert running.bot.heard[-1][1] == "/why_timing"
    assert (await running.so_far(me))[2]["text"] == "Why wait?"


async def test_a_button_of_another_conversation_was_not_offered(running: Running) -> None:
    await running.send(await running.session(), text="which first?")
    pressed = await running.send(await running.session(), payload="/why_timing")
    assert pressed.status_code == 400
    assert pressed.json() == {"error": "That button is not on offer; please type your question."}
    assert len(running.bot.heard) == 1


async def test_contact_data_is_replaced_before_anybody_hears_it(running: Running) -> None:
    me = await running.session()
    await running.send(me, text="call 403-555-0123 or jane@example.com, again 403 555 0123")
    assert running.bot.heard[0][1] == "call [phone-1] or [email-1], again [phone-1]"
    assert (await running.so_far(me))[0]["text"] == "call [phone-1] or [email-1], again [phone-1]"


async def silent(message: object) -> None:
    """A turn that yields nothing."""


async def failing(message: object) -> None:
    raise RuntimeError("the user typed: a secret")


@pytest.mark.parametrize("reply", [silent, failing])
async def test_a_turn_without_an_answer_is_an_apology(running: Running, reply: object) -> None:
    running.bot.replies["hello"] = reply
    answered = await running.send(await running.session(), text="hello")
    assert answered.status_code == 200
    assert answered.json() == {
        "messages": [{"text": APOLOGY, "buttons": []}],
        "topic": "fallback",
        "language": "en",
        "timing": None,
        "sources": [],
        "handoff_offered": True,
    }


async def test_a_turn_that_takes_too_long_is_an_apology_and_the_next_turn_works(start: Start) -> None:
    async def slow(message: object) -> None:
        await hang()

    async with start(Limits(turn_seconds=30)) as running:
        running.bot.replies["hello"] = slow
        me = await running.session()
        late = await running.send(me, "m1", text="hello")
        assert late.json()["messages"][0]["text"] == APOLOGY
        assert (await running.send(me, "m2", text="and now?")).json()["topic"] == "order"


async def test_what_an_action_answered_stands_when_the_turn_fails_after_it(running: Running) -> None:
    async def answers_then_fails(message: object) -> None:
        await say(message, text="Call 911 now.", answer={**ANSWER, "topic": "emergency", "sources": []})
        raise RuntimeError

    running.bot.replies["help"] = answers_then_fails
    answered = await running.send(await running.session(), text="help")
    assert answered.json()["topic"] == "emergency"
    assert answered.json()["messages"] == [{"text": "Call 911 now.", "buttons": []}]


async def test_a_page_that_went_away_finds_its_answer(running: Running) -> None:
    heard = asyncio.Event()
    proceed = asyncio.Event()

    async def takes_a_while(message: object) -> None:
        heard.set()
        await proceed.wait()
        await say(message, text="Here it is.", answer=ANSWER)

    running.bot.replies["hello"] = takes_a_while
    me = await running.session()
    asked = asyncio.create_task(running.send(me, text="hello"))
    await heard.wait()
    asked.cancel()
    await asyncio.sleep(0.05)
    proceed.set()
    again = await running.send(me, text="hello")
    assert again.json()["messages"][0]["text"] == "Here it is."
    assert len(running.bot.heard) == 1
