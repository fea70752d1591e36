"""Days and lengths of time as people write them, one of the ways that fit; what is said is a language's own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import ClassVar

PARTS = ((1, 10), (11, 20), (21, 31))
"""The days of a month's early, middle and late part."""
_WEEK = 7


class Writer(ABC):
    """Writes in one language."""

    numbers: tuple[str, ...]
    """From one on."""
    near: ClassVar[Mapping[int, str]]
    """The days about today, by how far away they are."""
    day_unit: str
    week_unit: str
    the: str
    """Before a bare day of the month."""
    on: str
    """Before a date."""

    def day(self, form: str, day: date, today: date, base: date, random: Random) -> str | None:
        """Write a day in one form; None where the form cannot say it.

        Args:
            form: A form of FORMAT.md.
            day: The day.
            today: The day on which the message is written.
            base: A day in whose month a bare day of the month is read.
            random: The source of choices.
        """
        if form == "on":
            return self._any_form(day, today, random)
        if form == "date":
            return self.date(day, random)
        if form == "iso":
            return day.isoformat()
        if form == "part":
            return self.part(_part_of(day), day)
        if form == "bare":
            return f"{self.the} {self.ordinal(day.day)}" if (day.year, day.month) == (base.year, base.month) else None
        return self._relative(form, (day - today).days, day, random)

    def length(self, unit: str, days: int, random: Random) -> str | None:
        """Write a length of time in days or weeks; None where the unit cannot say it."""
        if days < 1 or (unit == "weeks" and days % _WEEK):
            return None
        if unit == "number":
            return str(days)
        if days % _WEEK == 0 and (unit == "weeks" or (unit == "any" and random.random() < 0.6)):
            return self._counted(days // _WEEK, self.week_unit, random)
        return self._counted(days, self.day_unit, random)

    def _any_form(self, day: date, today: date, random: Random) -> str:
        away = (day - today).days
        others = [self._relative(form, away, day, random) for form in ("near", "ago", "in")]
        if 2 <= abs(away) <= 6:
            others.append(self.about_weekday(away, day, random))
        fitting = [written for written in others if written]
        return random.choice(fitting) if fitting and random.random() < 0.5 else f"{self.on} {self.date(day, random)}"

    def _relative(self, form: str, away: int, day: date, random: Random) -> str | None:
        if form == "near":
            return self.near.get(away)
        if form == "weekday":
            return self.weekday(day) if 1 <= abs(away) <= 6 else None
        length = self.length("any", abs(away), random)
        if form == "ago":
            return self.ago(length) if away < 0 else None
        return self.ahead(length) if away > 1 else None

    def _counted(self, number: int, unit: str, random: Random) -> str:
        if number == 1:
            return random.choice(self.one(unit))
        spelt = number <= len(self.numbers) and random.random() < 0.4
        return f"{self.numbers[number - 1] if spelt else number} {unit}s"

    @abstractmethod
    def date(self, day: date, random: Random) -> str:
        """A day of a month."""

    @abstractmethod
    def part(self, part: int, day: date) -> str:
        """One of the three parts of a day's month."""

    @abstractmethod
    def ordinal(self, number: int) -> str:
        """The number of a day."""

    @abstractmethod
    def weekday(self, day: date) -> str:
        """The name of a day."""

    @abstractmethod
    def about_weekday(self, away: int, day: date, random: Random) -> str:
        """A day of the week before or behind."""

    @abstractmethod
    def ago(self, length: str | None) -> str:
        """So long ago."""

    @abstractmethod
    def ahead(self, length: str | None) -> str:
        """In so long."""

    @abstractmethod
    def one(self, unit: str) -> list[str]:
        """The ways to say one of a unit."""


def part_of_month(day: date) -> tuple[date, date]:
    """Return the first and the last day of the early, middle or late part of a month that a day lies in."""
    low, high = PARTS[_part_of(day)]
    last = next(d for d in range(min(high, 31), 0, -1) if _exists(day, d))
    return day.replace(day=low), day.replace(day=last)


def _part_of(day: date) -> int:
    return next(number for number, (low, high) in enumerate(PARTS) if low <= day.day <= high)


def _exists(month: date, day: int) -> bool:
    try:
        month.replace(day=day)
    except ValueError:
        return False
    return True
