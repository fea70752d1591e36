"""Reads lengths of time: "three weeks", "10d", "a month and a half", "2-3 weeks", "almost 2 weeks".

| words | days |
|---|---|
| minute, hour | none under a day; each full day of hours is one day, a part of one widens the range |
| day, week, fortnight | exact |
| month | 28 to 31 each |
| year | 365 to 366 each; counted from today, half a year either side besides |
| a couple of | one and a half to three units |
| a few | two to five units |
| several | three to seven units |
| weeks ago, months ago | two to eight units |
| about, around, roughly, ish, or so | a quarter less to a quarter more, at least two days each way |
| almost, nearly, just under, not quite | a fifth less, at least a day, to one day less |
| over, more than | one day more to half as much again |
| at least, a plus sign | itself to half as much again |
| less than, under | one day to one day less |
| at most, within, up to | nothing to itself |
| barely, only just | a fifth less to itself |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import ceil, floor

from bot.consult.dates.grammar import Draft, Line, Match, Table, number

Days = tuple[int, int]
"""The shortest and the longest number of days meant."""

_UNIT_DAYS: Mapping[str, tuple[float, float]] = {
    "MINUTE": (0, 0),
    "HOUR": (1 / 24, 1 / 24),
    "DAY": (1, 1),
    "WORKDAY": (1.2, 1.6),
    "WEEK": (7, 7),
    "FORTNIGHT": (2 * 7, 2 * 7),
    "FIFTEENDAY": (2 * 7, 2 * 7 + 1),
    "TENDAY": (8, 12),
    "MONTH": (28, 31),
    "YEAR": (365, 366),
}
_MONTHS_A_YEAR = 12
_ORDER = tuple(_UNIT_DAYS)
VAGUE: Mapping[str, tuple[float, float]] = {"COUPLE": (1.5, 3.0), "FEW": (2.0, 5.0), "SEVERAL": (3.0, 7.0)}
_UNCOUNTED = (2.0, 8.0)
_LEAST_MARGIN = 2


def days_of(unit: str, least: float, most: float) -> Days:
    """Multiply a unit, rounding outwards; what is shorter than a day is no day at all.

    Args:
        unit: A code of a unit, singular.
        least: The smallest number of units meant.
        most: The largest.
    """
    if unit == "YEAR" and most < 1:
        return days_of("MONTH", least * _MONTHS_A_YEAR, most * _MONTHS_A_YEAR)
    shortest, longest = _UNIT_DAYS[unit]
    low, high = round(least * shortest, 6), round(most * longest, 6)
    if high < 1:
        return (0, 0)
    return (ceil(low) if (least, most) == VAGUE["COUPLE"] else floor(low), ceil(high))


def _length(match: Match, line: Line) -> Draft | None:
    groups = match.groupdict()
    units = _units(groups)
    if units is None:
        return None
    days = days_of(match["unit"], *units)
    if smaller := groups.get("smaller"):
        days = _sum(days, days_of(smaller, number(groups["more"]), number(groups["more"])))
        return Draft("l", days=days) if _ORDER.index(smaller) < _ORDER.index(match["unit"]) else None
    length = Draft("l", days=days, in_years=match["unit"] == "YEAR" and units[0] >= 1)
    how = next((how for how in ("ISH", "PLUS") if f" {how}" in match.group()), None)
    return rounded(length, how) if how else length


def _sum(one: Days, two: Days) -> Days:
    return one[0] + two[0], one[1] + two[1]


def _units(groups: Mapping[str, str | None]) -> tuple[float, float] | None:
    """Return the smallest and the largest number of units that a match means."""
    if vague := groups.get("vague"):
        return VAGUE.get(vague, _UNCOUNTED)
    halved, half = groups.get("halved") is not None, groups.get("half") is not None
    low = number(groups.get("low")) * (0.5 if halved else 1) + (0.5 if half else 0)
    high = number(groups["high"]) if groups.get("high") else low
    return (low, high) if low <= high else None


def _day_counted(match: Match, line: Line) -> Draft | None:
    """Read the ``day 12`` of "if Botox is day 0, is day 12 ok"."""
    counts = number(match["low"]) > 0 and _DAY_NOUGHT.search(line.text)
    return _length(match, line) if counts else None


def _twice(match: Match, line: Line) -> Iterator[Draft]:
    """Read ``6 and 3 weeks before``: the unit belongs to both."""
    for name, units in (("one", number(match["one"])), ("two", number(match["low"]))):
        yield Draft("l", days=days_of(match["unit"], units, units), at=name)


def _one_day(match: Match, line: Line) -> Draft:
    return Draft("i", days=(1, 1))


def _nothing(match: Match, line: Line) -> Draft:
    return Draft("n")


_DAY_NOUGHT = re.compile(r"\bDAY (?:0|N0)\b")
_LOW, _HIGH = r"(?P<low>{num}|A|ANOTHER)", r"(?P<high>{num})"
_AND_A_HALF = r"AND (?:A )?(?:HALF|1/2)"
LENGTHS: Table = {
    "MINUTE|HOUR|DAY|WEEK|FORTNIGHT|TENDAY|MONTH|YEAR": (
        # Ages, rates, sayings, and the length of a visit.
        (r"(?:RATE|THING|TIMES|\d+|_) A {unit}", _nothing),
        (r"{num} (?:HOUR|DAY|WEEK)S? (?:A|PER|EACH|EVERY) (?:DAY|WEEK|MONTH|YEAR)", _nothing),
        (r"N1 DAY(?= (?:I|WISH|WANT|DOUBT)(?!\S))|ANOTHER DAY", _nothing),
        (r"(?:{num}|A|HALF A)?(?: (?:-|TO|OR) {num})? MINUTES?(?! (?:AGO|BACK))", _nothing),
        (r"(?:A|N1) DAY", _one_day),
        (_LOW + r"(?: ISH| PLUS)?(?: FULL| OF)* {unit}(?: OF DAYS)?", _length),
        (r"(?P<unit>DAY|WEEK|FORTNIGHT|MONTH|YEAR)(?= AGO)", _length),
        (r"(?P<vague>(?P<unit>DAY|WEEK|MONTH|YEAR)S)(?: AND (?:DAY|WEEK|MONTH|YEAR)S)?(?= AGO)", _length),
        (r"{num} [a-z]\S* {unit} AGO", _nothing),
        (r"(?P<unit>DAY) (?P<low>{num})(?= (?:AFTER|SINCE|OF|FOLLOWING))", _length),
        (r"(?P<unit>DAY) (?P<low>{num})", _day_counted),
        (r"{the}(?P<unit>DAY)(?= (?:AFTER|BEFORE) (?:THE |MY )?X)", _length),
        (r"(?P<halved>)(?:A )?(?:HALF|1/2) (?:(?:OF )?A )?(?P<unit>DAY|WEEK|MONTH|YEAR|HOUR)", _length),
        (_LOW + r"(?:(?: ,)? (?:-|TO|OR|A|/)(?: DOUBT)?|(?: ,)? DOUBT| ,) " + _HIGH + " {unit}", _length),
        (r"(?P<low>\d{1,2})/(?P<high>\d{1,2}) {unit}", _length),
        (r"(?P<low>N\d+) (?P<high>N\d+) {unit}", _length),
        (r"(?:SOMEWHERE )?(?:BETWEEN|FROM|OF) " + _LOW + r" (?:AND|TO|A|-) " + _HIGH + " {unit}", _length),
        (_LOW + r" {unit} (?:OR|TO|DOUBT|OR DOUBT) (?P<high>N\d+|\d){no_unit}(?! _)", _length),
        (r"(?:" + _LOW + r" )?(?P<half>){unit} " + _AND_A_HALF, _length),
        (_LOW + r"(?P<half>) (?:" + _AND_A_HALF + "|1/2) {unit}", _length),
        (r"(?P<one>{num}) AND (?P<two>(?P<low>{num}) {unit})(?= (?:BEFORE|AFTER))", _twice),
        (_LOW + r" {unit}(?: ,)?(?: (?:AND|PLUS))? (?P<more>{num}|A) (?P<smaller>DAY|WEEK|MONTH)S?", _length),
        (r"(?:A )?(?P<vague>COUPLE|FEW|SEVERAL)(?: FULL)? {unit}", _length),
    )
}


# -- the words around a length -----------------------------------------------------------------------------


def _margin(days: int) -> int:
    return max(_LEAST_MARGIN, ceil(days / 4))


def _short(days: int) -> int:
    """What "almost" that long is at least."""
    return max(0, days - max(1, round(days / 5)))


_ROUNDINGS: Mapping[str, Callable[[int, int], Days]] = {
    "ABOUT": lambda least, most: (max(0, least - _margin(least)), most + _margin(most)),
    "LIKE": lambda least, most: (least, most),
    "NEARLY": lambda least, most: (_short(least), max(0, least - 1)),
    "OVER": lambda least, most: (most + 1, max(most + 1, ceil(most * 1.5))),
    "ATLEAST": lambda least, most: (least, max(most, ceil(most * 1.5))),
    "UNDER": lambda least, most: (min(1, least), max(0, least - 1)),
    "ATMOST": lambda least, most: (0, most),
    "BARELY": lambda least, most: (_short(least), most),
}
_MEANS = {
    "APPROX": "ABOUT", "ISH": "ABOUT", "ORMORE": "ATLEAST", "PLUS": "ATLEAST", "ORLESS": "ATMOST",
    "WITHIN": "ATMOST",
}  # fmt: skip


def _shortened(match: Match, line: Line) -> Draft:
    """Read ``a day short of a week``."""
    whole, less = (line.draft(match[name]).days or (0, 0) for name in ("whole", "less"))
    return Draft("l", days=(max(0, whole[0] - less[1]), max(0, whole[1] - less[0])))


def _lasting(match: Match, line: Line) -> Draft:
    """Read ``lasts three months``: how long an effect holds."""
    return Draft("n", at="it")


def rounded(length: Draft, how: str) -> Draft:
    """Widen or narrow a length by a code that says how; "about" makes it vague, not doubtful."""
    rounding = _MEANS.get(how, how)
    return replace(length, shape="l", days=_ROUNDINGS[rounding](*(length.days or (0, 0))), rough=rounding == "ABOUT")


def _around(match: Match, line: Line) -> Draft:
    return rounded(line.draft(match["it"]), match["how"])


ROUNDINGS: Table = {
    "@": (
        (r"(?:EVERY|PER|AGED) {length}|{length} (?:OLD|PER|CHECKUP)", _nothing),
        (
            r"(?:LASTS|(?:X|CAN|may|TO) LAST)(?: \S+)? (?P<it>{length})(?! (?:AGO|BACK))",
            _lasting,
        ),
        (r"(?P<how>ABOUT|APPROX|LIKE|NEARLY|OVER|UNDER|ATMOST|ATLEAST|BARELY|WITHIN) (?P<it>{length})", _around),
        (r"(?P<it>{length}) (?P<how>APPROX|ISH|ORMORE|PLUS|ORLESS|ATLEAST|ATMOST)(?! {num})", _around),
        (r"(?P<it>{length})(?: ,)? (?P<how>ISH) {length}", _around),
        (r"(?P<less>{length}) (?:SHORTOF|UNDER) (?P<whole>{length})", _shortened),
        (r"(?P<whole>{length}) MINUS (?P<less>{length})", _shortened),
    )
}
