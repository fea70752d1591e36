"""Dates and lengths of time as an answer says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from babel.units import format_unit

from bot.consult.types import Period


def day_in_words(day: date, today: date, language: str) -> str:
    """Say a day such as "Fri 20 Nov", with the year where it is not this one."""
    pattern = "EEE d MMM" if day.year == today.year else "EEE d MMM y"
    return format_date(day, pattern, locale=language).replace(".", "")


def period_in_words(period: Period, today: date, language: str) -> str:
    """Say a day or a stretch of days."""
    first = day_in_words(period.first, today, language)
    return first if period.is_day else f"{first} – {day_in_words(period.last, today, language)}"


def readings_in_words(readings: Sequence[Period], today: date, language: str) -> str:
    """Say the readings that a date leaves open."""
    joiner = " ou " if language == "fr" else " or "
    return joiner.join(period_in_words(period, today, language) for period in sorted(readings, key=lambda p: p.first))


def days_in_words(shortest: int, longest: int, language: str) -> str:
    """Say a number of days, or the range of it."""
    if shortest == longest:
        return format_unit(shortest, "duration-day", locale=language)
    return f"{shortest}–{format_unit(longest, 'duration-day', locale=language)}"
