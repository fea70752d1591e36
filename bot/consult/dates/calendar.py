"""Calendar arithmetic for the date readers: days that recur every year, month or week, nearest to today."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from bot.consult.dates.grammar import Readings
from bot.consult.types import Period

WEEK = 7
MONTHS_A_YEAR = 12
_SATURDAY, _SUNDAY = 5, 6
_YEARS_TO_A_LEAP_YEAR = 8
Yearly = Callable[[int], Period | None]


def one_day(day: date) -> Period:
    """Return the period of a single day."""
    return Period(day, day)


def distance(period: Period, today: date) -> int:
    """Count the days between today and a period's nearer end; none inside it."""
    return max((period.first - today).days, (today - period.last).days, 0)


def nearest_first(periods: Iterable[Period], today: date) -> Readings:
    """Sort without repetitions; of two equally near, the coming one goes first."""
    return tuple(sorted(set(periods), key=lambda each: (distance(each, today), each.last < today, each.first)))


def shifted(period: Period, least: int, most: int | None = None) -> Period:
    """Move a period by a number of days, or by an uncertain one."""
    return Period(_moved(period.first, least), _moved(period.last, least if most is None else most))


def _moved(day: date, days: int) -> date:
    """Move a day, no further than the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return a day of the calendar, or nothing where it has no such day."""
    try:
        return one_day(date(year, month, day))
    except ValueError:
        return None


def month_of(year: int, month: int) -> Period:
    """Return a whole month; months beyond December run on into the next year."""
    years, month = divmod(month - 1, MONTHS_A_YEAR)
    year, month = year + years, month + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def week_of(day: date) -> Period:
    """Return the Monday to Sunday around a day."""
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(WEEK - 1))


def weekend_of(day: date) -> Period:
    """Return the Saturday and Sunday of the week around a day."""
    week = week_of(day)
    return Period(week.last - timedelta(1), week.last)


def unit_away(unit: str, step: int, today: date) -> Period:
    """Return the calendar's week, weekend, month or year a number of steps from today's."""
    if unit == "MONTH":
        return month_of(today.year, today.month + step)
    if unit == "YEAR":
        return Period(date(today.year + step, 1, 1), date(today.year + step, 12, 31))
    day = today + timedelta(WEEK * step)
    return week_of(day) if unit == "WEEK" else weekend_of(day)


def around_today(yearly: Yearly, today: date) -> tuple[Period | None, Period | None, Period | None]:
    """Return the last past, the present and the next occurrence of something that recurs every year.

    Args:
        yearly: What happens in a given year, if anything does.
        today: The day to look around.
    """
    near = [yearly(today.year + step) for step in (-1, 0, 1)]
    reach = 1 if all(near) else _YEARS_TO_A_LEAP_YEAR
    found = known(*map(yearly, range(today.year - reach, today.year + reach + 1)))
    past = next((period for period in reversed(found) if period.last < today), None)
    present = next((period for period in found if distance(period, today) == 0), None)
    coming = next((period for period in found if period.first > today), None)
    return past, present, coming


def nearest(yearly: Yearly, today: date) -> tuple[Readings, Readings]:
    """Split what recurs every year into its nearest occurrence and the one on the other side of today."""
    past, present, coming = around_today(yearly, today)
    if present:
        return (present,), ()
    both = nearest_first(known(past, coming), today)
    return both[:1], both[1:]


def known(*periods: Period | None) -> Readings:
    """Drop what does not exist."""
    return tuple(period for period in periods if period)


def monthly(day: int, today: date) -> tuple[Readings, Readings]:
    """Return the last and the next time that a day of the month comes round; where it is today, those only else."""
    months = (unit_away("MONTH", step, today).first for step in range(-3, 4))
    found = known(*(day_of(month.year, month.month, day) for month in months))
    past = [period for period in found if period.last < today]
    coming = [period for period in found if period.first > today]
    around = nearest_first([*past[-1:], *coming[:1]], today)
    return ((one_day(today),), around) if one_day(today) in found else (around, ())


def weekday_before(today: date, weekday: int) -> date:
    """Return the latest such weekday before today."""
    return today - timedelta((today.weekday() - weekday - 1) % WEEK + 1)


def weekday_after(today: date, weekday: int) -> date:
    """Return the first such weekday after today."""
    return today + timedelta((weekday - today.weekday() - 1) % WEEK + 1)


def either_weekday(today: date, weekday: int) -> Readings:
    """Return the coming and the latest such weekday, the nearer first."""
    return nearest_first(map(one_day, (weekday_after(today, weekday), weekday_before(today, weekday))), today)


def last_weekday(today: date, weekday: int) -> Readings:
    """Return what ``last Tuesday`` may mean: the latest one, and the one before where that was this week."""
    latest = weekday_before(today, weekday)
    same_week = today.weekday() != _SUNDAY and latest >= week_of(today).first
    either = same_week or latest == today - timedelta(1)
    return tuple(map(one_day, [latest, latest - timedelta(WEEK)] if either else [latest]))


def next_weekday(today: date, weekday: int) -> Readings:
    """Return what ``next Tuesday`` may mean: the coming one, and the one of next week, from Monday or from Sunday."""
    by_monday = week_of(today).first + timedelta(WEEK + weekday)
    by_sunday = week_of(today + timedelta(1)).first + timedelta(WEEK - 1 + (weekday + 1) % WEEK)
    return nearest_first(map(one_day, (weekday_after(today, weekday), by_monday, by_sunday)), today)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> Period:
    """Return the nth such weekday of a month; -1 is the last."""
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).weekday() == weekday]
    return one_day(date(year, month, days[min(nth - 1, len(days) - 1) if nth > 0 else nth]))


def nth_week(month: Period, nth: int) -> Period:
    """Return the nth seven days of a month; -1 are the last."""
    first = month.last - timedelta(WEEK - 1) if nth < 0 else month.first + timedelta(WEEK * (nth - 1))
    return Period(first, first + timedelta(WEEK - 1))


def nth_weekend(month: Period, nth: int) -> Period:
    """Return the nth weekend that has its Saturday in a month; -1 is the last."""
    saturday = nth_weekday(month.first.year, month.first.month, _SATURDAY, nth).first
    return Period(saturday, saturday + timedelta(1))


def long_weekend(holiday: Period) -> Period:
    """Return the weekend that a holiday makes long, from the Friday or Saturday to the holiday or Sunday."""
    day = holiday.first
    saturday = weekend_of(day - timedelta(1)).first
    return Period(min(saturday, day), max(saturday + timedelta(1), day))


def on_weekday(periods: Iterable[Period], weekday: int) -> Readings:
    """Keep the days that fall on a weekday."""
    return tuple(period for period in periods if period.is_day and period.first.weekday() == weekday)
