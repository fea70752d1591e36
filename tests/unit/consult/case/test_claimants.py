"""Whose a date is that names no treatment, after earlier turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.consult.case.claimants import claimants_of
from bot.consult.case.memory import Memory
from bot.consult.reading.message import Reading
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.types import Period

ORDER = ("botox", "microneedling")
Read = Callable[[str], Reading]


def day(month: int, number: int) -> TreatmentTime:
    return TreatmentTime((Period(date(2026, month, number), date(2026, month, number)),))


TOLD = {"botox": day(11, 5), "microneedling": day(11, 24)}
EARLY_NOVEMBER = {"botox": TreatmentTime((Period(date(2026, 11, 1), date(2026, 11, 10)),))}


@pytest.mark.parametrize(
    ("message", "earlier", "whose"),
    [
        ("nov 9", {}, ORDER),
        ("dec 3", {"botox": TOLD["botox"]}, ("microneedling",)),
        ("it wasn't the 5th, it was the 15th", TOLD, ("botox",)),
        ("not the 24th, the 28th", TOLD, ("microneedling",)),
        ("i believe the 7th", EARLY_NOVEMBER, ("botox",)),
        ("the 27th", EARLY_NOVEMBER, ("microneedling",)),
        ("oops, the 15th", TOLD, ()),
        ("sorry, in four days", TOLD, ("microneedling",)),
        ("sorry, four days ago", TOLD, ("botox",)),
        ("sorry, i booked the 28th", TOLD, ("microneedling",)),
        ("i checked, it was nov 8", {"botox": TOLD["botox"]}, ("botox", "microneedling")),
    ],
)
def test_a_date_goes_to_the_treatment_that_it_is_said_of(
    message: str, earlier: dict[str, TreatmentTime], whose: tuple[str, ...], read: Read
) -> None:
    reading = read(message)
    points = [each for each in reading.timeline.loose if each.kind == "point"]

    assert claimants_of(points, reading, Memory(), earlier, ORDER) == whose


def test_the_date_that_was_asked_for_is_the_answer(read: Read) -> None:
    reading = read("the 15th")

    assert claimants_of(reading.timeline.loose, reading, Memory(awaiting="microneedling"), TOLD, ORDER) == (
        "microneedling",
    )
