"""Reads days that are counted from the date named before them: "the following Monday", "two Fridays later".

Such a date has a reading for every reading of the one before it, in the same order: whoever settles on one of
those has settled on this one too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.consult.dates import calendar
from bot.consult.dates.calendar import WEEK
from bot.consult.dates.grammar import Rule, draft, expanded, nearest_first, number, one_day, rule
from bot.consult.types import Period, TimeExpression

Match = re.Match[str]
Step = Callable[[Match, date], Period]

_NO_DAY = r"(?! (?:\w+ )?(?:O?\d|M\d|W\d|next|my|your|his|her|the|last|christmas))"
_AFTER_IT = rf"(?:(?:right |just |straight )?after(?: that| it)?|following){_NO_DAY}"


def _weekday(match: Match, day: date) -> Period:
    return one_day(calendar.weekday_after(day, int(match["weekday"])))


def _weekdays(match: Match, day: date) -> Period:
    """Read ``two fridays later``."""
    first = calendar.weekday_after(day, int(match["weekday"]))
    return one_day(first + timedelta(WEEK * (int(number(match["num"])) - 1)))


def _weekday_of_week_after(match: Match, day: date) -> Period:
    """Read ``wednesday of the week after``."""
    return one_day(calendar.week_of(day + timedelta(WEEK)).first + timedelta(int(match["weekday"])))


def _days(count: int) -> Step:
    return lambda match, day: one_day(day + timedelta(count))


def _week_after(match: Match, day: date) -> Period:
    return calendar.week_of(day + timedelta(WEEK))


def _rest_of_week(match: Match, day: date) -> Period:
    return Period(day, calendar.week_of(day).last)


def _weekend_after(match: Match, day: date) -> Period:
    """The weekend behind a day; a day of a weekend has the next one behind it."""
    weekend = calendar.weekend_of(day)
    return weekend if weekend.first > day else calendar.weekend_of(day + timedelta(WEEK))


def _same_weekend(match: Match, day: date) -> Period:
    return calendar.weekend_of(day)


def _month_after(match: Match, day: date) -> Period:
    return calendar.month_of(day.year, day.month + 1)


_TABLE: Sequence[tuple[str, Step]] = (
    (r"(?:the |that )?(?:very )?following {weekday}", _weekday),
    (rf"(?:the )?{{weekday}} {_AFTER_IT}", _weekday),
    (r"(?:le )?{weekday} (?:suivant|d'apres)", _weekday),
    (r"(?P<num>{num}) {weekday}s (?:later|after(?: that)?)", _weekdays),
    (
        r"(?:the )?{weekday} (?:(?:of|on|in) )?the (?:following WEEK|WEEK (?:after(?: that)?|following))",
        _weekday_of_week_after,
    ),
    (r"(?:le )?{weekday} de la WEEK (?:suivante|d'apres)", _weekday_of_week_after),
    (r"the (?:very )?(?:following|next) (?:DAY|morning|afternoon|evening)|le lendemain", _days(1)),
    (rf"the DAY {_AFTER_IT}", _days(1)),
    (r"le surlendemain", _days(2)),
    (rf"the (?:following WEEK|WEEK {_AFTER_IT})|la WEEK (?:suivante|d'apres)", _week_after),
    (r"that same WEEK|later that WEEK|la meme WEEK", _rest_of_week),
    (rf"the (?:following WEEKEND|WEEKEND {_AFTER_IT})|le WEEKEND (?:suivant|d'apres)", _weekend_after),
    (r"that (?:same )?WEEKEND", _same_weekend),
    (rf"the (?:following MONTH|MONTH {_AFTER_IT})|le MONTH (?:suivant|d'apres)", _month_after),
)
_STEPS = tuple((re.compile(expanded(pattern)), step) for pattern, step in _TABLE)


def rules() -> tuple[Rule, ...]:
    """Compile the rules of this module: they only mark the place, ``counted`` fills the readings in."""
    return tuple(rule(pattern, _marked) for pattern, _ in _TABLE)


def _marked(match: Match, today: date) -> Iterable[TimeExpression]:
    yield replace(draft(match.span(), ()), follows=True)


def counted(text: str, found: Sequence[TimeExpression], today: date) -> list[TimeExpression]:
    """Count the marked days from the point before them; without one, a weekday is the coming or the latest one."""
    done: list[TimeExpression] = []
    for each in found:
        if not each.follows:
            done.append(each)
            continue
        before = next((one for one in reversed(done) if one.kind == "point"), None)
        if (read := _counted(text, each, before, today)) is not None:
            done.append(read)
    return done


def _counted(text: str, each: TimeExpression, before: TimeExpression | None, today: date) -> TimeExpression | None:
    words = text[each.start : each.end]
    match, step = next((match, step) for pattern, step in _STEPS if (match := pattern.fullmatch(words)))
    if before is None:
        return _alone(match, step, each, today)
    if not before.readings:
        return None
    readings = tuple(_moved(match, step, period) for period in before.readings)
    return replace(each, readings=readings, vague=any(not period.is_day for period in readings))


def _alone(match: Match, step: Step, each: TimeExpression, today: date) -> TimeExpression | None:
    if step is not _weekday:
        return None
    weekday = int(match["weekday"])
    both = calendar.weekday_after(today, weekday), calendar.weekday_before(today, weekday)
    return replace(each, readings=nearest_first(map(one_day, both), today), follows=False)


def _moved(match: Match, step: Step, period: Period) -> Period:
    return Period(step(match, period.first).first, step(match, period.last).last)
