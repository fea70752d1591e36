"""Small talk, what is not ours, and what was not understood."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.answers.conversation import answer_small_talk, answer_unclear
from bot.consult.answers.parts import AnswerContext
from bot.consult.case.memory import Memory

ContextFor = Callable[..., AnswerContext]
LINES = (
    "smalltalk_greet",
    "smalltalk_thanks",
    "smalltalk_bye",
    "bot_challenge",
    "help",
    "abuse",
    "off_topic",
    "gibberish",
    "injection",
)


@pytest.mark.parametrize("topic", LINES)
def test_one_line_is_said(context: ContextFor, topic: str) -> None:
    answer = answer_small_talk(context("tox nov 3", topic), topic)

    assert [say.response for say in answer.says] == [f"utter_{topic}"]
    assert (answer.topic, answer.timing, answer.sources) == (topic, None, ())


def test_being_seen_is_welcomed(context: ContextFor) -> None:
    answer = answer_small_talk(context("i was seen", "help", follow_up="cleared"), "help")

    assert [say.response for say in answer.says] == ["utter_cleared", "utter_cleared_ask"]


def test_once_it_asks_which_topic_was_meant(context: ContextFor) -> None:
    answer = answer_unclear(context("mm", "fallback", likely=("order", "price")), "fallback")

    assert ([say.response for say in answer.says], answer.choices) == (["utter_fallback"], ("order", "price"))
    assert not answer.handoff_offered


@pytest.mark.parametrize(("unclear", "likely"), [(1, ("order",)), (0, ())])
def test_the_second_time_or_without_a_guess_it_hands_over(
    context: ContextFor, unclear: int, likely: tuple[str]
) -> None:
    laid_out = context("mm", "fallback", memory=Memory(not_understood=unclear), likely=likely)
    answer = answer_unclear(laid_out, "fallback")

    assert ([say.response for say in answer.says], answer.choices) == (["utter_fallback_handoff"], ())
    assert answer.handoff_offered
