"""The clinic's hours in words, and whether it is open at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clinic import WEEKDAYS, Clinic, Stretch
from bot.opening import (
    closing,
    closures,
    day_in_words,
    hours_in_words,
    is_open,
    moment_in_words,
    next_opening,
    next_opening_after,
)

CALGARY = ZoneInfo("America/Edmonton")
NINE_TO_FIVE = (Stretch(time(9), time(17)),)
HOURS: dict[str, tuple[Stretch, ...]] = dict.fromkeys(WEEKDAYS, NINE_TO_FIVE) | {
    "monday": (),
    "thursday": (Stretch(time(9), time(12)), Stretch(time(13), time(20, 30))),
    "sunday": (),
}


def clinic(**changed: Any) -> Clinic:
    return replace(Clinic(name="A test", time_zone="America/Edmonton", hours=HOURS), **changed)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in November 2026, in which the 22nd is a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CALGARY)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(24, 8, 59), False),
        (at(24, 9), True),
        (at(24, 16, 59), True),
        (at(24, 17), False),
        (at(26, 12, 30), False),  # the break on Thursday
        (at(22, 12), False),
        (datetime(2026, 11, 24, 17, 0, tzinfo=ZoneInfo("UTC")), True),  # ten in the morning in Calgary
    ],
)
def test_the_clinic_is_open_from_its_opening_until_just_before_its_closing(moment: datetime, expected: bool) -> None:
    assert is_open(clinic(), moment) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(22, 12), at(24, 9)),
        (at(24, 8), at(24, 9)),
        (at(24, 9), at(25, 9)),
        (at(26, 12, 30), at(26, 13)),
        (at(28, 18), datetime(2026, 12, 1, 9, tzinfo=CALGARY)),
    ],
)
def test_the_next_opening_skips_days_off(moment: datetime, expected: datetime) -> None:
    assert next_opening(clinic(), moment) == expected


def test_the_next_opening_skips_the_days_that_the_clinic_takes_off() -> None:
    assert next_opening(clinic(closed_on=frozenset({date(2026, 11, 24)})), at(22, 12)) == at(25, 9)


def test_a_clinic_that_never_opens_has_no_next_opening() -> None:
    closed = clinic(hours=dict.fromkeys(WEEKDAYS, ()))
    assert next_opening(closed, at(22, 12)) is None


def test_an_open_clinic_knows_when_it_closes() -> None:
    assert closing(clinic(), at(26, 14)) == at(26, 20, 30)
    assert closing(clinic(), at(22, 14)) is None


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Monday closed; Tuesday and Wednesday 9:00 a.m.–5:00 p.m.; "
            "Thursday 9:00 a.m.–12:00 p.m., 1:00 p.m.–8:30 p.m.; "
            "Friday and Saturday 9:00 a.m.–5:00 p.m.; Sunday closed",
        ),
        (
            "fr",
            "lundi fermé; mardi et mercredi 9 h 00–17 h 00; jeudi 9 h 00–12 h 00, 13 h 00–20 h 30; "
            "vendredi et samedi 9 h 00–17 h 00; dimanche fermé",
        ),
    ],
)
def test_the_hours_in_words_put_equal_days_together(language: str, expected: str) -> None:
    assert hours_in_words(clinic(), language) == expected


def test_more_than_two_equal_days_are_said_as_a_stretch() -> None:
    same = clinic(hours=dict.fromkeys(WEEKDAYS, NINE_TO_FIVE) | {"sunday": ()})
    assert hours_in_words(same, "en") == "Monday to Saturday 9:00 a.m.–5:00 p.m.; Sunday closed"
    assert hours_in_words(same, "fr") == "lundi à samedi 9 h 00–17 h 00; dimanche fermé"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Tuesday, November 24, 9:00 a.m."), ("fr", "mardi 24 novembre, 09 h 00")],
)
def test_a_moment_in_words_names_day_and_time(language: str, expected: str) -> None:
    assert moment_in_words(at(24, 9), language) == expected


def test_a_day_in_words_names_weekday_and_date() -> None:
    assert (day_in_words(date(2026, 11, 28), "en"), day_in_words(date(2026, 11, 28), "fr")) == (
        "Saturday, November 28",
        "samedi 28 novembre",
    )


def test_the_opening_after_a_day_is_on_a_later_one() -> None:
    assert next_opening_after(clinic(), date(2026, 11, 24)) == at(25, 9)
    assert next_opening_after(clinic(hours=dict.fromkeys(WEEKDAYS, ())), date(2026, 11, 24)) is None


def test_days_off_are_closures_only_where_the_clinic_would_be_open() -> None:
    off = frozenset({date(2026, 11, 23), date(2026, 11, 24)})

    assert closures(clinic(closed_on=off), date(2026, 11, 22)) == [date(2026, 11, 24)]
