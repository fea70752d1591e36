"""Reads days that have a name: "Christmas", "Family Day", "la veille de Noël", "may long weekend".

Statutory days come from the ``holidays`` package (Canada, Alberta), Easter from ``dateutil``; the others are
a fixed date or the nth weekday of a month. Bare names have two readings, the last and the next occurrence.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import holidays
from dateutil.easter import easter

from bot.consult.dates import calendar
from bot.consult.dates.absolute import STEPS, said_year, tense_of
from bot.consult.dates.calendar import Yearly, long_weekend, nearest_first, one_day, shifted
from bot.consult.dates.grammar import Draft, Line, Match, Table
from bot.consult.types import Period
from bot.yaml_lines import plain_yaml


def named_days(path: Path) -> Mapping[str, Yearly]:
    """Read how each day that has a name is found in a year."""
    found: dict[str, Yearly] = {}
    for name, definition in plain_yaml(path).items():
        found[name] = _yearly(definition, found)
    return found


def _yearly(how: Mapping[str, Any], known: Mapping[str, Yearly]) -> Yearly:
    if "fixed" in how:
        return lambda year: _fixed(year, how["fixed"], how.get("until"))
    if "nth" in how:
        nth, weekday, month, later = how["nth"]
        return lambda year: shifted(calendar.nth_weekday(year, month, weekday, nth), later)
    if "easter" in how:
        return lambda year: shifted(one_day(easter(year)), how["easter"])
    if "statutory" in how:
        return lambda year: _statutory_days(year).get(how["statutory"])
    holiday = known[how["long_weekend"]]
    return lambda year: long_weekend(day) if (day := holiday(year)) else None


def _fixed(year: int, first: tuple[int, int], last: tuple[int, int] | None) -> Period:
    start = date(year, *first)
    end = start if last is None else date(year + (tuple(last) < tuple(first)), *last)
    return Period(start, end)


@lru_cache(maxsize=64)
def _statutory_days(year: int) -> Mapping[str, Period]:
    found = holidays.country_holidays(
        "CA", subdiv="AB", years=year, observed=False, language="en_CA", categories=("public", "optional")
    )
    return {name: one_day(day) for day, name in found.items()}


def named_table(days: Mapping[str, Yearly]) -> Table:
    """Build the rule for the named days."""

    def named(match: Match, line: Line) -> Draft | None:
        yearly = days[match["name"]]
        if match["weekend"]:
            plain = yearly
            yearly = lambda year: long_weekend(day) if (day := plain(year)) else None  # noqa: E731
        year = said_year(match, line.today)
        if year is not None:
            return _if_any(Draft("d", calendar.known(yearly(year))))
        return _if_any(_chosen(match["which"] or match["after"] or "", yearly, line.today))

    pattern = (
        r"(?:(?P<which>LAST|PAST|NEXT|COMING|THIS) )?=(?P<name>\w+)(?P<weekend> (?:FULL )?WEEKEND)?"
        r"(?: (?P<after>GONE|UPNEXT))?{year}"
    )
    return {"=": ((pattern, named),)}


def _chosen(said: str, yearly: Yearly, today: date) -> Draft:
    past, now, coming = calendar.around_today(yearly, today)
    if step := STEPS.get(said, 0):
        return Draft("d", calendar.known(past if step < 0 else coming), tense=tense_of(step))
    both = (now,) if now else nearest_first(calendar.known(past, coming), today)
    return Draft("d", both[:1], both[1:]) if said == "THIS" else Draft("d", both)


def _if_any(found: Draft) -> Draft | None:
    return found if found.readings else None
