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
from bot.consult.safety.state import SafeMemory
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.types import Period

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

    assert [message["response"] for message in said] == ["utter_date_too_soon", "utter_close_article"]
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


@pytest.mark.parametrize("days", ["", "2026-11-12 2026-12-24", "2026-11-12 -", "- -"])
@pytest.mark.parametrize(
    ("safe", "topic", "response"),
    [
        (SafeMemory(alarm="emergency_911"), "emergency", "utter_safety"),
        (SafeMemory(alarm="emergency_today"), "emergency", "utter_safety"),
        (SafeMemory(alarm="self_harm"), "self_harm", "utter_safety"),
        (SafeMemory(pending="in_doubt", asked=1), "side_effect_mild", "utter_safety"),
        (SafeMemory(facts=("pregnancy",)), "clinician_only", "utter_clinician_only_stay"),
    ],
    ids=["911", "today", "self-harm", "in doubt", "clinician"],
)
async def test_in_a_safe_state_a_card_gets_no_number_and_none_is_offered(
    built: Services, safe: SafeMemory, topic: str, response: str, days: str
) -> None:
    said, memory = await send(days, safe=replace(safe, at=time.time()))

    assert (said[0]["response"], said[0]["answer"]["topic"], said[0]["answer"]["timing"]) == (response, topic, None)
    assert not any("form" in message for message in said)
    assert (memory.safe.safe_state, memory.times) == (safe.safe_state, ())
