"""An interval in days, as a person says it: whole weeks in words, other numbers of days in figures."""

from __future__ import annotations

from babel.units import format_unit

DAYS_A_WEEK = 7

LARGEST_SPELT = 12
"""A larger number of weeks reads better in figures."""

# No library that is here anyway spells numbers out.
ONES = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split(),
    "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf".split(),
}
"""The numbers from one on, as they count weeks."""


def in_words(days: int, language: str) -> str:
    """A number of days in words, such as "three weeks" for 21 or "10 days" for 10."""
    weeks, rest = divmod(days, DAYS_A_WEEK)
    if weeks and not rest:
        return _unit(weeks, "week", language).replace(str(weeks), _spelt(weeks, language))
    return _unit(days, "day", language)


def _unit(number: int, unit: str, language: str) -> str:
    # A plain space instead of the non-breaking one: an SMS alphabet lacks it, and a search for the words too.
    return " ".join(format_unit(number, f"duration-{unit}", locale=language).split())


def _spelt(number: int, language: str) -> str:
    return ONES[language][number - 1] if language in ONES and number <= LARGEST_SPELT else str(number)
