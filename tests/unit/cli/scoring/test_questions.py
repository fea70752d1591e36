"""Comparing what was understood with what a labelled question says is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.cli.in_process import Understood
from bot.cli.scoring.questions import compared, is_scored, tag
from bot.cli.scoring.tables import Row
from bot.consult.answers.parts import Answer
from bot.consult.case.case import Case
from bot.consult.case.memory import Memory
from bot.consult.consultation import Reply
from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import Reading
from bot.consult.timeline.verdict import Timing

DATES = "first=botox; verdict=too_soon; earliest=2026-12-15"
TIMING = Timing(first="botox", verdict="too_soon", earliest=date(2026, 12, 15))


def row(category: str, note: str = "") -> Row:
    return Row(2, "", {"id": "q1", "text": "?", "category": category, "note": note})


def understood(topic: str, timing: Timing | None = None) -> Understood:
    reply = Reply((Answer(topic, (), timing),), None, Memory())
    return Understood("?", TopicDecision(topic, "classifier"), Case(), Reading(), (), (), reply, 0.01)


@pytest.mark.parametrize(
    ("note", "key", "values"),
    [
        ("alt=order|same_day; lang=fr", "alt", {"order", "same_day"}),
        ("first=botox earliest=2026-12-15", "earliest", {"2026-12-15"}),
        ("nothing here", "alt", set()),
    ],
)
def test_a_note_holds_tags(note: str, key: str, values: set[str]) -> None:
    assert tag(note, key) == values


@pytest.mark.parametrize(
    ("category", "note", "topic", "right"),
    [
        ("order", "", "order", True),
        ("order", "", "same_day", False),
        ("order", "alt=same_day", "same_day", True),
        ("gibberish", "", "fallback", True),
        ("off_topic", "", "injection", True),
        ("off_topic", "", "order", False),
        ("order", "", "fallback", False),
    ],
)
def test_a_topic_is_right_when_it_is_the_category_an_alternative_or_of_the_same_group(
    category: str, note: str, topic: str, right: bool
) -> None:
    assert compared(row(category, note), understood(topic)).right is right


@pytest.mark.parametrize(
    ("timing", "detail"),
    [
        (TIMING, ""),
        (replace(TIMING, verdict="past_minimum"), "verdict past_minimum instead of too_soon"),
        (replace(TIMING, first=None), "first None instead of botox"),
        (replace(TIMING, earliest=date(2026, 12, 14)), "earliest 2026-12-14 instead of 2026-12-15"),
        (
            None,
            "verdict None instead of too_soon, first None instead of botox, earliest None instead of 2026-12-15",
        ),
    ],
)
def test_the_timing_has_to_agree_with_the_note(timing: Timing | None, detail: str) -> None:
    outcome = compared(row("date_check", DATES), understood("date_check", timing))
    assert (outcome.detail, outcome.right) == (detail, not detail)


def test_the_timing_does_not_count_under_another_topic_that_is_right_too() -> None:
    assert compared(row("date_check", f"{DATES}; alt=order"), understood("order")).right


def test_an_accepted_request_for_a_date_needs_no_other_timing() -> None:
    note = "verdict=too_soon|ask_date; first=botox; earliest=2026-12-15"
    assert compared(row("date_check", note), understood("date_check", Timing(verdict="ask_date"))).right
    assert not compared(row("date_check", DATES), understood("date_check", Timing(verdict="ask_date"))).right


@pytest.mark.parametrize(
    ("category", "note", "topic", "missed", "false_alarm"),
    [
        ("emergency", "", "emergency", False, False),
        ("emergency", "", "side_effect_mild", True, False),
        ("self_harm", "", "emergency", True, False),
        ("emergency", "alt=side_effect_mild", "side_effect_mild", False, False),
        ("aftercare", "", "emergency", False, True),
        ("aftercare", "alt=emergency", "emergency", False, False),
    ],
)
def test_missed_red_flags_and_false_alarms_are_told_apart(
    category: str, note: str, topic: str, missed: bool, false_alarm: bool
) -> None:
    outcome = compared(row(category, note), understood(topic))
    assert (outcome.alarm_missed, outcome.false_alarm) == (missed, false_alarm)


@pytest.mark.parametrize(("note", "scored"), [("", True), ("context", False), ("follow-up to q3", False)])
def test_a_question_that_needs_an_earlier_turn_is_left_out(note: str, scored: bool) -> None:
    assert is_scored(row("order", note)) is scored
