"""When the clinic is open, in words and at a moment, so that nobody is promised an answer at night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby

from babel.dates import format_date, format_datetime, format_time, get_day_names

from bot import languages
from bot.clinic import WEEKDAYS, Clinic, Stretch

DAYS_AHEAD = 60
"""How far to look for the next opening: beyond that the clinic is as good as closed."""


def is_open(clinic: Clinic, at: datetime) -> bool:
    """Whether the clinic is open at a moment."""
    return closing(clinic, at) is not None


def closing(clinic: Clinic, at: datetime) -> datetime | None:
    """When the clinic, open at this moment, closes; None when it is closed."""
    local = at.astimezone(clinic.zone)
    for stretch in clinic.stretches(local.date()):
        if stretch.opens <= local.time() < stretch.closes:
            return _moment(clinic, local.date(), stretch.closes)
    return None


def next_opening(clinic: Clinic, at: datetime) -> datetime | None:
    """The first opening after a moment, or None where there is none in sight."""
    local = at.astimezone(clinic.zone)
    return next((opens for opens in _openings(clinic, local.date()) if opens > local), None)


def next_opening_after(clinic: Clinic, day: date) -> datetime | None:
    """The first opening after a whole day."""
    return next_opening(clinic, _moment(clinic, day, time.max))


def closures(clinic: Clinic, first: date) -> list[date]:
    """The days ahead on which the clinic is closed although it is open on that day of the week."""
    days = (first + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1))
    return [day for day in days if clinic.hours[WEEKDAYS[day.weekday()]] and not clinic.stretches(day)]


def moment_in_words(moment: datetime, language: str) -> str:
    """A weekday, a date and a time, such as "Tuesday, November 24, 10:00 a.m."."""
    of = languages.of(language)
    return _plain_spaces(format_datetime(moment, of.moment, locale=of.locale))


def recent_in_words(moment: datetime, now: datetime, language: str) -> str:
    """A moment in the past, on its day by the clock alone: "at 2:05 p.m.", "on Sunday, November 22, 2:05 p.m."."""
    if moment.date() == now.date():
        return f"{languages.of(language).word('at')} {time_in_words(moment.time(), language)}"
    return f"{languages.of(language).word('on_day')} {moment_in_words(moment, language)}"


def day_in_words(day: date, language: str) -> str:
    """A weekday and a date, such as "Saturday, November 28"."""
    of = languages.of(language)
    return format_date(day, of.long_day, locale=of.locale)


def hours_in_words(clinic: Clinic, language: str, between: str = "; ") -> str:
    """The week's hours, days in a row with the same hours together, days off as such."""
    week = [(place, clinic.hours[day]) for place, day in enumerate(WEEKDAYS)]
    rows = (
        (_days_in_words([place for place, _ in days], language), stretches_in_words(hours, language))
        for hours, days in ((h, list(d)) for h, d in groupby(week, key=lambda pair: pair[1]))
    )
    return between.join(f"{days} {hours}" for days, hours in rows)


def stretches_in_words(stretches: tuple[Stretch, ...], language: str) -> str:
    """A day's hours, or that it is a day off."""
    if not stretches:
        return languages.of(language).word("closed")
    return ", ".join("–".join(time_in_words(moment, language) for moment in stretch) for stretch in stretches)


def time_in_words(moment: time, language: str) -> str:
    """A time of day, such as "10:00 a.m."."""
    of = languages.of(language)
    return _plain_spaces(format_time(moment, of.clock, locale=of.locale))


def _openings(clinic: Clinic, first: date) -> Iterator[datetime]:
    for ahead in range(DAYS_AHEAD + 1):
        day = first + timedelta(days=ahead)
        yield from (_moment(clinic, day, stretch.opens) for stretch in clinic.stretches(day))


def _moment(clinic: Clinic, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=clinic.zone)


def _days_in_words(places: list[int], language: str) -> str:
    of = languages.of(language)
    names = get_day_names("wide", locale=of.locale)
    first, last = str(names[places[0]]), str(names[places[-1]])
    if len(places) == 1:
        return first
    return of.joined([first, last], "and" if len(places) == 2 else "to")


def _plain_spaces(text: str) -> str:
    # Babel sets narrow and non-breaking spaces, which an SMS alphabet lacks.
    return " ".join(text.split())
