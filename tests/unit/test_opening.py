"""The clinic's hours in words, and whether it is open at a moment."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.clinic import WEEKDAYS, Clinic
from bot.opening import closing, hours_in_words, is_open, moment_in_words, next_opening

CALGARY = ZoneInfo("America/Edmonton")
HOURS = {day: "09:00-17:00" for day in WEEKDAYS} | {
    "monday": "closed",
    "thursday": ["09:00-12:00", "13:00-20:30"],
    "sunday": "closed",
}


def clinic(**changed: object) -> Clinic:
    profile = {"name": "A test", "time_zone": "America/Edmonton", "hours": HOURS, **changed}
    return Clinic.parse_obj(profile)


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
    assert next_opening(clinic(closed_on=["2026-11-24"]), at(22, 12)) == at(25, 9)


def test_a_clinic_that_never_opens_has_no_next_opening() -> None:
    closed = clinic(hours={day: "closed" for day in WEEKDAYS})
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
    same = clinic(hours={day: "09:00-17:00" for day in WEEKDAYS} | {"sunday": "closed"})
    assert hours_in_words(same, "en") == "Monday to Saturday 9:00 a.m.–5:00 p.m.; Sunday closed"
    assert hours_in_words(same, "fr") == "lundi à samedi 9 h 00–17 h 00; dimanche fermé"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Tuesday, November 24, 9:00 a.m."), ("fr", "mardi 24 novembre, 09 h 00")],
)
def test_a_moment_in_words_names_day_and_time(language: str, expected: str) -> None:
    assert moment_in_words(at(24, 9), language) == expected
