"""Days and lengths of time as people write them in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import ClassVar

from bench.truth.wording import Writer

_PARTS = ("early", "mid", "end of")


class English(Writer):
    """Writes in English."""

    numbers = tuple("one two three four five six seven eight nine ten".split())
    near: ClassVar[Mapping[int, str]] = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    day_unit, week_unit = "day", "week"
    the, on = "the", "on"

    def date(self, day: date, random: Random) -> str:
        """Say "Nov 9", "November 9th", "9 Nov" or "the 9th of November"."""
        month = random.choice([f"{day:%b}", f"{day:%B}"])
        ways = [
            f"{month} {day.day}",
            f"{month} {self.ordinal(day.day)}",
            f"{day.day} {month}",
            f"the {self.ordinal(day.day)} of {day:%B}",
        ]
        return random.choices(ways, weights=(6, 2, 1, 1))[0]

    def part(self, part: int, day: date) -> str:
        """Say "early November"."""
        return f"{_PARTS[part]} {day:%B}"

    def ordinal(self, number: int) -> str:
        """Say "9th"."""
        ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"

    def weekday(self, day: date) -> str:
        """Say "Monday"."""
        return f"{day:%A}"

    def about_weekday(self, away: int, day: date, random: Random) -> str:
        """Say "last Monday", "this Monday" or "on Monday"."""
        return f"{'last' if away < 0 else 'this'} {day:%A}" if random.random() < 0.5 else f"on {day:%A}"

    def ago(self, length: str | None) -> str:
        """Say "a week ago"."""
        return f"{length} ago"

    def ahead(self, length: str | None) -> str:
        """Say "in a week"."""
        return f"in {length}"

    def one(self, unit: str) -> list[str]:
        """Say "a week"."""
        return [f"a {unit}", f"1 {unit}", f"one {unit}"]
