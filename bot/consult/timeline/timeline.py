"""When the treatments of a message were or will be: its times, each by the event that it belongs to.

A date, a length or a number that neither belongs to a treatment nor is seen to belong to something else leaves the
message not understood. Nothing here knows how long anyone should wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from bot.consult.reading.direction import Direction
from bot.consult.reading.done_or_planned import Status, status_at
from bot.consult.reading.sentence import Sentence, When
from bot.consult.timeline.binding import Binder, Bound
from bot.consult.timeline.events import Event, Layout
from bot.consult.timeline.left_over import by_elimination, is_season, still_open
from bot.consult.timeline.lengths import Count, Days, Lengths, read_lengths
from bot.consult.timeline.no_dates import is_no_date
from bot.consult.timeline.numbers import stray_numbers
from bot.consult.timeline.open_dates import (
    Given,
    Times,
    TreatmentTime,
    implied_order,
    in_order,
    in_step,
    is_bare_day,
    merged,
    of_one_month,
    resolve,
    tense_in,
    tense_of,
)
from bot.consult.timeline.told_dates import counted_less, points_told
from bot.consult.types import Pair, Period, Tense, TimeExpression, TreatmentId, other

ONE_DAY = (0, 0)
_BARE = 6
"""So many words at most are a day and little else ("and today?")."""


@dataclass(frozen=True)
class Timeline:
    """What a message says about when: times by treatment, and a gap between the two."""

    times: tuple[tuple[TreatmentId, TreatmentTime], ...] = ()
    gap: Days | None = None
    """The shortest and longest number of days between the two treatments, where a length was named."""
    gap_doubtful: bool = False
    loose: tuple[TimeExpression, ...] = ()
    """Times that belong to no event of this message; an earlier turn may have asked for them."""
    told_first: TreatmentId | None = None
    """The treatment put first in the telling, for dates that leave it open ("tox the 1st, needling the 16th")."""
    unexplained: bool = False
    """Some time or number neither belongs to a treatment nor to anything else: no verdict can be given."""
    contradicts: bool = False
    """Beside the loose times, a number or a second gap is left unexplained."""
    gap_first: TreatmentId | None = None
    """The treatment that the gap counts from, where the words say it."""
    denied: tuple[TimeExpression, ...] = ()
    """Dates that do not hold ("not the 5th, the 15th"); an earlier turn may have told them."""

    def time_of(self, treatment: TreatmentId) -> TreatmentTime:
        """Return what is known of one treatment's time."""
        return dict(self.times).get(treatment, TreatmentTime())

    @property
    def says_when(self) -> bool:
        """True when any date, period or gap is in play."""
        return bool(self.times) or self.gap is not None or bool(self.loose)


def read_timeline(sentence: Sentence, direction: Direction, pair: Pair, today: date) -> Timeline:
    """Lay the times of a message on its events.

    Args:
        sentence: The message with treatments and times in place.
        direction: What was read about order and tense.
        pair: The two treatments in question.
        today: The clinic's day, for lengths counted from now.
    """
    whens = counted_less(sentence, sentence.whens)
    points, denied = points_told(sentence, [w for w in whens if w.expression.kind == "point"])
    lengths = [w for w in whens if w.expression.kind == "length" and not _names_one_day(sentence, w)]
    timeline = _Reader(Layout(sentence, (*points, *lengths)), direction, pair, today).read(points, lengths)
    return replace(timeline, denied=tuple(w.expression for w in denied))


def _is_rough(bound: Bound) -> bool:
    """Days come before what only surrounds them ("the last opening before Christmas is Nov 28")."""
    return bound.open_ended or bound.when.expression.vague


def _names_one_day(sentence: Sentence, when: When) -> bool:
    """As in "both in one day": said of a single day, no length."""
    counted = any(sentence.cues.at(label, when.end) for label in ("counts_on", "counts_back"))
    return not counted and any(c.start < when.end and when.start < c.end for c in sentence.cues.of("same_day"))


