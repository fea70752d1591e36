"""Reads days that have a name: "Christmas", "Family Day", "la veille de Noël", "may long weekend".

Statutory days come from the ``holidays`` package (Canada, Alberta), Easter from ``dateutil``; the others are
a fixed date or the nth weekday of a month. Bare names have two readings, the last and the next occurrence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from dateutil.easter import easter

from bot.consult.dates import calendar
from bot.consult.dates.absolute import said_year
from bot.consult.dates.grammar import Rule, draft, nearest_first, one_day, rule
from bot.consult.types import Period, TimeExpression

Match = re.Match[str]
InYear = Callable[[int], Period | None]
Canonicalise = Callable[[str], str]

_MONDAY, _THURSDAY, _FRIDAY, _SUNDAY = 0, 3, 4, 6


def _fixed(month: int, day: int) -> InYear:
    return lambda year: one_day(date(year, month, day))


def _nth(nth: int, weekday: int, month: int, later: int = 0) -> InYear:
    def in_year(year: int) -> Period:
        return one_day(calendar.nth_weekday(year, month, weekday, nth).first + timedelta(later))

    return in_year


def _from_easter(days: int) -> InYear:
    return lambda year: one_day(easter(year) + timedelta(days))


@lru_cache(maxsize=64)
def _statutory_days(year: int) -> Mapping[str, date]:
    found = holidays.country_holidays(
        "CA", subdiv="AB", years=year, observed=False, language="en_CA", categories=("public", "optional")
    )
    return {name: day for day, name in found.items()}


def _statutory(name: str) -> InYear:
    def in_year(year: int) -> Period | None:
        day = _statutory_days(year).get(name)
        return one_day(day) if day else None

    return in_year


def _festive(year: int) -> Period:
    return Period(date(year, 12, 24), date(year + 1, 1, 1))


def _long_weekend(of: InYear) -> InYear:
    """Return the weekend that a holiday makes long, from the Friday or Saturday to the holiday or Sunday."""

    def in_year(year: int) -> Period | None:
        if not (holiday := of(year)):
            return None
        day = holiday.first
        saturday = calendar.weekend_of(day - timedelta(1)).first
        return Period(min(saturday, day), max(saturday + timedelta(1), day))

    return in_year


@dataclass(frozen=True)
class NamedDay:
    """A day, how to find it in a year, and what people call it."""

    in_year: InYear
    names: tuple[str, ...]


def _named(in_year: InYear, *names: str) -> NamedDay:
    return NamedDay(in_year, names)


@lru_cache(maxsize=1)
def named_days() -> tuple[NamedDay, ...]:
    """List every day that the reader knows by name."""
    victoria, family = _statutory("Victoria Day"), _statutory("Family Day")
    labour, thanks = _statutory("Labour Day"), _statutory("Thanksgiving Day")
    heritage = _statutory("Heritage Day")
    return (
        _named(_fixed(12, 25), "christmas day", "christmas", "xmas day", "xmas", "x-mas", "noel"),
        _named(_fixed(12, 24), "christmas eve", "xmas eve", "veille de noel", "reveillon de noel"),
        _named(_statutory("Boxing Day"), "boxing day", "lendemain de noel"),
        _named(_fixed(12, 31), "new year's eve", "new years eve", "new year eve", "nye",
               "veille du jour de l'an",
               "saint-sylvestre"),
        _named(_fixed(1, 1), "new year's day", "new years day", "new year's", "new years", "the new year",
               "new year", "jour de l'an", "nouvel an"),
        _named(_fixed(10, 31), "halloween", "hallowe'en"),
        _named(_fixed(2, 2 * 7), "valentine's day", "valentines day", "valentine's", "valentines", "vday",
               "saint-valentin", "st-valentin"),
        _named(_fixed(3, 17), "st patrick's day", "st patricks day", "st. patrick's day", "st paddy's day",
               "st paddys day", "st patty's day", "saint patrick's day", "saint-patrick", "st pattys day"),
        _named(_from_easter(0), "easter sunday", "easter", "paques", "dimanche de paques"),
        _named(_statutory("Easter Monday"), "easter monday", "lundi de paques"),
        _named(_statutory("Good Friday"), "good friday", "vendredi saint"),
        _named(victoria, "victoria day", "journee des patriotes", "fete de la reine"),
        _named(_long_weekend(victoria), "may long weekend", "may long", "may 24 weekend"),
        _named(_statutory("Canada Day"), "canada day", "fete du canada"),
        _named(labour, "labour day", "labor day", "fete du travail"),
        _named(_long_weekend(labour), "september long weekend", "september long"),
        _named(heritage, "heritage day", "civic holiday"),
        _named(_long_weekend(heritage), "august long weekend", "august long"),
        _named(thanks, "canadian thanksgiving", "thanksgiving day", "thanksgiving", "action de grace",
               "action de graces"),
        _named(_long_weekend(thanks), "october long weekend", "october long"),
        _named(family, "family day", "jour de la famille"),
        _named(_long_weekend(family), "february long weekend", "february long"),
        _named(_statutory("Remembrance Day"), "remembrance day", "jour du souvenir"),
        _named(_fixed(9, 30), "truth and reconciliation day", "national day for truth and reconciliation",
               "orange shirt day"),
        _named(_nth(2, _SUNDAY, 5), "mother's day", "mothers day", "fete des meres"),
        _named(_nth(3, _SUNDAY, 6), "father's day", "fathers day", "fete des peres"),
        _named(_fixed(6, 24), "saint-jean-baptiste", "saint-jean", "st-jean"),
        _named(_nth(4, _THURSDAY, 11), "american thanksgiving", "us thanksgiving", "u.s. thanksgiving"),
        _named(_nth(4, _THURSDAY, 11, later=1), "black friday"),
        _named(_nth(4, _THURSDAY, 11, later=4), "cyber monday"),
        _named(_fixed(4, 1), "april fools day", "april fool's day", "april fools"),
        _named(_festive, "the holidays", "the holiday season", "xmas break", "christmas break", "les fetes",
               "temps des fetes"),
    )  # fmt: skip


_YEARS_AROUND = 2


class NamedDayReader:
    """Builds the rules for the named days, written in the vocabulary's canonical text."""

    def __init__(self, canonicalise: Canonicalise) -> None:
        self._days = {canonicalise(name): day.in_year for day in named_days() for name in day.names}
        longest_first = sorted(self._days, key=len, reverse=True)
        names = "|".join(map(re.escape, longest_first))
        self.rules: tuple[Rule, ...] = (
            rule(
                r"(?:(?P<which>last|this past|this coming|this|next|past|upcoming) )?"
                rf"(?P<name>{names})(?P<weekend> (?:long )?WEEKEND)?(?: (?P<after>dernier|passe"
                rf"|prochain))?{{year}}",
                self._build,
            ),
        )

    def _build(self, match: Match, today: date) -> Iterable[TimeExpression]:
        in_year = self._days[match["name"]]
        if match["weekend"]:
            in_year = _long_weekend(in_year)
        year = said_year(match, today)
        if year is None:
            past, now, coming = calendar.around_today(in_year, today, _YEARS_AROUND)
            found = _chosen(match, past, now, coming, today)
        else:
            found = draft(match.span(), tuple(calendar.known(in_year(year))))
        if found.readings:
            yield found


def _chosen(
    match: Match, past: Period | None, now: Period | None, coming: Period | None, today: date
) -> TimeExpression:
    said = match["which"] or match["after"] or ""
    if said in ("last", "this past", "past", "dernier", "passe"):
        return draft(match.span(), tuple(calendar.known(past)), tense="past")
    if said in ("next", "this coming", "upcoming", "prochain"):
        return draft(match.span(), tuple(calendar.known(coming)), tense="future")
    both = (now,) if now else nearest_first(calendar.known(past, coming), today)
    return draft(match.span(), both[:1], both[1:]) if said == "this" else draft(match.span(), both)
