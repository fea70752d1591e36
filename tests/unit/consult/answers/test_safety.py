"""The safety texts: word for word, alone, in the message's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.answers.parts import AnswerContext
from bot.consult.answers.safety import answer_safety, has_fixed_text
from bot.consult.case.memory import Memory
from bot.consult.safety.reading import AlarmRoute
from bot.consult.safety.state import SafeMemory
from bot.knowledge.types import Knowledge

ContextFor = Callable[..., AnswerContext]


@pytest.mark.parametrize(
    ("text", "topic", "key", "language"),
    [
        ("i can't breathe after my botox", "emergency", "call_911", "en"),
        ("my eyelid droops since my botox", "emergency", "seen_today", "en"),
        ("i want to kill myself", "self_harm", "call_988", "en"),
        ("je n'arrive plus à respirer depuis mon botox", "emergency", "call_911", "fr"),
        ("je veux mourir", "self_harm", "call_988", "fr"),
        ("hello", "emergency", "call_911", "en"),
        ("hello", "self_harm", "call_988", "en"),
    ],
)
def test_the_fixed_text_is_said_word_for_word(
    context: ContextFor, knowledge: Knowledge, text: str, topic: str, key: str, language: str
) -> None:
    answer = answer_safety(context(text, topic, rule="safety"), topic)

    assert [(s.response, s.values) for s in answer.says] == [
        (
            "utter_safety",
            {
                "website_text": knowledge.safety_text(key, language),
                "sms_text": knowledge.safety_text(key, language, "sms"),
            },
        )
    ]
    assert (answer.timing, answer.sources, answer.handoff_offered, answer.choices) == (None, (), False, ())


@pytest.mark.parametrize(
    ("alarm", "topic", "key"),
    [
        ("emergency_911", "emergency", "stays_safe"),
        ("emergency_today", "emergency", "stays_safe"),
        ("self_harm", "self_harm", "stays_safe_self_harm"),
    ],
)
def test_after_it_one_text_keeps_the_conversation_safe(
    context: ContextFor, knowledge: Knowledge, alarm: AlarmRoute, topic: str, key: str
) -> None:
    memory = Memory(safe=SafeMemory(alarm))
    waits = context("how long between tox and needling", topic, memory, rule="stays_safe", follow_up="stay")
    (say,) = answer_safety(waits, topic).says

    assert (say.response, say.values["website_text"]) == ("utter_safety", knowledge.safety_text(key, "en"))


@pytest.mark.parametrize(
    ("text", "topic", "rule", "key"),
    [
        ("no puedo respirar", "emergency", "safety", "call_911"),
        ("¿cuánto cuesta el botox?", "fallback", "other_language", "other_language"),
    ],
)
def test_another_language_gets_english_and_french(
    context: ContextFor, knowledge: Knowledge, text: str, topic: str, rule: str, key: str
) -> None:
    asked = context(text, topic, rule=rule)
    (say,) = answer_safety(asked, topic).says
    english, french = (knowledge.safety_text(key, language) for language in ("en", "fr"))

    assert has_fixed_text(asked)
    assert say.values["website_text"] == f"{english}\n\n{french}"


def test_distress_asks_whether_somebody_should_call(context: ContextFor, knowledge: Knowledge) -> None:
    sad = context("i hate my face so much i never leave my house", "side_effect_mild", rule="safety")
    answer = answer_safety(sad, "side_effect_mild")

    assert answer.says[0].values["website_text"] == knowledge.safety_text("distress", "en")
    assert answer.handoff_offered


@pytest.mark.parametrize(
    ("text", "topic", "rule", "expected"),
    [
        ("my throat is closing since my botox", "emergency", "safety", True),
        ("i am pregnant, is botox ok", "clinician_only", "safety", False),
        ("my throat is closing since my botox", "price", "classifier", False),
        ("which first", "order", "classifier", False),
    ],
)
def test_only_what_the_safety_layer_decided_has_a_fixed_text(
    context: ContextFor, text: str, topic: str, rule: str, expected: bool
) -> None:
    assert has_fixed_text(context(text, topic, rule=rule)) is expected
