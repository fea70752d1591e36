"""The arithmetic on the article's sequencing rule: a verdict, never a clearance.

The interval comes from the knowledge store; where the store gives none for a direction, there is no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Literal

from bot.consult.reading.direction import Direction
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.timeline.timeline import Timeline
from bot.consult.types import Pair, Period, TreatmentId, other

Verdict = Literal["too_soon", "past_minimum", "no_interval", "ask_date"]
Interval = Callable[[TreatmentId, TreatmentId], int | None]
"""The days that the knowledge gives between a first and a second treatment, or None."""


@dataclass(frozen=True)
class Timing:
    """What the contract's ``timing`` says; dates by treatment id, days as whole days."""

    first: TreatmentId | None = None
    verdict: Verdict | None = None
    days: int | None = None
    dates: tuple[tuple[TreatmentId, date], ...] = ()
    earliest: date | None = None
    minimum_days: int | None = None
    missing: TreatmentId | None = None
    """The treatment whose date has to be asked for, where one does."""
    longest: int | None = None
    """The longest gap that a vague period allows, where it differs from ``days``."""

    def date_of(self, treatment: TreatmentId) -> date | None:
        """Return the one known day of a treatment."""
        return dict(self.dates).get(treatment)

    def as_json(self, treatments: Iterable[TreatmentId]) -> dict[str, object]:
        """Return the contract's object, with one date field for each treatment."""
        iso = {f"{t}_date": d.isoformat() if (d := self.date_of(t)) else None for t in treatments}
        earliest = self.earliest.isoformat() if self.earliest else None
        return {
            "first": self.first,
            "verdict": self.verdict,
            "days": self.days,
            **iso,
            "earliest": earliest,
            "minimum_days": self.minimum_days,
        }


@dataclass(frozen=True)
class _Case:
    """Two readings compared: which comes first, and how many days lie between."""

    first: TreatmentId
    shortest: int
    longest: int


def judge(
    direction: Direction,
    timeline: Timeline,
    pair: Pair,
    interval: Interval,
    today: date,
    dates_asked: bool = False,
) -> Timing:
    """Judge an order, and dates where they are in play, by the knowledge's sequencing rules.

    Args:
        direction: The order that the user puts the two treatments in.
        timeline: The dates and the gap that the user named.
        pair: The two treatments, the one that the rules put first in front where both orders have an interval.
        interval: Looks up the days between a first and a second treatment.
        today: The clinic's day.
        dates_asked: The user asks about own dates, so that a missing one has to be asked for.
    """
    order = order_to_go_by(pair, interval, direction.first)
    timing = _Judge(direction, timeline, order, interval, today, dates_asked).timing()
    if timing.first and order_to_go_by(pair, interval, timing.first) != order:
        # The dates put the two in the order that has an interval of its own.
        reverse = (order[1], order[0])
        return _Judge(replace(direction, first=timing.first), timeline, reverse, interval, today, dates_asked).timing()
    return timing


def order_to_go_by(pair: Pair, interval: Interval, first: TreatmentId | None) -> Pair:
    """Return the order that the rules are applied in: the user's own where it has an interval, else the one that has.

    Args:
        pair: The two treatments.
        interval: Looks up the days between a first and a second treatment.
        first: The treatment that the user puts first, if any.
    """
    reverse = (pair[1], pair[0])
    orders = (reverse, pair) if first == pair[1] else (pair, reverse)
    return next((order for order in orders if interval(*order) is not None), pair)


