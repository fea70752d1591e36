"""The intent that Rasa sees is the decided topic; readings and decision travel on to the actions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from rasa.shared.core.events import ActiveLoop
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.consult.case.memory import Memory
from bot.consult.request.types import FORM
from bot.consult.safety.state import SafeMemory
from bot.nlu.readers import QuestionReader, SafetyReader
from bot.nlu.topic_resolver import TopicResolver

Trained = Callable[..., Any]


def ranked(text: str, **ranking: float) -> Message:
    guesses = [{"name": name, "confidence": confidence} for name, confidence in ranking.items()]
    return Message({TEXT: text, INTENT_RANKING_KEY: guesses, INTENT: guesses[0] if guesses else {}})


def resolved(trained: Trained, message: Message, *parts: Message, tracker: Any = None) -> dict[str, Any]:
    """What leaves the pipeline for a message, as the actions get it."""
    trained(SafetyReader).process([message], tracker)
    trained(QuestionReader).process([message], tracker)
    (left,) = trained(TopicResolver).process([message, *parts], tracker)
    return json.loads(json.dumps(left.as_dict(only_output_properties=True)))


def test_the_settled_topic_goes_in_front_of_the_ranking(trained: Trained) -> None:
    parsed = resolved(
        trained,
        ranked("how long after tox can i needle", wait_after_microneedling=0.5, wait_after_botox=0.4, price=0.1),
    )

    assert parsed["intent"]["name"] == "wait_after_botox"
    assert [guess["name"] for guess in parsed["intent_ranking"]] == [
        "wait_after_botox",
        "wait_after_microneedling",
        "price",
    ]


def test_case_and_decision_leave_with_the_message(trained: Trained) -> None:
    parsed = resolved(trained, ranked("needling after tox?", order=0.9))

    assert parsed["case"]["first"] == "botox"
    assert (parsed["decision"]["topic"], parsed["decision"]["confidence"]) == (parsed["intent"]["name"], 0.9)


def test_a_red_flag_is_the_intent_whatever_the_classifier_says(trained: Trained) -> None:
    parsed = resolved(trained, ranked("i can't breathe after my botox", order=0.99))

    assert parsed["intent"] == {"name": "emergency", "confidence": 1.0}


@pytest.mark.parametrize(
    ("memory", "text", "topic"),
    [
        (None, "why?", "fallback"),
        (Memory(topic="order", at=9e9), "why?", "why_timing"),
        (Memory(topic="date_check", awaiting="botox", at=9e9), "nov 3", "date_check"),
        (Memory(safe=SafeMemory("emergency_911", at=9e9), at=9e9), "how long after tox til needling", "emergency"),
        (Memory(topic="order", at=0.0), "why?", "fallback"),
    ],
    ids=["new", "follow-up", "awaited date", "safe state", "faded"],
)
def test_the_conversation_decides_with_it(
    trained: Trained, tracker_with: Any, memory: Memory | None, text: str, topic: str
) -> None:
    parsed = resolved(trained, ranked(text, price=0.05), tracker=tracker_with(memory))

    assert parsed["intent"]["name"] == topic


@pytest.mark.parametrize(("pending", "answers"), [(None, True), ("in_doubt", False), ("in_doubt_self_harm", False)])
def test_what_answers_a_question_of_the_safety_layer_is_no_answer_to_the_form(
    trained: Trained, tracker_with: Any, pending: Any, answers: bool
) -> None:
    tracker = tracker_with(Memory(safe=SafeMemory(pending=pending, at=9e9), at=9e9))
    tracker.update(ActiveLoop(FORM))
    parsed = resolved(trained, ranked("no", price=0.05), tracker=tracker)

    assert ("request_answer" in parsed) is answers


def test_the_parts_say_what_else_is_asked_and_end_here(trained: Trained) -> None:
    whole = ranked("how much is tox? how long does it last?", price=0.7, botox_duration=0.3)
    parsed = resolved(trained, whole, ranked("how much is tox", price=0.9), ranked("how long", botox_duration=0.9))

    assert (parsed["intent"]["name"], parsed["decision"]["more"]) == ("price", ["botox_duration"])


def test_a_message_without_a_ranking_is_not_understood(trained: Trained) -> None:
    parsed = resolved(trained, ranked("asdf"))

    assert parsed["intent"]["name"] == "fallback"
