"""Whose a date is that names no treatment, in a message that follows earlier turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.consult.case.memory import Memory
from bot.consult.reading.message import Reading
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.types import Pair, Period, TimeExpression, TreatmentId


def claimants_of(
    points: Sequence[TimeExpression],
    reading: Reading,
    memory: Memory,
    earlier: Mapping[TreatmentId, TreatmentTime],
    order: Pair,
    today: date = date.max,
) -> tuple[TreatmentId, ...]:
    """Return whose the dates are, in their order; nobody's where a correction may mean either day that was told.

    Args:
        points: The dates that no words of the message bind.
        reading: What the message says.
        memory: What its conversation remembers, with the treatment whose date was asked for.
        earlier: The times that earlier turns told.
        order: The two treatments, the one that goes first in front.
        today: The clinic's day.
    """
    if len(points) > 1:
        return order
    if one := _asked_for(points[0], reading, memory, order) or _past_beside_plan(points[0], earlier, order, today):
        return one
    told = [treatment for treatment in order if treatment in earlier]
    corrected = _replaced(points[0], reading, earlier) or _taken_back(reading, told)
    if len(corrected) > 1:
        return _by_tense(points[0], reading, order)
    return (
        tuple(corrected) or _proposed_last(memory, earlier, today) or _next(points[0], reading, earlier, order, today)
    )


def _asked_for(point: TimeExpression, reading: Reading, memory: Memory, order: Pair) -> tuple[TreatmentId, ...]:
    """The treatment whose day was asked for.

    Not as in "which day do you mean, Oct 30 or Nov 30?" ... "is Dec 12 ok?": another day, that leave is asked for.
    """
    if memory.awaiting not in order:
        return ()
    doubted = memory.time_of(str(memory.awaiting)).readings
    of_the_other = "leave" in reading.manners and doubted and set(point.readings).isdisjoint(doubted)
    return () if of_the_other else (str(memory.awaiting),)


def _past_beside_plan(
    point: TimeExpression, earlier: Mapping[TreatmentId, TreatmentTime], order: Pair, today: date
) -> tuple[TreatmentId, ...]:
    """What is over is the first one's, where the second one lies ahead ("it was more like mid November")."""
    first, second = (earlier.get(treatment, TreatmentTime()).readings for treatment in order)
    over = bool(point.readings) and all(period.last < today for period in point.readings)
    return order[:1] if over and first and _lies_ahead(second, today) else ()


def _taken_back(reading: Reading, told: list[TreatmentId]) -> list[TreatmentId]:
    """Those whose days a correction may mean; a visit that was moved is the only one told of."""
    moved = len(told) == 1 and reading.has("moves", "moved_to")
    return told if moved or reading.has("corrects") else []


def _by_tense(point: TimeExpression, reading: Reading, order: Pair) -> tuple[TreatmentId, ...]:
    """What was, or the plan: the first one's or the second one's day is corrected."""
    if point.tense == "past" and not reading.has("supposes"):
        return order[:1]
    if point.tense == "future" or reading.has("planned", "planned_behind", "supposes", "in_its_stead"):
        return order[1:]
    return ()


def _proposed_last(
    memory: Memory, earlier: Mapping[TreatmentId, TreatmentTime], today: date
) -> tuple[TreatmentId, ...]:
    """As in "can I get Botox this Friday?" ... "tomorrow?": the plan that a day was proposed for."""
    told = [t for t in memory.proposed if t in earlier and _lies_ahead(earlier[t].readings, today)]
    return tuple(told) if len(memory.proposed) == len(told) == 1 and len(earlier) > 1 else ()


def _lies_ahead(periods: Sequence[Period], today: date) -> bool:
    return bool(periods) and all(period.first > today for period in periods)


def _next(
    point: TimeExpression,
    reading: Reading,
    earlier: Mapping[TreatmentId, TreatmentTime],
    order: Pair,
    today: date,
) -> tuple[TreatmentId, ...]:
    """The first one's, until its day is told or where it is told anew; then the second one's."""
    first, second = order
    if first not in earlier:
        return order
    is_plan = _lies_ahead(point.readings, today) and not _lies_ahead(earlier[first].readings, today)
    return order if _tells_anew(reading, second in earlier) and not is_plan else (second,)


def _tells_anew(reading: Reading, second_told: bool) -> bool:
    """It tells of the past anew ("it was actually 5 days ago"), or supposes another day for the one date told."""
    looked_up = reading.has("updates") and not reading.has("planned", "planned_behind")
    past = looked_up or any(e.tense == "past" for e in reading.times) or reading.has("done", "done_behind")
    return past or (reading.has("if_it") and not second_told)


def _replaced(
    point: TimeExpression, reading: Reading, earlier: Mapping[TreatmentId, TreatmentTime]
) -> list[TreatmentId]:
    """The treatment whose day the message denies, or of which a period was told that the new day lies in."""
    denied = {period for each in reading.timeline.denied for period in each.readings}
    by_denial = [treatment for treatment, time in earlier.items() if denied & set(time.readings)]
    return by_denial or _of_its_period(point, earlier) or _of_its_weekday(point, reading, earlier)


def _of_its_period(point: TimeExpression, earlier: Mapping[TreatmentId, TreatmentTime]) -> list[TreatmentId]:
    return [t for t, time in earlier.items() if _is_inside(point, time.readings)]


def _of_its_weekday(
    point: TimeExpression, reading: Reading, earlier: Mapping[TreatmentId, TreatmentTime]
) -> list[TreatmentId]:
    """As in "Botox was Thursday" ... "sorry, Thursday the 12th"; nobody's where both have that weekday."""
    if not (reading.has("corrects") and reading.has("weekday") and len(point.readings) == 1):
        return []
    of_it = [t for t, time in earlier.items() if _weekdays(time.readings) == _weekdays(point.readings)]
    return of_it if len(of_it) == 1 else []


def _weekdays(periods: Sequence[Period]) -> set[int]:
    return {period.first.weekday() for period in periods if period.is_day}


def _is_inside(point: TimeExpression, periods: Sequence[Period]) -> bool:
    """As in "early November" ... "the 7th"."""
    days = [day for day in point.readings if day.is_day]
    return any(p.first <= day.first <= p.last for p in periods if not p.is_day for day in days)
