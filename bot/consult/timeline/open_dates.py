"""Which readings of a date are left: what the tense, the order told and another date leave of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, product

from bot.consult.reading.direction import Direction, Status
from bot.consult.reading.sentence import Sentence, When
from bot.consult.types import Period, Tense, TimeExpression, TreatmentId

_WEEK = 7
_MOST_OF_A_YEAR = 300


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


def tense_in(direction: Direction, treatment: TreatmentId, given: Given) -> Tense | None:
    """The tense of a treatment's dates.

    Without any past tense, a weekday is the coming one, and a lone bare day ("the 9th") lies ahead as the other
    treatment does.
    """
    found = given[treatment]
    tense = tense_of(direction.status_of(treatment))
    if tense or any(status == "done" for _, status in direction.status):
        return tense
    planned = any(status == "planned" for _, status in direction.status) and len(given) == 1
    return "future" if all(is_weekday(e) or (planned and _is_bare_day(e)) for e in found) else None


def tense_beside(
    sentence: Sentence, direction: Direction, treatment: TreatmentId, points: Sequence[When]
) -> Tense | None:
    """As in "had tox Friday, needling Wed ok?": a weekday told in a clause of its own lies ahead."""
    others = [p for p in sentence.places if p.treatment != treatment]
    own = sentence.place_before(len(sentence.words))
    if direction.status_of(treatment) or not others or own is None or own.treatment != treatment:
        return None
    apart = sentence.stop_between(others[-1].end, own.start)
    weekday = any(is_weekday(w.expression) and w.start >= own.end for w in points)
    return "future" if apart and weekday and others[-1].end <= own.start else None


def _is_bare_day(expression: TimeExpression) -> bool:
    """One day of the month, in more than one month; not "on Halloween", which is the same day of two years."""
    days = {p.first.day for p in expression.readings if p.is_day}
    a_year = any(_is_a_year_apart(p, expression.readings[0]) for p in expression.readings)
    return len(expression.readings) > 1 and len(days) == 1 and not a_year


def is_weekday(expression: TimeExpression) -> bool:
    """Two readings a week apart, or two where today is one too: last week's day and this week's."""
    days = [p.first for p in expression.readings if p.is_day]
    return len(days) == len(expression.readings) == 2 and abs((days[0] - days[1]).days) in (_WEEK, 2 * _WEEK)


def tense_of(status: Status | None) -> Tense | None:
    """Return the tense of a treatment that was done or is planned."""
    return {"done": "past", "planned": "future"}.get(status or "")  # type: ignore[return-value]


def resolve(expression: TimeExpression, tense: Tense | None, today: date) -> TreatmentTime:
    """Read one expression in a tense: what the tense rules out goes, unless nothing would be left."""
    return merged([expression], tense, today)


def in_step(times: Times, given: Given, points: Sequence[When]) -> Times:
    """Let "the following Monday" have only the readings that go with those of the date it is counted from."""
    for before, after in pairwise(points):
        owner, other = (_owner(given, when) for when in (before, after))
        if not after.expression.follows or owner is None or other is None or owner == other:
            continue
        if len(given[other]) > 1 or len(after.expression.readings) != len(before.expression.readings):
            continue
        kept = times[owner].readings
        steps = zip(before.expression.readings, after.expression.readings, strict=True)
        in_step = [(reading, follows) for reading, follows in steps if reading in kept]
        if in_step:  # the gap is the same for each, so that the nearest stands for all
            nearest = {owner: in_step[0][0], other: in_step[0][1]}
            times = {**times, **{t: replace(times[t], readings=(period,)) for t, period in nearest.items()}}
    return times


def _owner(given: Given, when: When) -> TreatmentId | None:
    return next((t for t, found in given.items() if any(e.start == when.expression.start for e in found)), None)


def implied_order(sentence: Sentence, direction: Direction) -> tuple[TreatmentId, TreatmentId] | None:
    """The order said, else the order of mention: people tell a plan from its beginning."""
    named = sentence.treatments
    if direction.asks_which or len(named) < 2:
        return None
    first = direction.first or named[0]
    return (first, next(t for t in named if t != first)) if first in named else None


def in_order(
    times: Times,
    given: Given,
    order: tuple[TreatmentId, TreatmentId] | None,
    direction: Direction,
    today: date,
) -> Times:
    """Of the readings left, keep those that make sense of the order; a day may do so in another year.

    As in "tox on 03/11, needling on 24/11": the 11th of March, if meant, is the one behind us.
    """
    if order is None or any(t not in times or not times[t].readings or times[t].several for t in order):
        return times
    lead, follow = (times[t].readings for t in order)
    if len(lead) == len(follow) == 1:
        return times
    open_lead, open_follow = (
        _with_other_years(times[t].readings, given[t], tense_of(direction.status_of(t)), today) for t in order
    )
    pairs = [(a, b) for a, b in product(open_lead, open_follow) if a.first <= b.last]
    near = [(a, b) for a, b in pairs if a in lead and b in follow]
    if not near:
        return times
    leads = _nearest_of_each(lead, open_lead, {a for a, b in pairs if b in follow})
    follows = _nearest_of_each(follow, open_follow, {b for a, b in pairs if a in leads})
    return {
        **times,
        order[0]: replace(times[order[0]], readings=leads),
        order[1]: replace(times[order[1]], readings=follows),
    }


def _with_other_years(
    readings: tuple[Period, ...], found: Sequence[TimeExpression], tense: Tense | None, today: date
) -> tuple[Period, ...]:
    told = [(p, e.tense or tense) for e in found for p in (*e.readings, *e.alternatives) if p.is_day]
    same_days = [p for p, its in told if _fits(p, its, today) and any(_is_same_day_of_a_year(p, r) for r in readings)]
    return tuple(dict.fromkeys((*readings, *same_days)))


def _is_same_day_of_a_year(one: Period, other: Period) -> bool:
    return (one.first.month, one.first.day) == (other.first.month, other.first.day)


def _nearest_of_each(
    readings: tuple[Period, ...], open_: tuple[Period, ...], fitting: set[Period]
) -> tuple[Period, ...]:
    """Keep each reading that fits, or the same day of another year where only that one does."""
    same_days = ([p for p in open_ if p == r or _is_same_day_of_a_year(p, r)] for r in readings)
    kept = [next((p for p in days if p in fitting), None) for days in same_days]
    return tuple(dict.fromkeys(p for p in kept if p)) or readings


def merged(found: Sequence[TimeExpression], tense: Tense | None, today: date) -> TreatmentTime:
    """Join the dates given for one treatment: what the tense rules out goes, unless nothing would be left."""
    sure = [e for e in found if not e.impossible]
    readings = [_fitting(e, e.tense or tense, today) for e in sure]
    same = readings and all(r == readings[0] for r in readings)
    return TreatmentTime(
        readings=readings[0] if readings else (),
        doubtful=any(e.doubtful for e in found),
        impossible=len(sure) < len(found),
        several=len(readings) > 1 and not same,
    )


def _fitting(expression: TimeExpression, tense: Tense | None, today: date) -> tuple[Period, ...]:
    """Keep the readings that fit the tense; one that does not may fit in another year ("03/11", said of the past)."""
    kept = [
        _up_to(fit, tense, today)
        for reading in expression.readings
        if (fit := _in_tense(reading, expression, tense, today))
    ]
    distinct = _of_one_year(tuple(dict.fromkeys(kept)))
    return distinct or tuple(p for p in expression.alternatives if _fits(p, tense, today)) or expression.readings


def _up_to(period: Period, tense: Tense | None, today: date) -> Period:
    """Cut a period at today: "this week", said of a plan, has only the days that are left of it."""
    if not period.first < today <= period.last:
        return period
    return {"future": replace(period, first=today), "past": replace(period, last=today)}.get(tense or "", period)


def _of_one_year(readings: tuple[Period, ...]) -> tuple[Period, ...]:
    """Leave out the same named day of another year: "on Halloween" is the nearest one. "11/12" stays two days."""
    return tuple(p for p in readings if not _is_a_year_apart(p, readings[0]) or _swaps(p.first, readings[0].first))


def _is_a_year_apart(one: Period, other: Period) -> bool:
    return abs((one.first - other.first).days) >= _MOST_OF_A_YEAR


def _swaps(one: date, other: date) -> bool:
    """Tell whether two days are one pair of figures read both ways."""
    return (one.day, one.month) == (other.month, other.day) != (one.month, one.day)


def _in_tense(reading: Period, expression: TimeExpression, tense: Tense | None, today: date) -> Period | None:
    same_day = (p for p in expression.alternatives if _is_same_day_of_a_year(p, reading))
    return next((p for p in (reading, *same_day) if _fits(p, tense, today)), None)


def _fits(period: Period, tense: Tense | None, today: date) -> bool:
    if tense == "past":
        return period.first <= today
    return tense != "future" or period.last >= today
