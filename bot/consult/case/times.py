"""Order and times of a case: what this message says, with what earlier turns said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.consult.case.case import RESUMED, Lean
from bot.consult.case.claimants import claimants_of
from bot.consult.case.leaning import stands_at
from bot.consult.case.memory import Memory
from bot.consult.dates.calendar import weekday_after
from bot.consult.reading.message import Reading
from bot.consult.timeline.open_dates import TreatmentTime, in_order, is_bare_day, next_one, resolve, tense_of
from bot.consult.timeline.timeline import ONE_DAY, Timeline
from bot.consult.timeline.verdict import the_day
from bot.consult.topics import Topic, is_on_timing, waited_after
from bot.consult.types import Pair, Period, Tense, TimeExpression, TreatmentId, other

_LEAVE = frozenset({"leave", "proposal", "too_soon"})
"""The manners that ask whether something may be."""


@dataclass(frozen=True)
class Times:
    """Who is first, and the times of both treatments."""

    first: TreatmentId | None
    thread: TreatmentId | None
    told: Timeline
    known: Timeline


def times_of(reading: Reading, memory: Memory, lean: Lean | None, at_hand: Topic | None, today: date) -> Times:
    """Resolve the order and the times of a message against the memory of its conversation."""
    resolver = _Resolver(reading, memory, lean, today)
    return resolver.resumed(at_hand) if lean and lean.kind in RESUMED else resolver.times()


class _Resolver:
    def __init__(self, reading: Reading, memory: Memory, lean: Lean | None, today: date) -> None:
        self.reading, self.memory, self.lean, self.today = reading, memory, lean, today
        self.pair: Pair = reading.pair
        self.earlier = {t: time for t, time in memory.times if time.known}
        self.remembered = memory.first if memory.first in self.pair else None
        self.first = self._first()
        self.goes_first = self.first or self.remembered or self.pair[0]

    def times(self) -> Times:
        told = self._without_retold(self._as_before(self._with_loose(self._ahead(self.reading.timeline))))
        if self._goes_unheard(told):
            told = replace(told, unexplained=True)
        return Times(self.first, self._thread(), told, self._in_order(self._with_earlier(told)))

    def resumed(self, at_hand: Topic | None) -> Times:
        """The dates and the gap of earlier turns, as they were."""
        whose = (self.remembered or self.pair[0],) if stands_at(self.lean, "when") else self.pair
        given = tuple((t, time) for t, time in self.earlier.items() if t in whose)
        dated = Timeline(given, gap=None if given else self.memory.gap)
        gap = ONE_DAY if at_hand == "same_day" else self.memory.gap
        undated = at_hand == "same_day" or waited_after(at_hand or "") is not None
        return Times(self.remembered, None, Timeline(gap=gap) if undated else dated, dated)

    def _goes_unheard(self, told: Timeline) -> bool:
        """A correction, or a day proposed, that changes nothing was not understood: no earlier verdict stands."""
        proposes = self.reading.has("supposes", "moves") or "proposal" in self.reading.manners
        times = [t for t in self.reading.times if self.reading.has("corrects") or (proposes and t.kind == "point")]
        return bool(times) and not told.says_when

    # The order.
    def _first(self) -> TreatmentId | None:
        direction = self.reading.direction
        if self.reading.has("that_first") and len(self.reading.covered) == 1 and self.memory.topic:
            return other(self.pair, self.reading.covered[0])
        if self._turns_round():
            return other(self.pair, self.remembered or self.pair[0])
        if direction.first is None and self._asks_when_the_other():
            return self.pair[0]
        return direction.first

    def _turns_round(self) -> bool:
        return self.reading.direction.flips or stands_at(self.lean, "flip")

    def _asks_when_the_other(self) -> bool:
        """The one that goes first has the message's one date ("Botox is Thursday, earliest I can needle?")."""
        told = [treatment for treatment, time in self.reading.timeline.times if time.known]
        asked = set(self.reading.covered) - set(told)
        return self.reading.has("how_long") and told == [self.pair[0]] and asked == {self.pair[1]}

    def _thread(self) -> TreatmentId | None:
        open_ = not self.reading.direction.asks_which and len(self.reading.covered) < 2
        return self.remembered if open_ else None

    # The times that this message gives.
    def _ahead(self, timeline: Timeline) -> Timeline:
        """As in "Botox is tomorrow" ... "10 days after the Botox?": from what lies ahead no time has passed.

        Nor where no day is told and lengths are proposed: "would 10 days do?" ... "and 3 weeks after Botox?".
        """
        lengths = [e for e in self.reading.times if e.kind == "length" and e.days]
        counted = [t for t, time in timeline.times if self._is_supposed(t) and self._is_over(time)]
        if not (len(lengths) == len(timeline.times) == len(counted) == 1) or self.reading.has("corrects", "updates"):
            return timeline
        gap, doubtful = lengths[0].days, lengths[0].doubtful
        return replace(timeline, times=(), gap=gap, gap_doubtful=doubtful, gap_first=counted[0])

    def _is_supposed(self, treatment: TreatmentId) -> bool:
        """It lies ahead, or only lengths were spoken of and another one is proposed."""
        proposed = self.memory.gap is not None and "proposal" in self.reading.manners
        return proposed or self._was_ahead(treatment)

    def _is_over(self, time: TreatmentTime) -> bool:
        return bool(time.readings) and all(period.last <= self.today for period in time.readings)

    def _with_loose(self, timeline: Timeline) -> Timeline:
        """Give the times of a message that names no treatment to the treatments that are asked about."""
        timeline = self._with_plan(self._without_plan(timeline))
        if timeline.unexplained:
            return timeline
        timeline, figure = self._with_points(timeline), self.reading.figure
        if figure is not None and stands_at(self.lean, "retimes", "regaps"):
            return replace(timeline, gap=(figure, figure))
        length = next((e for e in timeline.loose if e.kind == "length" and e.days), None)
        return self._with_length(timeline, length) if length else timeline

    def _without_plan(self, timeline: Timeline) -> Timeline:
        """As in "oh wait, Botox was the 13th, so is Wednesday still okay": the other one's day, told again."""
        if not (timeline.unexplained and timeline.times):
            return timeline
        told = [t for t, _ in timeline.times]
        days = {period for t, time in self.earlier.items() if t not in told for period in time.readings}
        left = tuple(e for e in timeline.loose if days.isdisjoint(e.readings))
        return replace(timeline, loose=left, unexplained=bool(left) or timeline.contradicts)

    def _with_points(self, timeline: Timeline) -> Timeline:
        """Give each loose date to its claimant."""
        points = self._points_left(timeline)
        if not points:
            return timeline
        order = (self.goes_first, other(self.pair, self.goes_first))
        claimants = claimants_of(points, self.reading, self.memory, self.earlier, order, self.today)
        if not claimants:
            return replace(timeline, unexplained=True)
        for expression, treatment in zip(points, claimants, strict=False):
            tense = expression.tense or self._tense(treatment)
            time = resolve(expression, tense, self.today)
            time = self._behind_the_last(treatment, time, expression)
            timeline = put(timeline, treatment, self._behind_the_first(treatment, time, expression))
        return timeline

    def _with_plan(self, timeline: Timeline) -> Timeline:
        """The one day that leave is asked for is the other one's.

        As in "sorry, Botox was Monday. Is Dec 5 ok?" and "so Saturday is ok after the Botox?".
        """
        only_first = {self.goes_first} == {*(t for t, _ in timeline.times), *self.reading.covered}
        if not only_first or len(timeline.loose) != 1 or not self._asks_leave_again(timeline):
            return timeline
        time = resolve(timeline.loose[0], "future", self.today)
        ahead = bool(time.readings) and all(period.first >= self.today for period in time.readings)
        supposed = replace(time, doubtful=False)  # "maybe the 30th is better?"
        planned = replace(put(timeline, other(self.pair, self.goes_first), supposed), unexplained=False)
        return planned if ahead else timeline

    def _asks_leave_again(self, timeline: Timeline) -> bool:
        """It asks leave where timing was spoken of before, and nothing but a day is left unexplained."""
        again = any(is_on_timing(topic) for topic in self.memory.topics) or bool(self.memory.times)
        return again and self._asks_leave() and timeline.unexplained and not timeline.contradicts

    def _points_left(self, timeline: Timeline) -> list[TimeExpression]:
        """The loose dates that may be of a treatment; a day whose hours are asked for is none."""
        asked = any(each.kind == "hours_on" for each in self.reading.clinic) and self.lean is None
        points = [] if asked else [e for e in timeline.loose if e.kind == "point"]
        doubted = self.memory.awaiting and points and points[0].doubtful
        return points[:1] if doubted else points  # "maybe the 12th or the 13th": two readings of the date asked for

    def _behind_the_last(self, treatment: TreatmentId, time: TreatmentTime, told: TimeExpression) -> TreatmentTime:
        """As in "can I needle Wednesday" ... "and the Wednesday after that?": behind the day spoken of."""
        last = self._day_told(treatment) or self._day_told(self.goes_first)
        if last is None or not told.follows:
            return time
        day = weekday_after(last, told.readings[0].first.weekday())
        return replace(time, readings=(Period(day, day),))

    def _behind_the_first(self, treatment: TreatmentId, time: TreatmentTime, told: TimeExpression) -> TreatmentTime:
        """As in "Botox is Dec 3" ... "the 29th?": a bare day is the next one behind a first day that lies ahead."""
        first = self._day_told(self.goes_first)
        if treatment == self.goes_first or first is None or first < self.today or not is_bare_day(told):
            return time
        day = next_one(told.readings[0].first.day, first)
        return replace(time, readings=(Period(day, day),)) if day else time

    def _of_the_plan(self, treatment: TreatmentId, time: TreatmentTime) -> TreatmentTime:
        """As in "Botox is Dec 10" ... "and needling on the 28th?": a bare day of a plan told before."""
        bare = [e for e in self.reading.times if is_bare_day(e)]
        planned = len(bare) == len(self.reading.times) == 1 and self._was_ahead(treatment)
        return self._behind_the_first(treatment, time, bare[0]) if planned else time

    def _day_told(self, treatment: TreatmentId) -> date | None:
        """The one day that earlier turns told of a treatment."""
        return the_day(self.memory.time_of(treatment))

    def _tense(self, treatment: TreatmentId) -> Tense | None:
        goes_first, status = treatment == self.goes_first, self.reading.direction.status_of(treatment)
        if status:
            return tense_of(status)
        if goes_first and self._was_done():
            return "past"
        if self._was_ahead(treatment) or self.reading.has("planned", "planned_behind", "supposes"):
            return "future"
        if goes_first:
            return None
        return "past" if self._tells_of_past() and not self._asks_leave() else "future"

    def _asks_leave(self) -> bool:
        return not _LEAVE.isdisjoint(self.reading.manners)

    def _tells_of_past(self) -> bool:
        return self.reading.has("done", "done_behind")

    def _was_done(self) -> bool:
        """Something done is told of, now or earlier, and no case is put."""
        return self._tells_of_past() or (self.memory.treatment_done and not self.reading.has("supposes"))

    def _was_ahead(self, treatment: TreatmentId) -> bool:
        readings = self.memory.time_of(treatment).readings
        return bool(readings) and all(period.first > self.today for period in readings)

    def _with_length(self, timeline: Timeline, expression: TimeExpression) -> Timeline:
        if self._is_known_gap(expression):
            return replace(timeline, loose=())
        if self.reading.has("elapsed") or self.memory.awaiting or self._recounted():
            return put(timeline, self.memory.awaiting or self.goes_first, self._ago(expression))
        return replace(timeline, gap=expression.days, gap_doubtful=expression.doubtful)

    def _is_known_gap(self, expression: TimeExpression) -> bool:
        """As in "ça fait 13 jours", which is "that makes" as well as "it has been": the gap of both days told."""
        days = [day for t in self.pair if (day := self._day_told(t))]
        return len(days) > 1 and expression.days == (abs((days[0] - days[1]).days),) * 2

    def _recounted(self) -> bool:
        """The time since what was done, told anew ("sorry, 13 days"); "what about 13 days?" puts a case."""
        reading = self.reading
        told = reading.has("updates") or (reading.has("corrects") and not reading.has("how_long", "planned"))
        return told and not reading.has("supposes") and self.goes_first in self.earlier

    def _ago(self, expression: TimeExpression) -> TreatmentTime:
        shortest, longest = expression.days or ONE_DAY
        period = Period(self.today - timedelta(days=longest), self.today - timedelta(days=shortest))
        return TreatmentTime(readings=(period,), doubtful=expression.doubtful)

    def _as_before(self, timeline: Timeline) -> Timeline:
        """A bare day is the one spoken of ("still ok on the 27th?"); one that corrects a day is of its month."""
        for treatment, time in timeline.times:
            day = self._day_told(treatment)
            if day and self._is_told_again(day, time):
                time = replace(time, readings=(Period(day, day),))
                timeline = put(timeline, treatment, time)
            timeline = put(timeline, treatment, time := self._of_the_plan(treatment, time))
            same = self._like(day, time) if day and len(time.readings) > 1 else []
            if len(same) == 1:
                timeline = put(timeline, treatment, replace(time, readings=tuple(same)))
        return timeline

    def _is_told_again(self, day: date, time: TreatmentTime) -> bool:
        """As in "they moved my Botox to the 20th. Needling still the 17th": the day spoken of, by its number."""
        numbers = {e.readings[0].first.day for e in self.reading.times if is_bare_day(e)}
        return day.day in numbers and {p.first.day for p in time.readings if p.is_day} == {day.day}

    def _like(self, day: date, time: TreatmentTime) -> list[Period]:
        """The day spoken of, or else those that may stand for it."""
        days = [p for p in time.readings if p.is_day]
        return [p for p in days if p.first == day] or self._instead_of(day, days)

    def _instead_of(self, day: date, days: list[Period]) -> list[Period]:
        """What was ahead stays ahead."""
        return [p for p in days if p.first > self.today] if day > self.today else []

    def _without_retold(self, timeline: Timeline) -> Timeline:
        """As in "and needling, now it's been 2 weeks?": the time since the other one, told again."""
        if not self.reading.has("so_far"):
            return timeline
        others = {t: self.earlier.get(other(self.pair, t), TreatmentTime()) for t, _ in timeline.times}
        kept = tuple((t, time) for t, time in timeline.times if others[t].readings != time.readings)
        return replace(timeline, times=kept)

    def _in_order(self, timeline: Timeline) -> Timeline:
        """A day that may be in two months is the one that goes with the order told ("Botox Dec 2" ... "the 14th?")."""
        order = (self.goes_first, other(self.pair, self.goes_first))
        known = dict(timeline.times)
        told = self.first or self.remembered
        return replace(timeline, times=tuple(in_order(known, order).items())) if told and len(known) > 1 else timeline

    # With those of earlier turns.
    def _with_earlier(self, timeline: Timeline) -> Timeline:
        """Add the dates of earlier turns; a gap named now speaks for itself; turning the order round swaps them."""
        if timeline.gap:
            return self._with_its_start(timeline)
        timeline = self._with_touch_up(timeline)
        asked = self._asked_anew(timeline)
        for treatment, time in self.earlier.items():
            owner = other(self.pair, treatment) if self._turns_round() and treatment in self.pair else treatment
            if owner in self.pair and owner != asked and not timeline.time_of(owner).known:
                timeline = put(timeline, owner, time) if self._goes_with_order(owner, time, timeline) else timeline
        return self._in_its_place(timeline) if stands_at(self.lean, "in_its_place") else timeline

    def _goes_with_order(self, owner: TreatmentId, time: TreatmentTime, told: Timeline) -> bool:
        """Tell whether a day of earlier turns can hold beside the order told now.

        As in "Botox Dec 1, needling Dec 12" ... "could I do Botox after the needling instead?": Botox is open again.
        """
        first = self.reading.direction.first
        if first is None or self._turns_round() or owner not in self.reading.covered:
            return True
        beside = other(self.pair, owner)
        next_to = told.time_of(beside).readings or self.memory.time_of(beside).readings
        if _is_behind(time.readings, next_to):
            return first == beside
        return first == owner if _is_behind(next_to, time.readings) else True

    def _with_its_start(self, timeline: Timeline) -> Timeline:
        """A gap is counted from the day told of the one that goes first ("Botox is Friday" ... "10 days after?")."""
        start = self.earlier.get(self.goes_first)
        counted = timeline.gap_first in (None, self.goes_first) and not timeline.times and not self._turns_round()
        return put(timeline, self.goes_first, start) if start and counted else timeline

    def _asked_anew(self, timeline: Timeline) -> TreatmentId | None:
        """The treatment whose day is asked for, whatever was told before ("so what's the soonest for needling?")."""
        if self._asks_when_the_other():
            return self.pair[1]
        asks = self.reading.has("soonest") and not timeline.times and self.pair[0] in self.earlier
        return self.pair[1] if asks and self.reading.covered in ((), self.pair[1:]) else None

    def _with_touch_up(self, timeline: Timeline) -> Timeline:
        """A touch-up told in a later turn is one more date: the article does not say which counts."""
        if not self.reading.has("touch_up") or self.reading.has("updates"):
            return timeline
        for treatment, time in timeline.times:
            earlier = self.earlier.get(treatment)
            if earlier and time.known and earlier.readings != time.readings:
                timeline = put(timeline, treatment, replace(time, several=True))
        return timeline

    def _in_its_place(self, timeline: Timeline) -> Timeline:
        """A treatment named instead of another one takes that one's day, unless it has its own."""
        others = [time for treatment, time in self.earlier.items() if treatment not in self.pair]
        for treatment in self.reading.covered:
            if treatment in self.pair and not timeline.time_of(treatment).known and others:
                timeline = put(timeline, treatment, others[-1])
        return timeline


def _is_behind(later: Sequence[Period], earlier: Sequence[Period]) -> bool:
    """Tell whether everything that one time may mean lies behind all that another one may mean."""
    return bool(later and earlier) and all(one.lies_behind(two) for one in later for two in earlier)


def put(timeline: Timeline, treatment: TreatmentId, time: TreatmentTime) -> Timeline:
    """Return a timeline with one treatment's time replaced."""
    times = tuple((t, old) for t, old in timeline.times if t != treatment)
    return replace(timeline, times=(*times, (treatment, time)), loose=())
