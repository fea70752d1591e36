"""Days and lengths of time as an answer says them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.answers.dates import can_be_said, day_in_words, days_in_words, period_in_words, readings_in_words
from bot.consult.case.case import Unit
from bot.consult.types import Period

TODAY = date(2026, 11, 22)


def day(text: str) -> Period:
    return Period(date.fromisoformat(text), date.fromisoformat(text))


@pytest.mark.parametrize(
    ("iso", "language", "words"),
    [
        ("2026-11-20", "en", "Fri 20 Nov"),
        ("2027-01-02", "en", "Sat 2 Jan 2027"),
        ("2025-12-31", "en", "Wed 31 Dec 2025"),
        ("2026-11-20", "fr", "vendredi 20 novembre"),
    ],
)
def test_a_day_is_said_with_its_weekday_and_the_year_where_it_is_another(iso: str, language: str, words: str) -> None:
    assert day_in_words(date.fromisoformat(iso), TODAY, language) == words


def test_a_period_is_said_from_end_to_end() -> None:
    assert period_in_words(Period(date(2026, 5, 1), date(2026, 5, 31)), TODAY, "en") == "Fri 1 May – Sun 31 May"
    assert period_in_words(day("2026-05-01"), TODAY, "en") == "Fri 1 May"


def test_open_readings_are_said_in_the_calendar_s_order() -> None:
    readings = (day("2026-12-03"), day("2026-11-03"))

    assert readings_in_words(readings, TODAY, "en") == "Tue 3 Nov or Thu 3 Dec"
    assert readings_in_words(readings, TODAY, "fr") == "mardi 3 novembre ou jeudi 3 décembre"


@pytest.mark.parametrize(
    ("shortest", "longest", "language", "words"),
    [
        (1, 1, "en", "1 day"),
        (9, 9, "en", "9 days"),
        (0, 0, "en", "0 days"),
        (3, 9, "en", "3 to 9 days"),
        (9, 9, "fr", "9 jours"),
    ],
)
def test_a_number_of_days_is_said_as_people_do(shortest: int, longest: int, language: str, words: str) -> None:
    assert days_in_words(shortest, longest, language).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("shortest", "longest", "unit", "words"),
    [
        (21, 21, "week", "3 weeks"),
        (10, 10, "week", "10 days"),
        (14, 28, "week", "2 to 4 weeks"),
        (84, 124, "month", "3 to 4 months"),
        (28, 31, "month", "1 month"),
        (90, 90, "month", "90 days"),
        (2, 2, "hour", "48 hours"),
    ],
)
def test_a_length_is_said_in_the_unit_that_it_was_told_in(shortest: int, longest: int, unit: Unit, words: str) -> None:
    assert days_in_words(shortest, longest, "en", unit).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("span", "unit", "said"), [((10, 10), "week", True), ((84, 124), "month", True), ((16, 26), "week", False)]
)
def test_a_length_that_is_only_about_so_long_cannot_be_said(span: tuple[int, int], unit: Unit, said: bool) -> None:
    assert can_be_said(*span, unit) is said