class _Reader:
    def __init__(self, layout: Layout, direction: Direction, pair: Pair, today: date) -> None:
        self.layout, self.direction, self.pair, self.today = layout, direction, pair, today
        self.sentence = layout.sentence
        self.touched_up = self.sentence.cues.has("touch_up")
        self.given: Given = {}
        self.gaps: list[tuple[Days, TreatmentId | None]] = []
        self.loose: list[TimeExpression] = []
        self.doubtful = False

    def read(self, points: Sequence[When], lengths: Sequence[When]) -> Timeline:
        told = read_lengths(self.layout, lengths)
        points = [w for w in points if not is_no_date(self.layout, w, self.today)]
        bound = self._bound(points, told.counts)
        for each in sorted((b for b in bound if b.when.expression.kind == "point"), key=_is_rough):
            self._take(each, told.counts)
        self._take_called_off(bound)
        self._take_counts(_of_visits(told.counts, bound), bound)
        self._take_lengths(told)
        return self._timeline(points, bound) if self.sentence.places else self._without_names()

    def _take_lengths(self, told: Lengths) -> None:
        self.loose += [b.when.expression for b in self._bound(told.loose, ()) if not self._is_elsewhere(b)]
        if self.sentence.places:
            self.gaps += [(w.expression.days, None) for w in told.gaps if w.expression.days]
        else:
            self.loose += [w.expression for w in told.gaps]  # an earlier turn says between what
        self.doubtful = any(w.expression.doubtful for w in (*told.gaps, *(c.when for c in told.counts)))

    def _bound(self, points: Sequence[When], counts: Sequence[Count]) -> list[Bound]:
        bases = {c.when: c.base for c in counts if c.base is None or c.base.treatment is None}
        return Binder(self.layout, bases, self.today).bind(sorted([*points, *bases], key=lambda w: w.start))

    # Dates.
    def _take(self, bound: Bound, counts: Sequence[Count]) -> None:
        expression = bound.when.expression
        if self._is_left_over(bound):
            self.loose.append(replace(expression, tense=self._tense_moved(bound.when)))
        if self._tells_day(bound) and not self._ends_a_count(bound, counts):
            doubtful, tense = expression.doubtful or bound.open_ended, self._tense_moved(bound.when)
            for treatment in (t for t in bound.treatments if not self._repeats_day(t, expression)):
                self._give(treatment, replace(expression, doubtful=doubtful, tense=tense))

    def _tells_day(self, bound: Bound) -> bool:
        """It holds, and tells more than is known: "before the holidays", "this week" say nothing beside a day."""
        rough = _is_rough(bound) and not self.touched_up
        more = not rough or not self._is_told_closer(bound)
        return more and not (bound.called_off or self._is_this_year(bound.when.expression))

    def _is_told_closer(self, bound: Bound) -> bool:
        """Tell whether a stretch of time says nothing beside the days told, or beside one that may be the visit's."""
        at_once = bound.open_ended and self.sentence.cues.has("same_day")
        left = any(e.kind == "point" and not e.vague for e in self.loose)
        return at_once or left or all(t in self.given for t in bound.treatments)

    def _is_left_over(self, bound: Bound) -> bool:
        """A day that nothing governs; today, a season, "a Sunday" and "until then" tell about when the story is."""
        expression, before = bound.when.expression, bound.when.start - 1
        said = bound.open_ended or self.sentence.cues.at("indefinite", before)
        alone = len(self.sentence.words) <= _BARE or self.sentence.cues.has("supposes")
        beside = self._is_now(expression) and (self.sentence.places or not alone)
        return not (bound.events or said or beside or is_season(expression))

    def _take_called_off(self, bound: Sequence[Bound]) -> None:
        """A day that was called off is in doubt, and counts for nothing where another one was told."""
        for each in (b for b in bound if b.called_off):
            for treatment in (t for t in each.treatments if t not in self.given):
                self._give(treatment, replace(each.when.expression, doubtful=True))

    def _repeats_day(self, treatment: TreatmentId, told: TimeExpression) -> bool:
        """As in "needling is May 28, 2027 ... is the 28th far enough from it?": by its number the day told before."""
        days = {p.first.day for e in self.given.get(treatment, ()) if len(e.readings) == 1 for p in e.readings}
        return is_bare_day(told) and told.readings[0].first.day in days

    def _ends_a_count(self, bound: Bound, counts: Sequence[Count]) -> bool:
        """As in "day 12 after Botox today": the day that the count has reached."""
        return self._is_now(bound.when.expression) and any(c.passed and c.base in bound.events for c in counts)

    def _is_now(self, expression: TimeExpression) -> bool:
        return expression.readings == (Period(self.today, self.today),)

    def _is_this_year(self, expression: TimeExpression) -> bool:
        """As in "this year I'd like to add needling": a season or a year that is not over tells no day."""
        return is_season(expression) and all(p.first <= self.today <= p.last for p in expression.readings)

    def _tense_moved(self, when: When) -> Tense | None:
        """As in "they moved my Botox to the 20th": a visit that is moved lies ahead, if any day is left."""
        moved = self.sentence.cues.within("moves", self.layout.segment_of(when.start)[0], when.start)
        ahead = moved is not None and any(p.last >= self.today for p in when.expression.readings)
        return "future" if ahead and not when.expression.tense else self._tense_told(when)

    def _tense_told(self, when: When) -> Tense | None:
        """As in "which was on Thursday", "is the 12th": the verb right before a day that may be past or to come."""
        cues, expression = self.sentence.cues, when.expression
        before = next((i for i in range(when.start - 1, -1, -1) if not cues.at("on_the", i)), 0)
        over = all(p.last < self.today for p in expression.readings)
        if expression.tense or (len(expression.readings) < 2 and not over):
            return expression.tense
        return "past" if cues.at("was", before) else "future" if cues.at("will_be", before) and not over else None

    def _tense_of(self, treatment: TreatmentId, bound: Sequence[Bound], points: Sequence[When]) -> Tense | None:
        """The tense of the sentences that date a treatment: "I've had needling before. My needling is on Nov 25"."""
        told = self._status_where_dated(treatment, bound)
        tense = tense_in(self.sentence, self.direction, treatment, self.given, points)
        if len(told) != 1:
            return tense
        ahead = all(p.first > self.today for e in self.given[treatment] for p in e.readings)
        if ahead and (None in told or self.sentence.cues.has("if_done", "supposes")):
            return None  # "I've had needling before. Needling Dec 3?", "if I had it on Dec 3"
        return tense_of(next(iter(told))) or tense

    def _status_where_dated(self, treatment: TreatmentId, bound: Sequence[Bound]) -> set[Status | None]:
        dated = [b for b in bound if treatment in b.treatments and not b.when.expression.vague]
        named = [(p, b) for b in dated for p in self.sentence.places_of(treatment) if b.events[0].start == p.start]
        return {status_at(self.sentence, p) for p, b in named if self.layout.segment_of(p.start)[1] >= b.when.start}

    def _is_elsewhere(self, length: Bound) -> bool:
        """A length told of something else ("my membership runs for 8 months"), or what the dates told say as well."""
        if length.events and not length.treatments:
            return True
        return self._is_their_distance(length.when)

    def _is_their_distance(self, length: When) -> bool:
        """Tell whether so many days lie between two of the dates told, or between one and today."""
        days = {self.today, *(p.first for found in self.given.values() for e in found for p in e.readings if p.is_day)}
        exact = set(length.expression.days or ())
        return len(exact) == 1 and exact <= {abs((one - two).days) for one, two in combinations(days, 2)}

    def _give(self, treatment: TreatmentId, expression: TimeExpression) -> None:
        self.given.setdefault(treatment, []).append(expression)

    # Lengths.
    def _take_counts(self, counts: Sequence[Count], bound: Sequence[Bound]) -> None:
        placed = {b.when: b.treatments for b in bound if b.treatments}
        for count in counts:
            self._take_count(count, placed.get(count.when, ()))
        self._take_before_event([(c, placed.get(c.when, ())) for c in counts if c.base and not c.base.treatment], bound)

    def _take_count(self, count: Count, placed: Sequence[TreatmentId]) -> None:
        if count.base is None:
            self._take_named_before(count, placed)
        elif count.base.treatment:
            self._take_own(count, count.base.treatment)

    def _take_own(self, count: Count, base: TreatmentId) -> None:
        """A length from one of the two: today's distance from it, or the other one's."""
        if not count.passed:
            self.gaps.append((count.days, base))
            return
        if len(self.given) == len(self.pair) and self._is_their_distance(count.when):
            return  # "botox le 2 novembre, microneedling le 12, ça fait 10 jours"
        ends = [Period(self.today, self.today), *(self._other_days(base) if count.open else ())]
        back = tuple(_shifted(end, (-count.days[1], -count.days[0])) for end in ends)
        self._give(base, _point(count.when, tuple(dict.fromkeys(back))))

    def _other_days(self, base: TreatmentId) -> list[Period]:
        return [r for t, found in self.given.items() if t != base for e in found for r in e.readings]

    def _take_named_before(self, count: Count, placed: Sequence[TreatmentId]) -> None:
        """As in "needling 3 weeks later", "and 10 days later for the needling?": from the other one."""
        named = [e.treatment for e in self.layout.events if e.treatment and e.end <= count.when.start]
        first = next((t for t in reversed(named) if t not in placed), None)
        if first or (count.forward and self._is_alone_behind(named)):
            self.gaps.append((count.days, first if placed else None))
        else:
            self.loose.append(count.when.expression)

    def _is_alone_behind(self, before: Sequence[TreatmentId]) -> bool:
        return not before and len(self.sentence.treatments) == 1

    def _take_before_event(self, told: Sequence[tuple[Count, Sequence[TreatmentId]]], bound: Sequence[Bound]) -> None:
        """As in "6 weeks before my wedding and 3 weeks before": dates with the event's day, else a gap and an order."""
        self.loose += [c.when.expression for c in self._leading_up(told)]
        placed_by = [(count, placed[0]) for count, placed in told if placed]
        undated = [(c, t) for c, t in placed_by if not self._give_days(c, t, self._days_of(c.base, bound))]
        if not self._is_gap(undated):
            self.loose += [c.when.expression for c, _ in undated]

    def _leading_up(self, told: Sequence[tuple[Count, Sequence[TreatmentId]]]) -> list[Count]:
        """Lengths back from an event that no treatment has: with both days told, they tell something else."""
        both_told = len(self.given) == len(self.pair)
        return [] if both_told else [count for count, placed in told if not placed and not count.forward]

    def _give_days(self, count: Count, treatment: TreatmentId, days: Sequence[Period]) -> bool:
        for day in days:
            self._give(treatment, _point(count.when, (_shifted(day, count.days),)))
        return bool(days)

    def _is_gap(self, undated: Sequence[tuple[Count, TreatmentId]]) -> bool:
        """Take two lengths from one event as the gap that lies between them."""
        if len(undated) != 2 or len({t for _, t in undated}) < 2 or len({self._key(c.base) for c, _ in undated}) > 1:
            return False
        (one, first), (two, _) = sorted(undated, key=lambda each: each[0].days)
        gap = two.days[0] - one.days[1], two.days[1] - one.days[0]
        self.gaps.append((gap, None if gap == ONE_DAY else first))
        return True

    def _days_of(self, event: Event | None, bound: Sequence[Bound]) -> list[Period]:
        """The day of an event that is planned towards: the next one, unless it was told to be over."""
        mine = [b for b in bound if any(self._key(e) == self._key(event) for e in b.events if not e.treatment)]
        days = [resolve(b.when.expression, self._tense_told(b.when) or "future", self.today) for b in mine]
        return [r for day in days for r in day.readings[:1] if r.is_day]

    def _key(self, event: Event | None) -> str:
        """The last word of what something is called: the same for "my wedding", "the wedding" and "getting married"."""
        if event and self.sentence.says("wedding", event.start, event.end):
            return "wedding"
        words = [w for w in self.sentence.words[event.start : event.end] if w[:1].isalpha()] if event else []
        return words[-1] if words else ""

    # All of it.
    def _timeline(self, points: Sequence[When], bound: Sequence[Bound]) -> Timeline:
        order = implied_order(self.sentence, self.direction)
        times = self._times(points, bound, order)
        self.loose = still_open(self.loose, times, self.layout)
        times = self._by_elimination(times)
        gap, first = self._gap(points, bound)
        if gap and first:
            times = _without_history(times, first)
        if len(times) == 1:
            times = self._with_the_other(times, gap, first)
        contradicts = stray_numbers(self.layout) or len({g for g, _ in self.gaps}) > 1
        return Timeline(
            tuple(times.items()),
            gap,
            self.doubtful and gap is not None,
            tuple(self.loose),
            order[0] if order and len(times) > 1 else None,
            bool(self.loose) or contradicts,
            contradicts,
            first,
        )

    def _by_elimination(self, times: Times) -> Times:
        found = by_elimination(self.loose, times, self.layout, self.direction)
        self.loose = [] if found else self.loose
        return {**times, **found}

    def _times(self, points: Sequence[When], bound: Sequence[Bound], order: Pair | None) -> Times:
        tenses = {t: self._tense_of(t, bound, points) for t in self.given}
        times = {t: merged(found, tenses[t], self.today) for t, found in self.given.items()}
        times = of_one_month(in_step(times, self.given, points), self.given, tenses, self.today)
        return in_order(times, order)

    def _with_the_other(self, times: Times, gap: Days | None, first: TreatmentId | None) -> Times:
        """Both on one day, or "needling on Dec 20, 9 days after my tox": the other one's day is plainly implied."""
        ((treatment, time),) = times.items()
        if gap == ONE_DAY:
            return dict.fromkeys(self.pair, time)
        if gap is None or first is None or first == treatment:
            return times
        back = (-gap[1], -gap[0])
        return {**times, first: replace(time, readings=tuple(_shifted(p, back) for p in time.readings))}

    def _without_names(self) -> Timeline:
        """As in "it was Nov 3", or "both are booked for Dec 5"."""
        if len(self.loose) == 1 and self.loose[0].kind == "point" and self.sentence.cues.has("both"):
            return Timeline(tuple((t, resolve(self.loose[0], None, self.today)) for t in self.pair), ONE_DAY)
        return Timeline(loose=tuple(self.loose))

    def _gap(self, points: Sequence[When], bound: Sequence[Bound]) -> tuple[Days | None, TreatmentId | None]:
        if self._is_one_day(points, bound):
            return ONE_DAY, None
        if not self.gaps:
            return None, None
        (shortest, longest), first = self.gaps[0]
        if longest < 0:  # before it
            return (-longest, -shortest), other(self.pair, first) if first else None
        return (shortest, longest), first if (shortest, longest) != ONE_DAY else None

    def _is_one_day(self, points: Sequence[When], bound: Sequence[Bound]) -> bool:
        clocked = any(e.rule == "clock" for e in self.direction.evidence) and len(points) <= 1
        together = self.sentence.cues.has("both", "same_day") and any(len(b.treatments) == 2 for b in bound)
        return clocked or (together and not self._is_vague(bound))

    def _is_vague(self, bound: Sequence[Bound]) -> bool:
        """As in "both this winter", but not "both on the same day last year"."""
        return not self.sentence.cues.has("same_day") and any(b.when.expression.vague for b in bound)


def _of_visits(counts: Sequence[Count], bound: Sequence[Bound]) -> list[Count]:
    """Leave out the lengths that something else is told to lie before an event ("hair trial is 8 weeks before")."""
    elsewhere = {b.when for b in bound if b.events and not b.treatments}
    return [c for c in counts if c.forward or c.when not in elsewhere]


def _without_history(times: Times, first: TreatmentId) -> Times:
    """Leave out what was before, beside a gap from a day ("needling ten days after; my last needling was in 2024")."""
    begins = min((p.first for p in times.get(first, TreatmentTime()).readings), default=date.min)
    old = [t for t, time in times.items() if t != first and all(p.last < begins for p in time.readings)]
    return {t: time for t, time in times.items() if t not in old} if first in times else times


def _shifted(period: Period, days: Days) -> Period:
    return Period(period.first + timedelta(days=days[0]), period.last + timedelta(days=days[1]))


def _point(when: When, readings: tuple[Period, ...]) -> TimeExpression:
    return replace(when.expression, kind="point", readings=readings, days=None)
