"""The readers as parts of the pipeline: red flags first, then treatments with roles, times and the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.consult.case.memory import Memory
from bot.nlu.readers import READING, SAFETY, QuestionReader, SafetyReader, memory_of

Trained = Callable[..., Any]


def read(trained: Trained, text: str, tracker: Any = None) -> Message:
    message = Message({TEXT: text})
    trained(SafetyReader).process([message], tracker)
    trained(QuestionReader).process([message], tracker)
    return message


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("needling after tox", [("treatment", "microneedling", "then"), ("treatment", "botox", "first")]),
        ("tox and needling", [("treatment", "botox", "named"), ("treatment", "microneedling", "named")]),
        ("tox nov 3", [("treatment", "botox", "named"), ("time", "nov 3", None)]),
        ("hello", []),
    ],
)
def test_treatments_have_roles_and_times_their_words(
    trained: Trained, text: str, entities: list[tuple[str, str, str | None]]
) -> None:
    found = [(e["entity"], e["value"], e.get("role")) for e in read(trained, text).get(ENTITIES)]

    assert found == [*entities, ("language", "en", None)]


def test_offsets_point_into_the_text(trained: Trained) -> None:
    text = "Needling after TOX?"
    found = [e for e in read(trained, text).get(ENTITIES) if e["entity"] == "treatment"]

    assert [text[e["start"] : e["end"]] for e in found] == ["Needling", "TOX"]


def test_entities_found_before_stay(trained: Trained) -> None:
    message = Message({TEXT: "tox", ENTITIES: [{"entity": "other"}]})
    trained(QuestionReader).process([message])

    assert [e["entity"] for e in message.get(ENTITIES)] == ["other", "treatment", "language"]


def test_the_language_of_the_conversation_serves_a_short_message(trained: Trained, tracker_with: Any) -> None:
    french = tracker_with(Memory(language="fr", turns=1, at=9e9))

    assert read(trained, "ok", french).get(READING).language == "fr"
    assert read(trained, "ok").get(READING).language == "en"


def test_a_treatment_just_done_makes_milder_signs_count(trained: Trained, tracker_with: Any) -> None:
    treated = tracker_with(Memory(treatment_done=True, at=9e9))
    text = "i have a fever"

    assert read(trained, text, treated).get(SAFETY).route != read(trained, text).get(SAFETY).route


def test_the_safety_layer_is_asked_once_and_its_word_is_handed_on(trained: Trained) -> None:
    message = read(trained, "i can't breathe after my botox")

    assert message.get(SAFETY).route == "emergency_911"
    assert message.get(READING).safety is message.get(SAFETY)


def test_an_empty_message_can_be_read(trained: Trained) -> None:
    assert read(trained, "").get(READING).mentions == ()


def test_without_a_tracker_or_a_memory_the_conversation_is_new(tracker_with: Any) -> None:
    assert memory_of(None).turns == memory_of(tracker_with(None)).turns == 0
    assert memory_of(tracker_with(Memory(turns=3, at=9e9))).turns == 3
