"""Which date belongs to which treatment: the times of a message laid on its treatments.

"Tox was Nov 3, needling is the 12th": the reader of dates finds two expressions, the reader of direction two
treatments; here each date finds its treatment, by nearness, tense and clause, and what the tense rules out goes.
Nothing here knows how long anyone should wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, product

from bot.consult.cues import Cue
from bot.consult.direction import Direction, Pair, Status
from bot.consult.sentence import Place, Sentence, When
from bot.consult.types import Period, Tense, TimeExpression, TreatmentId

_BOUNDARY_COST = 4
_TENSE_COST = 9
_UNNAMED_COST = 7
_SECOND_DATE_COST = 6
_WEEK = 7
_MOST_OF_A_YEAR = 300
_ABOUT_AS_NEAR = 1.6
_CLOSE = 6


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
Times = dict[TreatmentId, TreatmentTime]


@dataclass(frozen=True)
class Timeline:
    """What a message says about when: times by treatment, and a gap between the two."""

    times: tuple[tuple[TreatmentId, TreatmentTime], ...] = ()
    gap: tuple[int, int] | None = None
    """The shortest and longest number of days between the two treatments, where a length was named."""
    gap_doubtful: bool = False
    loose: tuple[TimeExpression, ...] = ()
    """Times that belong to no treatment of this message; an earlier turn may have asked for them."""

    def time_of(self, treatment: TreatmentId) -> TreatmentTime:
        """Return what is known of one treatment's time."""
        return dict(self.times).get(treatment, TreatmentTime())

    @property
    def says_when(self) -> bool:
        """True when any date, period or gap is in play."""
        return bool(self.times) or self.gap is not None or bool(self.loose)


def read_timeline(sentence: Sentence, direction: Direction, pair: Pair, today: date) -> Timeline:
    """Lay the times of a message on its treatments.

    Args:
        sentence: The message with treatments and times in place.
        direction: What was read about order and tense.
        pair: The two treatments in question.
        today: The clinic's day, for lengths counted from now.
    """
    whens = [w for w in sentence.whens if not _is_habit(sentence, w)]
    points = [w for w in whens if w.expression.kind == "point" and not _of_an_event(sentence, w)]
    points = _either(sentence, _in_one_month(_corrected(sentence, points)))
    lengths = [w for w in whens if w.expression.kind == "length"]
    if not sentence.places:
        return Timeline(loose=tuple(w.expression for w in (*points, *lengths)))
    elapsed, gap = _lengths(sentence, direction, pair, lengths, today)
    points = [w for w in points if not _ends_a_count(sentence, w, lengths, elapsed, today)]
    given = _assign(sentence, direction, pair, _coming(points, direction, today))
    clocked = any(e.rule == "clock" for e in direction.evidence) and len(points) <= 1
    if clocked or _share_a_day(sentence, direction, points):
        return _one_day(given, pair, direction, today)
    for treatment, when in elapsed:
        given.setdefault(treatment, []).append(when)
    tenses = {t: _tense_in(direction, t, given) or _tense_beside(sentence, direction, t, points) for t in given}
    times = {t: _merge(found, tenses[t], today) for t, found in given.items()}
    times = _in_order(_in_step(times, given, points), given, _implied_order(sentence, direction), direction, today)
    doubtful = any(w.expression.doubtful for w in lengths) if gap else False
    return Timeline(tuple(times.items()), gap, doubtful)


def _share_a_day(sentence: Sentence, direction: Direction, points: Sequence[When]) -> bool:
    """As in "Both on Dec 5": one date for two treatments, neither of which is behind the speaker."""
    together = sentence.cues.has("both", "same_day") and len(sentence.treatments) == 2
    return together and len(points) == 1 and not any(status == "done" for _, status in direction.status)


def _one_day(given: Given, pair: Pair, direction: Direction, today: date) -> Timeline:
    """As in "Tox at noon, needling at 1": both on one day, named or not."""
    times = tuple((t, _merge(found, tense_of(direction.status_of(t)), today)) for found in given.values() for t in pair)
    return Timeline(times, gap=(0, 0))


def resolve(expression: TimeExpression, tense: Tense | None, today: date) -> TreatmentTime:
    """Read one expression in a tense: what the tense rules out goes, unless nothing would be left."""
    return _merge([expression], tense, today)


