"""The clinic's today: its time zone decides, unless a day is fixed."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.clock import now, today

CALGARY = ZoneInfo("America/Edmonton")
LATE = datetime(2026, 11, 23, 5, 30, tzinfo=timezone.utc)  # still the 22nd in Calgary


@pytest.mark.parametrize(
    ("zone", "expected"), [(CALGARY, date(2026, 11, 22)), (ZoneInfo("Europe/Paris"), date(2026, 11, 23))]
)
def test_the_time_zone_decides_which_day_it_is(zone: ZoneInfo, expected: date) -> None:
    assert today(zone, at=LATE) == expected


def test_a_fixed_day_wins_over_the_clock() -> None:
    assert today(CALGARY, fixed_day=date(2027, 2, 28), at=LATE) == date(2027, 2, 28)


def test_now_keeps_the_time_of_day_on_a_fixed_day() -> None:
    assert now(CALGARY, date(2027, 2, 28), at=LATE) == datetime(2027, 2, 28, 22, 30, tzinfo=CALGARY)


def test_without_a_moment_the_machine_tells_the_time() -> None:
    assert now(CALGARY).tzinfo is CALGARY
