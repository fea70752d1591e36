"""A date card at the actions: what it is understood as, what is said, and that no safe state is left by it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import AnswerQuestion
from actions.services import Services
from bot.consult.case.memory import Memory, remembered
from bot.consult.safety.state import AFTER_SECONDS, SafeMemory
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.types import Period

DAYS = ["", "2026-11-12 2026-12-24", "2026-11-12 -", "- -"]
TOLD = TreatmentTime(readings=(Period(date(2026, 11, 1), date(2026, 11, 1)),))


async def send(days: str, **memory: Any) -> tuple[list[dict[str, Any]], Memory]:
    """Send a card, or press the button that asks for one; what is said, and what is remembered."""
    entities = [{"entity": "day", "value": days}] if days else []
    message = {"text": "/date_check", "intent": {"name": "date_check"}, "entities": entities}
    slots = {"consultation": Memory(introduced=True, at=time.time(), **memory).as_json(), "language": "en"}
    said = [{"event": "user", "parse_data": message, "input_channel": "website"}]
    dispatcher = CollectingDispatcher()
    tracker = Tracker("x", slots, message, said, False, None, {}, None)
    events = await AnswerQuestion().run(dispatcher, tracker, {})
    kept = next(event["value"] for event in events if event["event"] == "slot")
    return dispatcher.messages, remembered(kept, time.time())


async def test_only_the_last_message_of_an_answer_is_its_closing(built: Services) -> None:
    said, _ = await send("2026-11-12 2026-11-24")

    assert [message.get("closing") for message in said] == [None, True]


async def test_a_card_is_a_date_check_of_the_days_in_it(built: Services) -> None:
    said, memory = await send("2026-11-12 2026-11-24")
    timing = said[0]["answer"]["timing"]

    assert [message["response"] for message in said] == ["utter_date_too_soon", "utter_close_verdict"]
    assert (said[0]["answer"]["topic"], timing["days"], timing["earliest"]) == ("date_check", 12, "2026-11-26")
    assert (memory.topic, memory.first, [t for t, _ in memory.times]) == (
        "date_check",
        "botox",
        ["botox", "microneedling"],
    )


async def test_what_was_told_before_does_not_count(built: Services) -> None:
    earlier = (("botox", TOLD), ("microneedling", TOLD))
    said, memory = await send("2026-11-12 -", times=earlier, first="microneedling", gap=(3, 3))

    assert said[0]["response"] == "utter_date_earliest"
    assert ([t for t, _ in memory.times], memory.gap) == (["botox"], None)


@pytest.mark.parametrize("days", ["", "- -", "- 2026-12-24"])
async def test_an_answer_that_asks_for_dates_carries_the_card(built: Services, days: str) -> None:
    said, _ = await send(days)
    form = said[0]["form"]

    assert (said[0]["answer"]["timing"]["verdict"], form["id"]) == ("ask_date", "dates")
    assert [field["name"] for field in form["fields"]] == ["botox_date", "microneedling_date"]
    assert [message["response"] for message in said[1:]] == ["utter_date_form", "utter_close_article"]


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize(
    ("safe", "topic", "key"),
    [
        (SafeMemory("emergency_911"), "emergency", "stays_safe"),
        (SafeMemory("emergency_today"), "emergency", "stays_safe"),
        (SafeMemory("self_harm"), "self_harm", "stays_safe_self_harm"),
        (SafeMemory("self_harm", at=-AFTER_SECONDS), "self_harm", "after_days_self_harm"),
        (SafeMemory(pending="in_doubt", asked=1), "side_effect_mild", "in_doubt"),
        (SafeMemory(pending="in_doubt", asked=2), "side_effect_mild", "seen_today"),
    ],
)
async def test_in_a_safe_state_a_card_gets_no_number_and_none_is_offered(
    built: Services, safe: SafeMemory, topic: str, key: str, days: str
) -> None:
    said, memory = await send(days, safe=replace(safe, at=time.time() + safe.at))
    (message,) = said

    assert (message["response"], message["answer"]["topic"], message["answer"]["timing"]) == (
        "utter_safety",
        topic,
        None,
    )
    assert message["website_text"] == built.knowledge.current().safety_text(key, "en")
    assert "form" not in message
    assert (memory.safe.safe_state, memory.times) == (safe.safe_state, ())


@pytest.mark.parametrize("days", DAYS)
async def test_beside_a_fact_of_health_a_card_gets_no_number_and_none_is_offered(built: Services, days: str) -> None:
    said, memory = await send(days, safe=SafeMemory(facts=("pregnancy",)))

    assert (said[0]["response"], said[0]["answer"]["topic"]) == (
        "utter_clinician_only_stay_pregnancy",
        "clinician_only",
    )
    assert said[0]["answer"]["timing"] is None
    assert not any("form" in message for message in said)
    assert (memory.safe.safe_state, memory.times) == ("clinician_only", ())