def _tense_in(direction: Direction, treatment: TreatmentId, given: Given) -> Tense | None:
    """The tense of a treatment's dates.

    Without any past tense, a weekday is the coming one, and a lone bare day ("the 9th") lies ahead as the other
    treatment does.
    """
    found = given[treatment]
    tense = tense_of(direction.status_of(treatment))
    if tense or any(status == "done" for _, status in direction.status):
        return tense
    planned = any(status == "planned" for _, status in direction.status) and len(given) == 1
    return "future" if all(_is_weekday(e) or (planned and _is_bare_day(e)) for e in found) else None


def _tense_beside(
    sentence: Sentence, direction: Direction, treatment: TreatmentId, points: Sequence[When]
) -> Tense | None:
    """As in "had tox Friday, needling Wed ok?": a weekday told in a clause of its own after what was done lies ahead."""
    others = [p for p in sentence.places if p.treatment != treatment]
    own = sentence.place_before(len(sentence.words))
    if direction.status_of(treatment) or not others or own is None or own.treatment != treatment:
        return None
    apart = sentence.stop_between(others[-1].end, own.start)
    weekday = any(_is_weekday(w.expression) and w.start >= own.end for w in points)
    return "future" if apart and weekday and others[-1].end <= own.start else None


def _is_bare_day(expression: TimeExpression) -> bool:
    """One day of the month, in more than one month; not "on Halloween", which is the same day of two years."""
    days = {p.first.day for p in expression.readings if p.is_day}
    a_year = any(_is_a_year_apart(p, expression.readings[0]) for p in expression.readings)
    return len(expression.readings) > 1 and len(days) == 1 and not a_year


def _is_weekday(expression: TimeExpression) -> bool:
    """Two readings a week apart, or two where today is one too: last week's day and this week's."""
    days = [p.first for p in expression.readings if p.is_day]
    return len(days) == len(expression.readings) == 2 and abs((days[0] - days[1]).days) in (_WEEK, 2 * _WEEK)


def tense_of(status: Status | None) -> Tense | None:
    """Return the tense of a treatment that was done or is planned."""
    return {"done": "past", "planned": "future"}.get(status or "")  # type: ignore[return-value]


def _of_an_event(sentence: Sentence, when: When) -> bool:
    """As in "my wedding is December 12", "our June wedding", "the months before June": no treatment's day."""
    events = sentence.cues.of("event")
    named_after_it = any(when.end <= cue.start <= when.end + 1 for cue in events) and not _names_a_place(sentence, when)
    return (
        named_after_it
        or any(_names_its_day(sentence, cue, when) for cue in events)
        or any(cue.end == when.start for cue in sentence.cues.of("run_up"))
    )


def _names_a_place(sentence: Sentence, when: When) -> bool:
    """A treatment right before the date has it: "tox on Saturday, party on Sunday"."""
    place = sentence.place_before(when.start, within=2)
    return bool(place) and not sentence.stop_between(place.end, when.start)  # type: ignore[union-attr]


def _names_its_day(sentence: Sentence, cue: Cue, when: When) -> bool:
    named = any(cue.end <= p.start < when.start for p in sentence.places)
    near = cue.end <= when.start <= cue.end + 3
    subject = sentence.place_before(cue.start, within=4)
    if subject and not sentence.stop_between(subject.end, cue.start):
        return False  # "needling for my birthday on Jan 9": the day of both
    return near and not named and not sentence.stop_between(cue.end, when.start)


def _corrected(sentence: Sentence, points: list[When]) -> list[When]:
    """As in "the 6th, no wait, the 16th": the date before such a word is taken back; "(not the 6th)" is none."""
    points = [point for point in points if len(points) == 1 or not _is_denied(sentence, point)]
    kept: list[When] = []
    for point in points:
        if kept and point.start - kept[-1].end <= _CLOSE and _takes_back(sentence, kept[-1].end, point.start):
            earlier = kept.pop()
            if not any(earlier.end <= p.start < point.start for p in sentence.places):
                point = replace(point, start=earlier.start, end=earlier.end)  # it belongs where the other one did
        kept.append(point)
    return kept


def _takes_back(sentence: Sentence, start: int, end: int) -> bool:
    said = any(start <= cue.start and cue.end <= end for cue in sentence.cues.of("corrects"))
    between = {p.treatment for p in sentence.places if start <= p.start < end}
    before = sentence.place_before(start)
    return said and (not between or (before is not None and between == {before.treatment}))


