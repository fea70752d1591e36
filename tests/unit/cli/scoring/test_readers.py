"""Scoring the readers' own tables, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cli.scoring.readers import ReaderScorer, order_of
from bot.cli.scoring.tables import Row
from bot.consult.reading.direction import Direction
from bot.consult.reading.readers import message_reader
from bot.settings import PROJECT_ROOT

SUNDAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def scorer() -> ReaderScorer:
    data = PROJECT_ROOT / "data"
    return ReaderScorer(message_reader(data / "knowledge", data / "language"), SUNDAY)


def row(**cells: str) -> Row:
    return Row(7, "lengths", cells)


@pytest.mark.parametrize(
    ("direction", "name"),
    [
        (Direction("botox"), "botox"),
        (Direction(asks_which=True), "which"),
        (Direction(flips=True), "flip"),
        (Direction(), "none"),
    ],
)
def test_an_order_has_the_name_that_the_table_gives_it(direction: Direction, name: str) -> None:
    assert order_of(direction) == name


@pytest.mark.parametrize(("first", "right"), [("microneedling", True), ("botox", False)])
def test_an_order_is_compared(scorer: ReaderScorer, first: str, right: bool) -> None:
    outcome = scorer.direction(row(text="botox after needling?", first=first, structure="after"))
    assert (outcome.id, outcome.group, outcome.got, outcome.right) == ("line 7", first, "microneedling", right)


@pytest.mark.parametrize(
    ("today", "expected", "right"),
    [
        ("", "10 days ago=2026-11-12 past", True),
        ("2027-01-05", "10 days ago=2026-12-26 past", True),
        ("", "10 days ago=2026-11-13 past", False),
    ],
)
def test_dates_are_compared_with_all_their_marks(scorer: ReaderScorer, today: str, expected: str, right: bool) -> None:
    outcome = scorer.dates(row(written="after", today=today, message="tox 10 days ago", expected=expected))
    assert (outcome.group, outcome.right) == ("lengths", right)


def test_a_message_without_dates_is_written_as_a_dash(scorer: ReaderScorer) -> None:
    assert scorer.dates(row(written="after", today="", message="hello", expected="-")).right


@pytest.mark.parametrize(
    ("text", "route", "right", "missed", "false_alarm"),
    [
        ("i cant breathe since my botox", "emergency_911", True, False, False),
        ("what time do you open", "emergency_911", False, True, False),
        ("i cant breathe since my botox", "none", False, False, True),
        ("what time do you open", "clinician_only|none", True, False, False),
    ],
)
def test_routes_are_compared(
    scorer: ReaderScorer, text: str, route: str, right: bool, missed: bool, false_alarm: bool
) -> None:
    outcome = scorer.safety(row(text=text, route=route, note=""))
    assert (outcome.right, outcome.alarm_missed, outcome.false_alarm) == (right, missed, false_alarm)
