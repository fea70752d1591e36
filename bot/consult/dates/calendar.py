"""Calendar arithmetic for the date readers: days that recur every year, month or week, nearest to today."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.consult.dates.grammar import Readings, distance, nearest_first, one_day
from bot.consult.types import Period

WEEK = 7
_YEARS_TO_A_LEAP_YEAR = 8
Yearly = Callable[[int], Period | None]


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return a day of the calendar, or nothing where it has no such day."""
    try:
        return one_day(date(year, month, day))
    except ValueError:
        return None


def month_of(year: int, month: int) -> Period:
    """Return a whole month; months beyond December run on into the next year."""
    first = date(year, 1, 1) + relativedelta(months=month - 1)
    return Period(first, first + relativedelta(months=1, days=-1))


def year_of(year: int) -> Period:
    """Return a whole year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def week_of(day: date) -> Period:
    """Return the Monday to Sunday around a day."""
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(WEEK - 1))


def weekend_of(day: date) -> Period:
    """Return the Saturday and Sunday of the week around a day."""
    week = week_of(day)
    return Period(week.last - timedelta(1), week.last)


def around_today(
    yearly: Yearly, today: date, reach: int = _YEARS_TO_A_LEAP_YEAR
) -> tuple[Period | None, Period | None, Period | None]:
    """Return the last past, the present and the next occurrence of something that recurs every year.

    Args:
        yearly: What happens in a given year, if anything does.
        today: The day to look around.
        reach: How many years to look at on either side.
    """
    years = range(today.year - reach, today.year + reach + 1)
    found = [period for period in map(yearly, years) if period]
    past = [period for period in found if period.last < today]
    coming = [period for period in found if period.first > today]
    present = next((period for period in found if distance(period, today) == 0), None)
    return (past[-1] if past else None, present, coming[0] if coming else None)


def nearest(yearly: Yearly, today: date) -> tuple[Readings, Readings]:
    """Split what recurs every year into its nearest occurrence and the one on the other side of today."""
    past, present, coming = around_today(yearly, today)
    if present:
        return (present,), ()
    both = nearest_first(known(past, coming), today)
    return both[:1], both[1:]


def known(*periods: Period | None) -> list[Period]:
    """Drop what does not exist."""
    return [period for period in periods if period]


def monthly(day: int, today: date) -> Readings:
    """Return the last and the next time that a day of the month comes round, or today."""
    months = [today.replace(day=1) + relativedelta(months=step) for step in range(-3, 4)]
    found = known(*(day_of(month.year, month.month, day) for month in months))
    past = [period for period in found if period.last < today]
    coming = [period for period in found if period.first > today]
    if len(found) > len(past) + len(coming):
        return (one_day(today),)
    return nearest_first([*past[-1:], *coming[:1]], today)


def weekday_before(today: date, weekday: int) -> date:
    """Return the latest such weekday before today."""
    return today - timedelta((today.weekday() - weekday - 1) % WEEK + 1)


def weekday_after(today: date, weekday: int) -> date:
    """Return the first such weekday after today."""
    return today + timedelta((weekday - today.weekday() - 1) % WEEK + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> Period:
    """Return the nth such weekday of a month; -1 is the last."""
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).weekday() == weekday]
    return one_day(date(year, month, days[min(nth - 1, len(days) - 1) if nth > 0 else nth]))


def on_weekday(periods: Iterable[Period], weekday: int) -> Readings:
    """Keep the days that fall on a weekday."""
    return tuple(period for period in periods if period.is_day and period.first.weekday() == weekday)
