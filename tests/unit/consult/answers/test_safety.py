"""The safety texts: word for word, alone, in the message's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.answers.parts import AnswerContext
from bot.consult.answers.safety import answer_safety
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
    answer = answer_safety(context(text, topic), topic)

    assert [(s.response, s.values) for s in answer.says] == [
        (
            f"utter_{topic}",
            {
                "website_text": knowledge.safety_text(key, language),
                "sms_text": knowledge.safety_text(key, language, "sms"),
            },
        )
    ]
    assert (answer.timing, answer.sources, answer.handoff_offered, answer.choices) == (None, (), False, ())


@pytest.mark.parametrize("topic", ["emergency", "self_harm"])
def test_after_it_one_line_keeps_the_conversation_safe(context: ContextFor, topic: str) -> None:
    answer = answer_safety(context("how long between tox and needling", topic, follow_up="stay"), topic)

    assert ([s.response for s in answer.says], answer.timing) == ([f"utter_{topic}_stay"], None)
