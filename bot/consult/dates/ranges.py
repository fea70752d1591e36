"""How many days the words for a length of time mean: the one table of every rounding and vagueness.

| words | days |
|---|---|
| minute, hour | none under a day; each full day of hours is one day, a part of one widens the range |
| day, week, fortnight | exact |
| month | 28 to 31 each |
| year | 365 to 366 each; counted from today, half a year either side besides |
| a couple of | one and a half to three units |
| a few, quelques | two to five units |
| several, plusieurs | three to seven units |
| weeks ago, months ago (no number) | two to eight units |
| about, around, roughly, ish, or so, like | a fifth less to a fifth more, at least a day |
| almost, nearly, just under, not quite | a fifth less to one day less |
| over, more than | one day more to half as much again |
| at least, a plus sign | itself to half as much again |
| less than, under | one day to one day less |
| at most, within, up to | nothing to itself |
| barely, only just | a fifth less to itself |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, floor

Days = tuple[int, int]
"""The shortest and the longest number of days meant."""

UNIT_DAYS: Mapping[str, tuple[float, float]] = {
    "MINUTE": (0, 0),
    "HOUR": (1 / 24, 1 / 24),
    "DAY": (1, 1),
    "WEEK": (7, 7),
    "FORTNIGHT": (2 * 7, 2 * 7),
    "FIFTEENDAY": (2 * 7, 2 * 7 + 1),
    "TENDAY": (8, 12),
    "MONTH": (28, 31),
    "YEAR": (365, 366),
}
MONTHS_A_YEAR = 12
HALF_YEAR = 183

COUPLE = (1.5, 3.0)
FEW = (2.0, 5.0)
SEVERAL = (3.0, 7.0)
UNCOUNTED = (2.0, 8.0)
OTHER_DAY: Days = (2, 5)


def days_of(unit: str, least: float, most: float) -> Days:
    """Multiply a unit, rounding outwards; what is shorter than a day is no day at all.

    Args:
        unit: A code from ``UNIT_DAYS``.
        least: The smallest number of units meant.
        most: The largest.
    """
    if unit == "YEAR" and most < 1:
        return days_of("MONTH", least * MONTHS_A_YEAR, most * MONTHS_A_YEAR)
    shortest, longest = UNIT_DAYS[unit]
    low, high = round(least * shortest, 6), round(most * longest, 6)
    if high < 1:
        return (0, 0)
    return (ceil(low) if (least, most) == COUPLE else floor(low), ceil(high))


def _margin(days: int) -> int:
    return max(1, round(days / 5))


def _around(days: Days) -> Days:
    return (max(0, days[0] - _margin(days[0])), days[1] + _margin(days[1]))


def _almost(days: Days) -> Days:
    return (max(0, days[0] - _margin(days[0])), max(0, days[0] - 1))


def _over(days: Days) -> Days:
    return (days[1] + 1, max(days[1] + 1, ceil(days[1] * 1.5)))


def _at_least(days: Days) -> Days:
    return (days[0], max(days[1], ceil(days[1] * 1.5)))


def _under(days: Days) -> Days:
    return (min(1, days[0]), max(0, days[0] - 1))


def _at_most(days: Days) -> Days:
    return (0, days[1])


def _barely(days: Days) -> Days:
    return (max(0, days[0] - _margin(days[0])), days[1])


ROUNDINGS: Mapping[str, Callable[[Days], Days]] = {
    "around": _around,
    "as_said": lambda days: days,
    "almost": _almost,
    "over": _over,
    "at_least": _at_least,
    "under": _under,
    "at_most": _at_most,
    "barely": _barely,
}
