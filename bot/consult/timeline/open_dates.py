"""Which readings of a date are left: what the tense, the order told and another date leave of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, product

from bot.consult.reading.direction import Direction
from bot.consult.reading.done_or_planned import Status
from bot.consult.reading.sentence import Sentence, When
from bot.consult.types import Period, Tense, TimeExpression, TreatmentId

_WEEK = 7
_LONG_AGO = 90
_SLIP = 60
_MOST_OF_A_YEAR = 300
_LONGEST_MONTH = 31


@dataclass(frozen=True)
class TreatmentTime:
    """When one treatment was or will be: every reading still open, nearest first."""

    readings: tuple[Period, ...] = ()
    doubtful: bool = False
    impossible: bool = False
    several: bool = False
    """More than one date was given for it (a touch-up): which counts is not for us to say."""

    @property
    def known(self) -> bool:
        """True when some date was given, however vague."""
        return bool(self.readings) or self.impossible


Given = dict[TreatmentId, list[TimeExpression]]
"""The dates given for each treatment."""
Times = dict[TreatmentId, TreatmentTime]


# Tense.
def tense_of(status: Status | None) -> Tense | None:
    """Return the tense of a treatment that was done or is planned."""
    return {"done": "past", "planned": "future"}.get(status or "")  # type: ignore[return-value]


def tense_in(
    sentence: Sentence, direction: Direction, treatment: TreatmentId, given: Given, points: Sequence[When]
) -> Tense | None:
    """The tense of a treatment's dates; a weekday lies ahead where nothing is past, or in a clause of its own."""
    tense = tense_of(direction.status_of(treatment))
    if tense or sentence.cues.has("looks_back"):
        return tense or "past"
    if not all(_is_weekday(e) for e in given[treatment]):
        return None
    done = any(status == "done" for _, status in direction.status)
    return None if done and not _stands_apart(sentence, treatment, points) else "future"


def _stands_apart(sentence: Sentence, treatment: TreatmentId, points: Sequence[When]) -> bool:
    """As in "had tox Friday, needling Wed ok?": told in a clause of its own, behind the other one."""
    own = max(p.start for p in sentence.places_of(treatment)) if sentence.places_of(treatment) else 0
    other = max((p.end for p in sentence.places if p.treatment != treatment), default=own + 1)
    apart = other <= own and sentence.stop_between(other, own)
    return apart and any(_is_weekday(w.expression) and w.start > own for w in points)


def _is_weekday(expression: TimeExpression) -> bool:
    """Two readings a week apart, or two where today is one too: last week's day and this week's."""
    days = [p.first for p in expression.readings if p.is_day]
    return len(days) == len(expression.readings) == 2 and abs((days[0] - days[1]).days) in (_WEEK, 2 * _WEEK)


def resolve(expression: TimeExpression, tense: Tense | None, today: date) -> TreatmentTime:
    """Read one expression in a tense: what the tense rules out goes, unless nothing would be left."""
    return merged([expression], tense, today)


# One treatment's dates together.
def merged(found: Sequence[TimeExpression], tense: Tense | None, today: date) -> TreatmentTime:
    """Join the dates given for one treatment: what the tense rules out goes, unless nothing would be left."""
    sure = _without_history([e for e in found if not e.impossible])
    readings = [_fitting(e, e.tense or tense, today) for e in sure]
    every, agreed = _agreed(readings)
    return TreatmentTime(
        readings=agreed or every,
        doubtful=any(e.doubtful or _is_slip(e, tense, today) for e in sure),
        impossible=any(e.impossible for e in found),
        several=len(readings) > 1 and not agreed,
    )


def _agreed(readings: Sequence[tuple[Period, ...]]) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """Return all readings of several dates, and those that all of them have."""
    every = tuple(dict.fromkeys(p for each in readings for p in each))
    return every, tuple(p for p in every if all(p in each for each in readings))


