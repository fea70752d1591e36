"""The times that nothing in a message ties to a treatment: which of them tell nothing, and which one must be a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.consult.reading.direction import Direction
from bot.consult.reading.sentence import When
from bot.consult.timeline.events import Layout
from bot.consult.timeline.open_dates import Times, TreatmentTime
from bot.consult.types import Period, TimeExpression

_MONTH = 31
_OF_A_VISIT = ("of_visit", "corrects", "updates", "supposes", "both", "leave")


def still_open(left: Sequence[TimeExpression], times: Times, layout: Layout) -> list[TimeExpression]:
    """Leave out what is told again, and where both have a day what stands in no sentence of a treatment."""
    both = sum(len(time.readings) == 1 and time.readings[0].is_day for time in times.values()) > 1
    left = [e for e in left if not (_is_told_again(e, times) or _is_beside(e, times))]
    return [e for e in left if not both or layout.sentence.cues.has("touch_up") or _is_of_a_treatment(e, layout)]


def by_elimination(left: Sequence[TimeExpression], times: Times, layout: Layout, direction: Direction) -> Times:
    """The one day left is of the one treatment without a day, where it lies on the side that the order told.

    As in "I booked one for Nov 26 ... is that long enough after the Botox?". Returns nothing where it is open.
    """
    first, undated = direction.first, set(layout.sentence.treatments) - set(times)
    if first is None or len(times) != 1 or len(undated) != 1:
        return {}
    ((known, time),) = times.items()
    fits = [p for p in _visit_days(left, layout) if all(p.lies_behind(a) == (known == first) for a in time.readings)]
    return {undated.pop(): TreatmentTime(tuple(fits))} if len(fits) == 1 else {}


def is_season(expression: TimeExpression) -> bool:
    """A season or a year that no words tie to a treatment tells about when the story is, not of a day."""
    return expression.vague and all((p.last - p.first).days > _MONTH for p in expression.readings)


def _visit_days(left: Sequence[TimeExpression], layout: Layout) -> set[Period]:
    """The days that all times left over may mean, where one of them is told of a visit."""
    days = all(e.kind == "point" and not e.doubtful and all(p.is_day for p in e.readings) for e in left)
    told = days and any(_may_be_of_visit(e, layout) for e in left) and not layout.sentence.cues.has("touch_up")
    return set.intersection(*(set(e.readings) for e in left)) if told else set()


def _place_of(expression: TimeExpression, layout: Layout) -> When | None:
    """Where a time stands in the message."""
    return next((w for w in layout.sentence.whens if w.expression.start == expression.start), None)


def _may_be_of_visit(expression: TimeExpression, layout: Layout) -> bool:
    """A word of its part of the message tells of a visit, or takes a day back."""
    when = _place_of(expression, layout)
    segment = layout.segment_of(when.start) if when else (0, len(layout.sentence.words))
    return any(layout.sentence.cues.within(label, *segment) for label in _OF_A_VISIT)


def _is_of_a_treatment(expression: TimeExpression, layout: Layout) -> bool:
    """As in "Botox in my forehead on Nov 4 and in my crow's feet on the 19th": a second day behind a treatment's."""
    when = _place_of(expression, layout)
    if when is None or expression.kind != "point" or expression.vague:
        return False
    start, _ = layout.sentence.clause_of(when.start)
    return any(start <= place.start and place.end <= when.start for place in layout.sentence.places)


def _is_told_again(expression: TimeExpression, times: Times) -> bool:
    """One single day that is already a treatment's ("... is Friday Dec 4. Could I do it on the 4th?")."""
    days = [time.readings for time in times.values() if len(time.readings) == 1 and time.readings[0].is_day]
    return expression.kind == "point" and expression.readings in days


def _is_beside(expression: TimeExpression, times: Times) -> bool:
    """A month or a season that nothing governs, where both are told more closely ("it's now or never this month")."""
    longest = [max((p.last - p.first for p in time.readings), default=timedelta.max) for time in times.values()]
    return len(longest) > 1 and all(max(longest) < p.last - p.first for p in expression.readings)
