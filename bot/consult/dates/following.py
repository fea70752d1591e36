"""Reads days that are counted from the date named before them: "the following Monday", "two Fridays later".

Such a date has a reading for every reading of the one before it, in the same order: whoever settles on one of
those has settled on this one too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.consult.dates import calendar
from bot.consult.dates.calendar import WEEK, one_day, shifted
from bot.consult.dates.grammar import Build, Draft, Line, Match, Table, number
from bot.consult.types import Period

Step = Callable[[date], Period]


def _stepping(step: Callable[[Match, date], Period]) -> Build:
    return lambda match, line: Draft("f", step=lambda day: step(match, day))


def _weekday(match: Match, line: Line) -> Draft:
    """Read ``the following Monday``; with no date before it, the coming one or the latest."""
    weekday = int(match["weekday"])
    alone = calendar.either_weekday(line.today, weekday)
    return Draft("f", alone, step=lambda day: one_day(calendar.weekday_after(day, weekday)))


def _weekdays(match: Match, day: date) -> Period:
    """Read ``two fridays later``."""
    first = calendar.weekday_after(day, int(match["weekday"]))
    return one_day(first + timedelta(WEEK * (int(number(match["num"])) - 1)))


def _weekday_of_week(match: Match, day: date) -> Period:
    """Read ``friday of the same week``."""
    return one_day(calendar.week_of(day).first + timedelta(int(match["weekday"])))


def _weekday_of_week_after(match: Match, day: date) -> Period:
    """Read ``wednesday of the week after``."""
    return one_day(calendar.week_of(day + timedelta(WEEK)).first + timedelta(int(match["weekday"])))


def _day(match: Match, day: date) -> Period:
    return shifted(one_day(day), 1)


def _week(match: Match, day: date) -> Period:
    return calendar.week_of(day + timedelta(WEEK))


def _rest_of_week(match: Match, day: date) -> Period:
    return Period(day, calendar.week_of(day).last)


def _weekend(match: Match, day: date) -> Period:
    """The weekend behind a day; a day of a weekend has the next one behind it."""
    weekend = calendar.weekend_of(day)
    return weekend if weekend.first > day else calendar.weekend_of(day + timedelta(WEEK))


def _same_day_later(match: Match, line: Line) -> Draft:
    """Read ``the same day a week later``."""
    days = line.draft(match["it"]).days or (0, 0)
    return Draft("f", step=lambda day: shifted(one_day(day), *days))


_NO_DAY = r"(?! (?:\S+ )?(?:O?\d|M\d|W\d|=|LAST|NEXT|MY|THE))"
_AFTER_IT = rf"(?:(?:FN |RIGHT )?AFTER(?: THAT| IT)?|FOLLOWING){_NO_DAY}"
_WEEK_AFTER = r"{the}(?:FOLLOWING WEEK|WEEK (?:AFTER(?: THAT)?|FOLLOWING))"
FOLLOWING: Table = {
    "FOLLOWING|AFTER|LATER|NEXT|SAME|THAT": (
        (r"(?:THE |LE |THAT )?FOLLOWING {weekday}", _weekday),
        (rf"(?:THE |LE |THAT )?{{weekday}} {_AFTER_IT}", _weekday),
        (r"(?P<num>{num}) W(?P<weekday>\d)S (?:LATER|AFTER(?: THAT)?)", _stepping(_weekdays)),
        (rf"{{the}}{{weekday}} (?:(?:OF|ON|IN) )?{_WEEK_AFTER}", _stepping(_weekday_of_week_after)),
        (r"{weekday} (?:(?:OF|ON|IN) )?(?:THAT|SAME) WEEK", _stepping(_weekday_of_week)),
        (rf"(?:THE |LE )?(?:(?:FOLLOWING|NEXT) (?:DAY|DAYPART)|DAYLATER)|(?:THE|LE) DAY {_AFTER_IT}", _stepping(_day)),
        (rf"THE (?:FOLLOWING WEEK|WEEK {_AFTER_IT})", _stepping(_week)),
        (r"(?:SAME|LATERTHAT) WEEK", _stepping(_rest_of_week)),
        (rf"(?:THE|LE) (?:FOLLOWING WEEKEND|WEEKEND {_AFTER_IT})", _stepping(_weekend)),
        (r"(?:SAME|THAT) WEEKEND", _stepping(lambda match, day: calendar.weekend_of(day))),
    )
}
SAME_DAY: Table = {"SAME": ((r"SAME DAY(?: ,)? (?P<it>{length}) (?:LATER|AFTER)", _same_day_later),)}


def counted(found: Sequence[Draft]) -> list[Draft | None]:
    """Count each such day from the point before it; without one only a weekday can be told, of an earlier turn.

    Args:
        found: What was found, in the order of the message.

    Returns:
        The same with their readings; nothing where a day cannot be told.
    """
    done: list[Draft | None] = []
    for each in found:
        before = next((one for one in reversed(done) if one and one.days is None), None)
        done.append(_counted(each, before) if each.step else each)
    return done


def _counted(each: Draft, before: Draft | None) -> Draft | None:
    step = each.step
    if before is None or step is None:
        return each if each.readings else None
    if not before.readings:
        return None
    moved = tuple(Period(step(period.first).first, step(period.last).last) for period in before.readings)
    return replace(each, readings=moved)