def _is_denied(sentence: Sentence, point: When) -> bool:
    before = sentence.words[max(0, point.start - 3) : point.start]
    return before[-1:] in (("not",), ("pas",)) and before[-2:-1] in (("(",), (",",), ("-",), (";",))


def _either(sentence: Sentence, points: list[When]) -> list[When]:
    """As in "tox on Nov 2 or 3": one date with the readings of both."""
    kept: list[When] = []
    for point in points:
        between = sentence.words[kept[-1].end : point.start] if kept else ()
        if between in _OR and not point.expression.impossible and not kept[-1].expression.impossible:
            one = kept.pop()
            point = replace(one, expression=_one_of(one.expression, point.expression), end=point.end)
        kept.append(point)
    return kept


def _one_of(one: TimeExpression, two: TimeExpression) -> TimeExpression:
    return replace(
        one,
        readings=tuple(dict.fromkeys((*one.readings, *two.readings))),
        alternatives=tuple(dict.fromkeys((*one.alternatives, *two.alternatives))),
        tense=one.tense if one.tense == two.tense else None,
        doubtful=one.doubtful or two.doubtful,
        vague=one.vague or two.vague,
    )


def _in_one_month(points: list[When]) -> list[When]:
    """As in "Botox on November 12, needling on the 25th": a bare day takes the month of the date named before it."""
    for earlier, later in pairwise(points):
        if len(earlier.expression.readings) == 1 and len(later.expression.readings) > 1:
            month = earlier.expression.readings[0].first.replace(day=1)
            same = tuple(p for p in later.expression.readings if p.is_day and p.first.replace(day=1) == month)
            if same and same[0].first > earlier.expression.readings[0].first and not _is_weekday(later.expression):
                later = replace(later, expression=replace(later.expression, readings=same))
                points = [later if p.start == later.start else p for p in points]
    return points


def _coming(points: list[When], direction: Direction, today: date) -> list[When]:
    """As in "tox in March, needling in June": a date told after a coming one is coming too, if about as near."""
    done = any(status == "done" for _, status in direction.status)
    ahead = [w for w in points if w.expression.readings and all(p.first > today for p in w.expression.readings)]
    if done or not ahead:
        return points
    told_after = [w.start > ahead[0].start for w in points]
    return [
        replace(w, expression=_next_year(w.expression, today)) if after else w
        for w, after in zip(points, told_after, strict=True)
    ]


def _next_year(expression: TimeExpression, today: date) -> TimeExpression:
    past = [p for p in expression.readings if p.last < today]
    later = [p for p in expression.alternatives if p.first > today]
    if expression.tense or len(past) != 1 or len(expression.readings) > 1 or not later:
        return expression
    nearly_as_near = (later[0].first - today).days <= _ABOUT_AS_NEAR * (today - past[0].first).days
    return replace(expression, readings=tuple(later)) if nearly_as_near else expression


def _is_habit(sentence: Sentence, when: When) -> bool:
    """As in "been getting tox for 3 years", "tox every 4 months since 2022": how long someone has kept at it."""
    cues = [c for c in sentence.cues.of("habit") if c.end <= when.start <= c.end + _CLOSE]
    kept_up = bool(_KEPT_UP & set(sentence.words[when.start - 2 : when.start + 2]))
    return kept_up and any(not sentence.stop_between(c.end, when.start) for c in cues)


def _ends_a_count(
    sentence: Sentence,
    point: When,
    lengths: Sequence[When],
    elapsed: Sequence[tuple[TreatmentId, TimeExpression]],
    today: date,
) -> bool:
    """As in "day 12 after Botox today": the day that the count has reached, not a day of the treatment."""
    counted = bool(elapsed) and point.expression.readings == (Period(today, today),)
    anchors = [anchor for when in lengths if (anchor := _anchor(sentence, when))]
    return counted and any(anchor.end <= point.start <= anchor.end + 1 for anchor in anchors)


def _in_step(times: Times, given: Given, points: Sequence[When]) -> Times:
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


def _implied_order(sentence: Sentence, direction: Direction) -> tuple[TreatmentId, TreatmentId] | None:
    """The order said, else the order of mention: people tell a plan from its beginning."""
    named = sentence.treatments
    if direction.asks_which or len(named) < 2:
        return None
    first = direction.first or named[0]
    return (first, next(t for t in named if t != first)) if first in named else None


