"""What was said in the turn before is not said again word for word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.answers.echo import SHORT
from bot.consult.answers.openings import FORMS
from bot.consult.answers.parts import AnswerContext
from bot.consult.answers.wording import filled_in
from bot.consult.consultation import Reply, consult
from bot.knowledge.types import Knowledge

ContextFor = Callable[..., AnswerContext]
NOW = 1_000_000.0


def responses(reply: Reply) -> list[str]:
    return [say.response for answer in reply.answers for say in answer.says]


@pytest.mark.parametrize(
    ("text", "topic", "again"),
    [
        ("which first, tox or needling", "order", "utter_still_order"),
        ("needling before tox?", "order", "utter_still_no_interval"),
        ("how long after tox til needling", "wait_after_botox", "utter_still_wait"),
        ("how long after needling til tox", "wait_after_microneedling", "utter_still_no_interval"),
        ("both the same day?", "same_day", "utter_still_same_day"),
        ("had tox nov 3, needling nov 12?", "date_check", "utter_still_earliest"),
        ("had tox last week, needling today?", "date_check", "utter_still_too_soon"),
        ("had tox nov 3, needling nov 20?", "date_check", "utter_still_past_minimum"),
        ("what is tox", "botox_what", "utter_still_claim"),
        ("does it hurt", "pain", "utter_still_gap"),
        ("a bruise", "side_effect_mild", "utter_still_side_effect"),
    ],
)
def test_the_second_time_it_is_short_and_the_third_time_whole(
    context: ContextFor, text: str, topic: str, again: str
) -> None:
    first = consult(context(text, topic), NOW)
    second = consult(context(text, topic, memory=first.conversation), NOW)
    third = consult(context(text, topic, memory=second.conversation), NOW)

    assert responses(second) == [again, "utter_close_again"]
    assert responses(third) == responses(first)
    assert second.answers[0].says[-1].closing and second.answers[0].sources == first.answers[0].sources


def test_the_same_in_another_form_is_the_same(context: ContextFor) -> None:
    asked = consult(context("had tox nov 3, needling nov 12", "date_check"), NOW)
    doubted = consult(context("had tox nov 3, needling nov 12, ok?", "date_check", memory=asked.conversation), NOW)

    assert responses(asked)[0] == "utter_date_too_soon"
    assert responses(doubted)[0] == "utter_still_earliest"


def test_another_day_is_another_answer(context: ContextFor) -> None:
    asked = consult(context("had tox nov 3, needling nov 12", "date_check"), NOW)
    moved = consult(context("had tox nov 3, needling nov 13", "date_check", memory=asked.conversation), NOW)

    assert responses(moved)[0] == "utter_date_too_soon"


def test_another_length_is_the_same_answer_where_the_wording_says_none(context: ContextFor) -> None:
    asked = consult(context("needling was nov 20, when can i have tox", "date_check"), NOW)
    pressed = consult(context("a week?", "date_check", memory=asked.conversation), NOW)

    assert responses(asked)[0] == "utter_date_no_interval"
    assert responses(pressed)[0] == "utter_still_no_interval"


@pytest.mark.parametrize("topic", ["smalltalk_thanks", "off_topic", "gibberish", "injection", "bot_challenge"])
def test_small_talk_has_other_words_in_the_next_turn(context: ContextFor, topic: str) -> None:
    first = consult(context("x", topic), NOW)
    second = consult(context("x", topic, memory=first.conversation), NOW)

    assert (responses(first), responses(second)) == ([f"utter_{topic}"], [f"utter_{topic}_2"])


def test_what_has_no_short_form_gets_a_clause_in_front(context: ContextFor) -> None:
    first = consult(context("what should i know", "help"), NOW)
    second = consult(context("what should i know", "help", memory=first.conversation), NOW)

    assert responses(second) == ["utter_as_before", "utter_help"]


def test_nothing_that_was_typed_is_kept_of_what_was_said(context: ContextFor) -> None:
    said = consult(context("xeomin then needling?", "order"), NOW).conversation.said

    assert said and all("xeomin" not in digest.casefold() for digest in said)


def test_every_name_is_one_of_the_wording(knowledge: Knowledge) -> None:
    assert {*SHORT, *SHORT.values(), *FORMS} <= filled_in(knowledge.topics).keys()
