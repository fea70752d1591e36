"""An action's turn: what it says, what it keeps, and how it fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import pytest

from actions import base
from actions.answers import AnswerQuestion, Clarify, KeepSafe
from actions.base import ConsultAction, contact
from actions.request import OfferPerson
from actions.services import Services
from bot.consult.case.memory import Memory
from bot.consult.safety.state import SafeMemory
from bot.errors import TandemError

Run = Callable[..., Any]
SECRET = "call anna 403 555 0199 about tox"
NOW = time.time


async def test_the_first_message_of_an_answer_carries_what_the_channel_needs(run: Run) -> None:
    turn = await run(AnswerQuestion(), "tox 10 days ago, needling today ok?", "date_check")

    assert turn.responses == ["utter_introduction", "utter_date_too_soon_no", "utter_close_verdict"]
    assert ["answer" in message for message in turn.said] == [False, True, False]
    assert turn.said[1]["answer"]["timing"] == {
        "first": "botox",
        "verdict": "too_soon",
        "days": 10,
        "botox_date": "2026-11-12",
        "microneedling_date": "2026-11-22",
        "earliest": "2026-11-26",
        "minimum_days": 14,
    }


async def test_the_envelope_is_the_contract_s(run: Run) -> None:
    turn = await run(AnswerQuestion(), "needling before tox?", "order")
    envelope = turn.said[1]["answer"]

    assert list(envelope) == ["topic", "language", "timing", "sources", "handoff_offered"]
    assert (envelope["topic"], envelope["language"], envelope["handoff_offered"]) == ("order", "en", True)
    assert {frozenset(source) for source in envelope["sources"]} == {frozenset({"id", "heading", "quote"})}


async def test_the_memory_is_kept_and_the_user_is_heard_next(run: Run) -> None:
    turn = await run(AnswerQuestion(), "needling before tox?", "order")

    assert [event["event"] for event in turn.events] == ["slot", "followup"]
    assert turn.events[0]["name"] == "consultation" and turn.events[1]["name"] == "action_listen"
    assert (turn.memory["topic"], turn.memory["first"], turn.memory["turns"]) == ("order", "microneedling", 1)


async def test_the_memory_of_one_turn_serves_the_next(run: Run) -> None:
    first = await run(AnswerQuestion(), "needling before tox?", "order")
    memory = base.remembered(first.memory, NOW())
    second = await run(AnswerQuestion(), "why", "why_timing", memory=memory)

    assert second.responses == ["utter_why_timing", "utter_close_article"]
    assert second.memory["turns"] == 2


async def test_two_questions_are_two_answers_with_an_envelope_each(run: Run) -> None:
    turn = await run(AnswerQuestion(), "price? how long does it last?", "price", more=("botox_duration",))

    assert [m["answer"]["topic"] for m in turn.said if "answer" in m] == ["price", "botox_duration"]


async def test_a_pressed_button_names_its_topic(run: Run) -> None:
    turn = await run(AnswerQuestion(), "/same_day", memory=Memory(introduced=True, at=NOW()))

    assert turn.responses == ["utter_same_day", "utter_close_decides"]
    assert turn.said[0]["answer"]["topic"] == "same_day"


async def test_a_pressed_button_does_not_leave_the_safe_state(run: Run, built: Services) -> None:
    memory = Memory(introduced=True, safe=SafeMemory("emergency_911", at=NOW()), at=NOW())
    turn = await run(KeepSafe(), "/wait_after_botox", memory=memory)

    assert turn.responses == ["utter_safety"]
    assert turn.said[0]["website_text"] == built.knowledge.current().safety_text("stays_safe", "en")
    assert (turn.said[0]["answer"]["topic"], turn.said[0]["answer"]["timing"]) == ("emergency", None)


async def test_an_unclear_message_offers_topics_as_buttons(run: Run) -> None:
    turn = await run(Clarify(), "mm", "fallback", likely=("order", "price", "wait_after_microneedling"))

    assert turn.said[-1]["buttons"] == [
        {"title": "Which goes first", "payload": "/order"},
        {"title": "Prices", "payload": "/price"},
        {"title": "Wait after microneedling", "payload": "/wait_after_microneedling"},
    ]


async def test_a_safety_message_stands_alone(run: Run) -> None:
    turn = await run(KeepSafe(), "i can't breathe after my botox", "emergency")

    assert turn.responses == ["utter_safety"]
    assert turn.memory["safe"]["alarm"] == "emergency_911"


ACTIONS = [
    (AnswerQuestion(), "order"),
    (AnswerQuestion(), "botox_what"),
    (AnswerQuestion(), "price"),
    (OfferPerson(), "consult"),
    (KeepSafe(), "emergency"),
    (AnswerQuestion(), "help"),
    (Clarify(), "fallback"),
]


class AwayStore:
    """A store whose database is away."""

    def current(self) -> object:
        raise TandemError(f"no knowledge for {SECRET}")


@pytest.mark.parametrize(("action", "topic"), ACTIONS, ids=[action.name() for action, _ in ACTIONS])
async def test_a_failure_is_answered_with_an_apology_and_logged_without_what_was_said(
    run: Run,
    built: Services,
    serving: Callable[[Services], None],
    caplog: pytest.LogCaptureFixture,
    action: ConsultAction,
    topic: str,
) -> None:
    broken = Services(built.settings, AwayStore(), built.clinic)  # type: ignore[arg-type]
    broken.__dict__["requests"] = built.requests
    serving(broken)

    with caplog.at_level(logging.DEBUG):
        turn = await run(action, SECRET, topic)

    assert turn.responses == ["utter_apology"]
    assert (turn.said[0]["clinic_name"], turn.said[0]["phone"]) == ("Demo Clinic (example only)", "403-555-0100")
    assert [event["event"] for event in turn.events] == ["followup"]
    assert action.name() in caplog.text and "TandemError" in caplog.text
    assert not [word for word in SECRET.split() if word in caplog.text]


async def test_what_was_said_before_the_failure_is_taken_back(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "envelope_of", lambda *_: 1 / 0)
    turn = await run(AnswerQuestion(), "needling before tox?", "order")

    assert turn.responses == ["utter_apology"]


async def test_a_topic_that_is_not_known_is_apologised_for(run: Run) -> None:
    turn = await run(AnswerQuestion(), "x", "price", more=("levitation",))

    assert turn.responses == ["utter_apology"]


def test_even_without_a_clinic_there_is_an_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "services", lambda: 1 / 0)

    assert contact() == {"clinic_name": "the clinic", "phone": "its phone number"}
