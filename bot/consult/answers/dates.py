"""Dates and lengths of time as an answer says them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date
from babel.units import format_unit

from bot import languages
from bot.consult.case.case import Unit
from bot.consult.types import Period

HOURS = 24
DAYS_OF: Mapping[Unit, tuple[int, int]] = {"day": (1, 1), "week": (7, 7), "month": (28, 31)}
"""The fewest and the most days that a unit has."""


def day_in_words(day: date, today: date, language: str) -> str:
    """Say a day such as "Fri 20 Nov", with the year where it is not this one."""
    of = languages.of(language)
    pattern = of.day if day.year == today.year else f"{of.day} y"
    return format_date(day, pattern, locale=of.locale).replace(".", "")


def period_in_words(period: Period, today: date, language: str) -> str:
    """Say a day or a stretch of days."""
    first = day_in_words(period.first, today, language)
    return first if period.is_day else f"{first} – {day_in_words(period.last, today, language)}"


def readings_in_words(readings: Sequence[Period], today: date, language: str) -> str:
    """Say the readings that a date leaves open."""
    said = [period_in_words(period, today, language) for period in sorted(readings, key=lambda p: p.first)]
    return languages.of(language).joined(said, "or")


def days_in_words(shortest: int, longest: int, language: str, unit: Unit = "day") -> str:
    """Say a number of days, or the range of it, in the unit that it was counted in."""
    counted = _counted(shortest, longest, unit)
    few, many = counted or (shortest, longest)
    said = format_unit(many, f"duration-{unit if counted else 'day'}", locale=languages.of(language).locale)
    return said if few == many else f"{few} {languages.of(language).word('to')} {said}"


def can_be_said(shortest: int, longest: int, unit: Unit) -> bool:
    """Tell whether a length can be said as it was told; one that is only about so long cannot."""
    return shortest == longest or _counted(shortest, longest, unit) is not None


def _counted(shortest: int, longest: int, unit: Unit) -> tuple[int, int] | None:
    """The length in whole units; None where it is not of whole ones."""
    if unit == "hour":
        return shortest * HOURS, longest * HOURS
    least, most = DAYS_OF[unit]
    whole = shortest % least == 0 and longest % most == 0 and shortest // least <= longest // most
    return (shortest // least, longest // most) if whole and shortest >= least else None
