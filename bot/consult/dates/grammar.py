"""What every part of the date grammar shares: patterns over the canonical text, rules and drafts.

A draft is a ``TimeExpression`` whose span still counts in the canonical text and whose text is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from bot.consult.types import Period, Tense, TimeExpression

Build = Callable[["re.Match[str]", date], Iterable[TimeExpression]]
Readings = tuple[Period, ...]

MACROS = {
    "{month}": r"M(?P<month>\d\d)",
    "{day}": r"O?(?P<day>\d{1,2})",
    "{year}": r"(?:,? (?:(?:of|de|in|en) )?(?P<year>(?:19|20)\d\d|'\d\d)"
    r"|,? (?:of )?(?P<near>last|this|next) YEAR)?",
    "{weekday}": r"W(?P<weekday>\d)",
    "{unit}": r"(?P<unit>MINUTE|HOUR|DAY|WEEK|FORTNIGHT|FIFTEENDAY|TENDAY|MONTH|YEAR)s?",
    "{num}": r"(?:\d{1,3}(?:[.,]\d)?|N\d+)",
    "{one}": r"(?:a|an|un|une|another|1|N1)",
    "{last}": r"(?:this past|this last|the past|past|last|previous|prev)",
    "{next}": r"(?:this coming|this upcoming|coming|upcoming|next|nxt)",
    "{this}": r"(?:this|ce|cet|cette)",
    "{passed}": r"(?:dernier|derniere|passe|passee|past|gone)",
    "{coming}": r"(?:prochain|prochaine|coming|upcoming|qui vient)",
    "{part}": r"(?: (?:in the )?(?:morning|afternoon|evening|night|nite|matin|soir|midi|apres[- ]midi)\b)?",
    "{and}": r"(?: ?(?:and|&|or|,|et|ou|n|\+)(?: maybe| perhaps| peut[- ]etre)? )",
    "{to}": r"(?: ?- ?| to | til | till | until | thru | through | au | a )",
    "{no_unit}": r"(?! ?(?:MINUTE|HOUR|DAY|WEEK|FORTNIGHT|MONTH|YEAR)s?\b| ish [A-Z])(?![/:]\d|\.\d|,\d|-\d)",
}


@dataclass(frozen=True)
class Rule:
    """A pattern over the canonical text and what to make of its matches."""

    pattern: re.Pattern[str]
    build: Build

    def apply(self, text: str, today: date) -> Iterable[TimeExpression]:
        """Draft the expressions of every match."""
        for match in self.pattern.finditer(text):
            yield from self.build(match, today)


def expanded(pattern: str) -> str:
    """Write out the macros of a pattern."""
    return _replaced(pattern, MACROS)


def _replaced(pattern: str, words: Mapping[str, str]) -> str:
    for name, text in words.items():
        pattern = pattern.replace(name, text)
    return pattern


def rule(pattern: str, build: Build) -> Rule:
    """Compile a rule; its pattern matches whole words only."""
    return Rule(re.compile(rf"(?<!\w)(?:{expanded(pattern)})(?!\w)"), build)


def compiled(table: Iterable[tuple[str, Build]], words: Mapping[str, str] = MappingProxyType({})) -> tuple[Rule, ...]:
    """Compile a table of patterns, with a module's own macros."""
    return tuple(rule(_replaced(pattern, words), build) for pattern, build in table)


def number(text: str) -> float:
    """Return the value of a figure, a number word's code or an article."""
    if text[:1] == "N" or text[:1].isdigit():
        return float(text.lstrip("N").replace(",", "."))
    return 1.0


def draft(
    span: tuple[int, int],
    readings: Readings,
    alternatives: Readings = (),
    tense: Tense | None = None,
    doubtful: bool = False,
) -> TimeExpression:
    """Draft a point; it is vague as soon as one reading is longer than a day."""
    vague = any(not period.is_day for period in readings)
    return TimeExpression(
        "point",
        "",
        *span,
        readings=readings,
        alternatives=alternatives,
        tense=tense,
        doubtful=doubtful,
        vague=vague,
    )


def impossible(span: tuple[int, int]) -> TimeExpression:
    """Draft a date that no calendar has."""
    return TimeExpression("point", "", *span, impossible=True)


def one_day(day: date) -> Period:
    """Return the period of a single day."""
    return Period(day, day)


def distance(period: Period, today: date) -> int:
    """Count the days between today and a period's nearer end; none inside it."""
    return max((period.first - today).days, (today - period.last).days, 0)


def nearest_first(periods: Iterable[Period], today: date) -> Readings:
    """Sort without repetitions; of two equally near, the coming one goes first."""
    return tuple(sorted(set(periods), key=lambda each: (distance(each, today), each.last < today, each.first)))


def shifted(period: Period, least: int, most: int) -> Period:
    """Move a period by an uncertain number of days."""
    return Period(period.first + timedelta(least), period.last + timedelta(most))
