"""Days and lengths of time as people write them in French."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import ClassVar

from bench.truth.wording import Writer

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_SHORT = "janv févr mars avril mai juin juil août sept oct nov déc".split()
_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_PARTS = ("début ", "mi-", "fin ")
_ONE = {"jour": "un", "semaine": "une"}


class French(Writer):
    """Writes in French."""

    numbers = tuple("un deux trois quatre cinq six sept huit neuf dix".split())
    near: ClassVar[Mapping[int, str]] = {-1: "hier", 0: "aujourd'hui", 1: "demain"}
    day_unit, week_unit = "jour", "semaine"
    the, on = "le", "le"

    def date(self, day: date, random: Random) -> str:
        """Say "9 novembre" or "9 nov"."""
        month = random.choices((_MONTHS[day.month - 1], _SHORT[day.month - 1]), weights=(3, 1))[0]
        return f"{self.ordinal(day.day)} {month}"

    def part(self, part: int, day: date) -> str:
        """Say "début novembre"."""
        return f"{_PARTS[part]}{_MONTHS[day.month - 1]}"

    def ordinal(self, number: int) -> str:
        """Say "1er", "9"."""
        return "1er" if number == 1 else str(number)

    def weekday(self, day: date) -> str:
        """Say "lundi"."""
        return _WEEKDAYS[day.weekday()]

    def about_weekday(self, away: int, day: date, random: Random) -> str:
        """Say "lundi dernier", "lundi" or "lundi prochain"."""
        return f"{self.weekday(day)} {'dernier' if away < 0 else 'prochain' if away == 6 else ''}".strip()

    def ago(self, length: str | None) -> str:
        """Say "il y a une semaine"."""
        return f"il y a {length}"

    def ahead(self, length: str | None) -> str:
        """Say "dans une semaine"."""
        return f"dans {length}"

    def one(self, unit: str) -> list[str]:
        """Say "une semaine"."""
        return [f"{_ONE[unit]} {unit}", f"1 {unit}"]