def _without_history(found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """Leave out long ago, told beside a later date: "had botox years ago, and again on Nov 3"."""
    latest = max((p.last for e in found for p in e.readings), default=date.min)
    recent = [e for e in found if not e.vague or any((latest - p.last).days < _LONG_AGO for p in e.readings)]
    return list(recent or found)


def _is_slip(expression: TimeExpression, tense: Tense | None, today: date) -> bool:
    """A plan dated a few weeks back, or something done dated a few weeks ahead, is a slip of the pen."""
    if expression.tense or len(expression.readings) != 1:
        return False
    back = (today - expression.readings[0].last).days
    ahead = (expression.readings[0].first - today).days
    return 0 < {"future": back, "past": ahead}.get(tense or "", 0) <= _SLIP


def _fitting(expression: TimeExpression, tense: Tense | None, today: date) -> tuple[Period, ...]:
    """Keep the readings that fit the tense; one that does not may fit in another year ("03/11", said of the past)."""
    if _is_slip(expression, tense, today):
        return expression.readings
    fits = (_in_tense(reading, expression, tense, today) for reading in expression.readings)
    kept = tuple(dict.fromkeys(_up_to(p, tense, today) for p in fits if p))
    others = tuple(p for p in expression.alternatives if _fits(p, tense, today))
    return _of_one_year(kept) or others or expression.readings


def _of_one_year(readings: tuple[Period, ...]) -> tuple[Period, ...]:
    """Leave out the same named day of another year: "on Halloween" is the nearest one."""
    return tuple(p for p in readings if p == readings[0] or not _is_same_day_of_a_year(p, readings[0]))


def _in_tense(reading: Period, expression: TimeExpression, tense: Tense | None, today: date) -> Period | None:
    same_day = (p for p in expression.alternatives if _is_same_day_of_a_year(p, reading))
    return next((p for p in (reading, *same_day) if _fits(p, tense, today)), None)


def _up_to(period: Period, tense: Tense | None, today: date) -> Period:
    """Cut a period at today: "this week", said of a plan, has only the days that are left of it."""
    if not period.first < today <= period.last:
        return period
    return {"future": replace(period, first=today), "past": replace(period, last=today)}.get(tense or "", period)


def _fits(period: Period, tense: Tense | None, today: date) -> bool:
    if tense == "past":
        return period.first <= today
    return tense != "future" or period.last >= today


def _is_same_day_of_a_year(one: Period, other: Period) -> bool:
    """The same day of another year, or a holiday that moves by a few days."""
    return abs((one.first - other.first).days) >= _MOST_OF_A_YEAR and not _swaps(one.first, other.first)


def _swaps(one: date, other: date) -> bool:
    """Tell whether two days are one pair of figures read both ways."""
    return (one.day, one.month) == (other.month, other.day) != (one.month, one.day)


# Two treatments' dates together.
def in_step(times: Times, given: Given, points: Sequence[When]) -> Times:
    """Let "the following Monday" have only the readings that go with those of the date it is counted from."""
    for before, after in pairwise(points):
        owners = (_owner(given, before), _owner(given, after))
        if after.expression.follows and owners[0] and owners[1] and owners[0] != owners[1]:
            times = {**times, **_step(times, owners[0], owners[1], before.expression, after.expression)}
    return times


def _step(times: Times, one: TreatmentId, two: TreatmentId, before: TimeExpression, after: TimeExpression) -> Times:
    """The gap is the same for each pair of readings, so that the nearest stands for all."""
    steps = zip(before.readings, after.readings, strict=False)
    kept = next((step for step in steps if step[0] in times[one].readings), None)
    return {t: replace(times[t], readings=(p,)) for t, p in zip((one, two), kept or (), strict=False)}


def of_one_month(times: Times, given: Given, tenses: Mapping[TreatmentId, Tense | None], today: date) -> Times:
    """As in "tox nov 4 and needling on the 20th": the month that was named holds for a bare later day behind it."""
    told = sorted((found[0].start, t) for t, found in given.items() if len(found) == 1)
    for (_, one), (_, two) in pairwise(told):
        day, later = times[one].readings, times[two].readings
        if len(day) == 1 and day[0].is_day:
            kept = _kept(day[0].first, given[two][0], later, tenses[two], today)
            times = {**times, two: replace(times[two], readings=kept or later)}
    return times


def _kept(
    day: date, told: TimeExpression, later: tuple[Period, ...], tense: Tense | None, today: date
) -> tuple[Period, ...]:
    """The readings of a bare day behind one that is told with its month."""
    named = _in_the_month_of(day, told)
    if tense == "past":
        return named
    planned = _beside_a_plan(day, told, today)
    if tense == "future":  # it may be before the other one's day as well as in the next month
        return planned if len(planned) == 1 else ()
    return planned or _later_in_its_month(day, later) or tuple(dict.fromkeys((*named, *later)))


def _in_the_month_of(day: date, told: TimeExpression) -> tuple[Period, ...]:
    """As in "I had Botox on July 5 and needling on the 12th": a later number is of the month that was named."""
    number = told.readings[0].first.day if is_bare_day(told) else 0
    found = next_one(number, day) if number > day.day else None
    return (Period(found, found),) if found and found.month == day.month else ()


def _beside_a_plan(day: date, told: TimeExpression, today: date) -> tuple[Period, ...]:
    """As in "Botox Dec 3 and needling the 29th": of the month named; a smaller number may be of the next one too."""
    if day <= today or not is_bare_day(told):
        return ()
    number = told.readings[0].first.day
    before = next_one(number, day.replace(day=1))
    days = [before] if before and before >= day else [before, next_one(number, day)]
    return tuple(Period(each, each) for each in days if each)


def is_bare_day(told: TimeExpression) -> bool:
    """Tell whether it is the same day of several months ("the 12th")."""
    periods = (*told.readings, *told.alternatives)
    months, days = {p.first.month for p in periods}, {p.first.day for p in periods}
    return len(days) == 1 < len(months) and all(p.is_day for p in periods)


def next_one(number: int, first: date) -> date | None:
    """Return the next day of a month with this number; None where the month is too short for it."""
    return next((d for n in range(_LONGEST_MONTH) if (d := first + timedelta(n)).day == number), None)


def _later_in_its_month(day: date, readings: Sequence[Period]) -> tuple[Period, ...]:
    return tuple(p for p in readings if p.is_day and day < p.first <= _month_end(day))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _owner(given: Given, when: When) -> TreatmentId | None:
    return next((t for t, found in given.items() if any(e.start == when.expression.start for e in found)), None)


def implied_order(sentence: Sentence, direction: Direction) -> tuple[TreatmentId, TreatmentId] | None:
    """The order said, else the order of mention: people tell a plan from its beginning."""
    named = sentence.treatments
    if direction.asks_which or len(named) < 2:
        return None
    first = direction.first or named[0]
    return (first, next(t for t in named if t != first)) if first in named else None


def _a_year_on(period: Period, readings: Sequence[Period], years: int) -> Period:
    """As in "tox 04/11, needling 25/11": the 11th of April, if meant, is the one behind us."""
    if not any(_swaps(period.first, other.first) for other in readings):
        return period
    day = period.first.replace(year=period.first.year + years)
    return Period(day, day)


def in_order(times: Times, order: tuple[TreatmentId, TreatmentId] | None) -> Times:
    """Of the readings left open, keep those that make sense of the order: "tox the 1st, needling the 16th"."""
    told = [times[t] for t in order or () if t in times and times[t].readings and not times[t].several]
    if order is None or len(told) < 2 or len(told[0].readings) == len(told[1].readings) == 1:
        return times
    leads, follows = _ordered(told[0].readings, told[1].readings)
    if not follows:
        return times
    return {**times, order[0]: replace(told[0], readings=leads), order[1]: replace(told[1], readings=follows)}


def _ordered(lead: Sequence[Period], follow: Sequence[Period]) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    latest, soonest = max(p.last for p in follow), min(p.first for p in lead)
    leads = [_a_year_on(a, lead, -1) if a.first > latest else a for a in lead]
    follows = [_a_year_on(b, follow, 1) if b.last < soonest else b for b in follow]
    return _with_partner(leads, follows, 1), _with_partner(follows, leads, -1)


def _with_partner(ones: Sequence[Period], others: Sequence[Period], way: int) -> tuple[Period, ...]:
    """Keep the days that lie before some day of the others, or after one where ``way`` is negative."""
    fits = {
        (one, two): (one.first <= two.last if way > 0 else two.first <= one.last) for one, two in product(ones, others)
    }
    return tuple(one for one in ones if any(fits[one, two] for two in others))
