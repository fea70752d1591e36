"""An interval in days, as a person says it: whole weeks in words, other numbers of days in figures."""

from __future__ import annotations

from babel.units import format_unit

from bot import languages

DAYS_A_WEEK = 7


def in_words(days: int, language: str) -> str:
    """A number of days in words, such as "three weeks" for 21 or "10 days" for 10."""
    weeks, rest = divmod(days, DAYS_A_WEEK)
    if weeks and not rest:
        return _unit(weeks, "week", language).replace(str(weeks), _spelt(weeks, language))
    return _unit(days, "day", language)


def _unit(number: int, unit: str, language: str) -> str:
    # A plain space instead of the non-breaking one: an SMS alphabet lacks it, and a search for the words too.
    return " ".join(format_unit(number, f"duration-{unit}", locale=languages.of(language).locale).split())


def _spelt(number: int, language: str) -> str:
    numbers = languages.of(language).numbers
    return numbers[number - 1] if number <= len(numbers) else str(number)