def _in_order(
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


# Points: each expression goes to the treatment that costs least.
def _assign(sentence: Sentence, direction: Direction, pair: Pair, points: Sequence[When]) -> Given:
    points = points[:4]
    best = min(
        product(pair, repeat=len(points)),
        key=lambda choice: _total(sentence, direction, points, choice),
        default=(),
    )
    given: Given = {}
    for when, treatment in zip(points, best, strict=True):
        given.setdefault(treatment, []).append(when.expression)
    return given


def _total(sentence: Sentence, direction: Direction, points: Sequence[When], choice: Sequence[TreatmentId]) -> float:
    doubled = len(choice) - len(set(choice))
    return (
        sum(_cost(sentence, direction, w, t) for w, t in zip(points, choice, strict=True)) + doubled * _SECOND_DATE_COST
    )


def _cost(sentence: Sentence, direction: Direction, when: When, treatment: TreatmentId) -> float:
    places = [p for p in sentence.places if p.treatment == treatment]
    status = direction.status_of(treatment)
    near = min((_distance(sentence, when, p) for p in places), default=float(_UNNAMED_COST))
    return near + (_TENSE_COST if _clashes(when.expression.tense, status) else 0)


def _distance(sentence: Sentence, when: When, place: Place) -> float:
    """Tokens between, clause turns weighing more; a date is said after its treatment rather than before it."""
    if any(cue.start == place.start for cue in sentence.cues.of("touch_up")):
        return float(abs(when.start - place.end))
    if place.end <= when.start:
        return (when.start - place.end) * 0.9 + _BOUNDARY_COST * _crossings(sentence, place.end, when.start)
    return (place.start - when.end) + _BOUNDARY_COST * _crossings(sentence, when.end, place.start)


def _crossings(sentence: Sentence, start: int, end: int) -> int:
    others = sum(start <= p.start < end for p in sentence.places)
    return min(2, sentence.turns_between(start, end)) + others


def _clashes(tense: Tense | None, status: Status | None) -> bool:
    return (tense, status) in (("past", "planned"), ("future", "done"))


def _merge(found: Sequence[TimeExpression], tense: Tense | None, today: date) -> TreatmentTime:
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
    kept = [fit for reading in expression.readings if (fit := _in_tense(reading, expression, tense, today))]
    distinct = _of_one_year(tuple(dict.fromkeys(kept)))
    return distinct or tuple(p for p in expression.alternatives if _fits(p, tense, today)) or expression.readings


def _of_one_year(readings: tuple[Period, ...]) -> tuple[Period, ...]:
    """Leave out the same named day of another year: "on Halloween" is the nearest one. "11/12" stays two days."""
    return tuple(p for p in readings if not _is_a_year_apart(p, readings[0]) or _swaps(p.first, readings[0].first))


def _is_a_year_apart(one: Period, other: Period) -> bool:
    return abs((one.first - other.first).days) >= _MOST_OF_A_YEAR


def _swaps(one: date, other: date) -> bool:
    """Tell whether two days are one pair of figures read both ways."""
    return (one.day, one.month) == (other.month, other.day) != (one.month, one.day)


def _in_tense(reading: Period, expression: TimeExpression, tense: Tense | None, today: date) -> Period | None:
    same_day = (
        p for p in expression.alternatives if (p.first.month, p.first.day) == (reading.first.month, reading.first.day)
    )
    return next((p for p in (reading, *same_day) if _fits(p, tense, today)), None)


def _fits(period: Period, tense: Tense | None, today: date) -> bool:
    if tense == "past":
        return period.first <= today
    return tense != "future" or period.last >= today


# Lengths: time that has passed since a treatment, or the gap between the two.
def _lengths(
    sentence: Sentence, direction: Direction, pair: Pair, lengths: Sequence[When], today: date
) -> tuple[list[tuple[TreatmentId, TimeExpression]], tuple[int, int] | None]:
    elapsed, gap = [], None
    for when in lengths:
        treatment = _elapsed_since(sentence, direction, pair, when)
        if treatment:
            elapsed.append((treatment, _back_from(today, when.expression)))
        elif _is_gap(sentence, when) and not _is_hearsay(sentence, when):
            gap = when.expression.days
    return elapsed, gap


def _elapsed_since(sentence: Sentence, direction: Direction, pair: Pair, when: When) -> TreatmentId | None:
    """The treatment that a length has passed since: "3 weeks post tox", "it's been 10 days since my needling"."""
    anchor = _anchor(sentence, when)
    if not _has_passed(sentence, direction, when, anchor):
        return None
    if anchor:
        return anchor.treatment
    done = [t for t in pair if direction.status_of(t) == "done"]
    named = sentence.place_before(when.start) or sentence.place_after(when.end)
    return done[0] if len(done) == 1 else (named.treatment if named and not done else None)


def _anchor(sentence: Sentence, when: When) -> Place | None:
    """The treatment right behind "since/after/post" behind the length."""
    following = sentence.words[when.end : when.end + 3]
    if _is_numbered_day(sentence, when) and following[:1] in (("of",), ("with",)):
        place = sentence.place_after(when.end, within=3)
        return place if place and not sentence.stop_between(when.end, place.start) else None
    if not {
        "after",
        "post",
        "since",
        "from",
        "past",
        "out",
        "into",
        "following",
        "apres",
        "depuis",
        "aftr",
    } & set(following):
        return None
    place = sentence.place_after(when.end, within=6)
    return place if place and not sentence.stop_between(when.end, place.start) else None


def _has_passed(sentence: Sentence, direction: Direction, when: When, anchor: Place | None) -> bool:
    before = sentence.words[max(0, when.start - 4) : when.start]
    following = sentence.words[when.end : when.end + 1]
    if (
        following
        and following[0] in ("since", "out", "depuis", "past", "into", "in")
        and not {"wait", "waiting"} & set(before)
    ):
        return True
    if _BEEN & set(before) and not {"will", "would", "'ll", "apart", "wait", "enough", "waiting"} & set(before):
        return True
    if not anchor:
        return False
    starts_clause = when.start == 0 or sentence.words[when.start - 1][:1] in ".?!;,:" or bool(_ME & set(before[-2:]))
    return (
        (starts_clause or _is_numbered_day(sentence, when))
        and direction.status_of(anchor.treatment) != "planned"
        and not _asks_generally(sentence, when, anchor)
    )


def _is_numbered_day(sentence: Sentence, when: When) -> bool:
    """As in "on day 3 of Botox"."""
    return sentence.words[when.start] in ("day", "jour")


def _asks_generally(sentence: Sentence, when: When, anchor: Place) -> bool:
    """As in "2 weeks after botox is ok?" asks about a gap; "2 weeks after botox, needling tomorrow" tells of one."""
    tail = sentence.words[anchor.end : anchor.end + 3]
    return bool({"is", "enough", "ok", "okay", "fine", "suffit", "long"} & set(tail[:2]))


def _is_gap(sentence: Sentence, when: When) -> bool:
    near = range(max(0, when.start - 6), min(len(sentence.words), when.end + 8))
    beside = any(c.start in near for c in sentence.cues.of("gap"))
    return beside or len(sentence.treatments) > 1


def _is_hearsay(sentence: Sentence, when: When) -> bool:
    """As in "Your bot says 2 weeks": somebody's figure, not the user's plan, where own dates are there as well."""
    own_dates = any(w.expression.kind == "point" for w in sentence.whens)
    return own_dates and bool(_SAYING & set(sentence.words[max(0, when.start - 5) : when.start]))


def _back_from(today: date, expression: TimeExpression) -> TimeExpression:
    shortest, longest = expression.days or (0, 0)
    period = Period(today - timedelta(days=longest), today - timedelta(days=shortest))
    return replace(expression, kind="point", readings=(period,), tense="past", days=None)


_OR = (("or",), ("or", "on"), ("or", "the"), ("ou",), ("ou", "le"), ("or", "maybe"), ("or", "on", "the"))
_KEPT_UP = frozenset({"for", "since", "depuis", "over", "about", "the", "like", "almost", "nearly"})
_SAYING = frozenset(
    {
        "says",
        "say",
        "said",
        "told",
        "read",
        "heard",
        "recommended",
        "recommends",
        "article",
        "rule",
        "dit",
        "disent",
        "lu",
    }
)
_BEEN = frozenset({"been", "at", "now", "hit", "passed", "fait", "only", "already", "its", "it's"})
_ME = frozenset(
    {
        "is",
        "she's",
        "he's",
        "client",
        "patient",
        "i'm",
        "im",
        "am",
        "'m",
        "m",
        "at",
        "now",
        "je",
        "suis",
        "currently",
        "about",
        "just",
        "almost",
        "only",
        "exactly",
        "like",
    }
)