class _Judge:
    def __init__(
        self,
        direction: Direction,
        timeline: Timeline,
        pair: Pair,
        interval: Interval,
        today: date,
        dates_asked: bool,
    ) -> None:
        self.direction, self.timeline, self.interval = direction, timeline, interval
        self.today, self.dates_asked = today, dates_asked
        self.pair = pair
        self.lead, self.follow = pair
        self.a, self.b = timeline.time_of(self.lead), timeline.time_of(self.follow)
        self.minimum = interval(self.lead, self.follow)

    def timing(self) -> Timing:
        first = self._first()
        basis = first or (self.lead if self._on_one_day() else None)
        verdict = self._verdict(basis)
        cases = self._cases(basis)
        return Timing(
            first=first,
            verdict=verdict,
            days=self._days(cases, basis),
            dates=self._dates(),
            earliest=self._earliest(first),
            minimum_days=self.interval(first, other(self.pair, first))
            if first
            else (self.minimum if self._in_play() else None),
            missing=self._missing(first) if verdict == "ask_date" else None,
            longest=max((c.longest for c in cases), default=None) if verdict else None,
        )

    def _on_one_day(self) -> bool:
        """Both on one day are too soon for each other, whichever comes first in it."""
        cases = self._dated_cases()
        return self.timeline.gap == (0, 0) or (bool(cases) and all(c.longest == 0 for c in cases))

    def _in_play(self) -> bool:
        return self.timeline.says_when or self.timeline.unexplained

    # Order: the calendar decides, then the words, and a lone date last.
    def _first(self) -> TreatmentId | None:
        by_date = self._by_date()
        if len(by_date) == 1 and not self.direction.asks_which:
            return by_date.pop()
        told = self.timeline.gap_first or self.direction.first
        if told is None and self.timeline.told_first in by_date and not (self.a.several or self.b.several):
            return self.timeline.told_first
        return told or self._only_date()

    def _by_date(self) -> set[TreatmentId]:
        """Who is first by the dates; a day in doubt never settles the order that has no interval."""
        firsts = {c.first for c in self._dated_cases() if c.longest > 0}
        return firsts - {self.follow} if self._in_doubt() else firsts

    def _only_date(self) -> TreatmentId | None:
        """A lone past date is of what came first; with a lone plan ahead nothing is known of the other."""
        if self.direction.asks_which or self.a.known == self.b.known:
            return None
        treatment, time = (self.lead, self.a) if self.a.known else (self.follow, self.b)
        past = bool(time.readings) and all(p.last <= self.today for p in time.readings)
        return treatment if past or treatment == self.lead else None

    # Gaps between the readings that are still open.
    def _dated_cases(self) -> list[_Case]:
        return [_compare(self.lead, a, self.follow, b) for a, b in product(self.a.readings, self.b.readings)]

    def _cases(self, first: TreatmentId | None) -> list[_Case]:
        cases = self._dated_cases()
        if first is None:
            return cases
        if self.timeline.gap and (self.timeline.gap == (0, 0) or not cases):
            return [_Case(first, *self.timeline.gap)]  # "both on one day last year"
        fitting = [c for c in cases if c.first == first or c.longest == 0]
        return fitting or cases or self._to_today(first)

    def _to_today(self, first: TreatmentId) -> list[_Case]:
        """Without a plan the gap runs to today, if the first treatment is behind us."""
        time, then = self.timeline.time_of(first), self.timeline.time_of(other(self.pair, first))
        if then.known or any(p.last > self.today for p in time.readings):
            return []
        return [_Case(first, (self.today - p.last).days, (self.today - p.first).days) for p in time.readings]

    # Verdict.
    def _verdict(self, first: TreatmentId | None) -> Verdict | None:
        if not self._in_play() and not self.dates_asked:
            return None
        if self.timeline.unexplained or first is None:
            return "ask_date"
        if self.interval(first, other(self.pair, first)) is None:
            return "no_interval"
        return "ask_date" if self._uncertain() else self._measured(self._cases(first))

    def _uncertain(self) -> bool:
        return self._in_doubt() or self.timeline.gap_doubtful or self.a.several

    def _in_doubt(self) -> bool:
        return any(time.doubtful or time.impossible for time in (self.a, self.b))

    def _measured(self, cases: list[_Case]) -> Verdict | None:
        assert self.minimum is not None
        if not cases:
            return None if self._only_ahead() else "ask_date"
        if all(c.shortest >= self.minimum for c in cases):
            return "past_minimum"
        return "too_soon" if all(c.longest < self.minimum for c in cases) else "ask_date"

    def _only_ahead(self) -> bool:
        """One Botox date ahead and no plan yet: the earliest date answers, there is nothing to judge."""
        return the_day(self.a) is not None and not self.b.known

    def _missing(self, first: TreatmentId | None) -> TreatmentId | None:
        if not self.a.known or self._unclear(self.a):
            return self.lead
        return self.follow if self._unclear(self.b) or (first is None and not self.b.known) else None

    def _unclear(self, time: TreatmentTime) -> bool:
        return time.doubtful or time.impossible or time.several or len(time.readings) > 1

    # What is told beside the verdict.
    def _days(self, cases: list[_Case], first: TreatmentId | None) -> int | None:
        if self._uncertain() or self.timeline.unexplained:
            return None
        gaps = {c.shortest for c in cases} | {c.longest for c in cases}
        return gaps.pop() if len(gaps) == 1 and first and self._in_play() else None

    def _dates(self) -> tuple[tuple[TreatmentId, date], ...]:
        return tuple((t, day) for t in (self.lead, self.follow) if (day := the_day(self.timeline.time_of(t))))

    def _earliest(self, first: TreatmentId | None) -> date | None:
        day = the_day(self.a)
        if day is None or self.minimum is None or first == self.follow or self.timeline.unexplained:
            return None
        if any(c.first == self.follow for c in self._dated_cases()):
            return None  # the other one may come first
        return day + timedelta(days=self.minimum)


def the_day(time: TreatmentTime) -> date | None:
    """The one day meant, where nothing about it is open."""
    if len(time.readings) != 1 or time.doubtful or time.several or not time.readings[0].is_day:
        return None
    return time.readings[0].first


def _compare(lead: TreatmentId, a: Period, follow: TreatmentId, b: Period) -> _Case:
    if b.last < a.first:
        return _Case(follow, (a.first - b.last).days, (a.last - b.first).days)
    return _Case(lead, max(0, (b.first - a.last).days), (b.last - a.first).days)
