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
    points = [w for w in sentence.whens if w.expression.kind == "point" and not _of_an_event(sentence, w)]
    points = _in_one_month(_corrected(sentence, points))
    lengths = [w for w in sentence.whens if w.expression.kind == "length"]
    if not sentence.places:
        return Timeline(loose=tuple(w.expression for w in (*points, *lengths)))
    given = _assign(sentence, direction, pair, _coming(points, direction, today))
    clocked = any(e.rule == "clock" for e in direction.evidence) and len(points) <= 1
    if clocked or _share_a_day(sentence, direction, points):
        return _one_day(given, pair, direction, today)
    elapsed, gap = _lengths(sentence, direction, pair, lengths, today)
    for treatment, when in elapsed:
        given.setdefault(treatment, []).append(when)
    times = tuple((t, _merge(found, _tense_in(direction, t, found), today)) for t, found in given.items())
    doubtful = any(w.expression.doubtful for w in lengths) if gap else False
    return Timeline(times, gap, doubtful)


def _share_a_day(sentence: Sentence, direction: Direction, points: Sequence[When]) -> bool:
    """As in "Both on Dec 5": one date for two treatments, neither of which is behind the speaker."""
    together = sentence.cues.has("both", "same_day") and len(sentence.treatments) == 2
    return together and len(points) == 1 and not any(status == "done" for _, status in direction.status)


def _one_day(given: dict[TreatmentId, list[TimeExpression]], pair: Pair, direction: Direction, today: date) -> Timeline:
    """As in "Tox at noon, needling at 1": both on one day, named or not."""
    times = tuple((t, _merge(found, tense_of(direction.status_of(t)), today)) for found in given.values() for t in pair)
    return Timeline(times, gap=(0, 0))


def resolve(expression: TimeExpression, tense: Tense | None, today: date) -> TreatmentTime:
    """Read one expression in a tense: what the tense rules out goes, unless nothing would be left."""
    return _merge([expression], tense, today)


def _tense_in(direction: Direction, treatment: TreatmentId, found: Sequence[TimeExpression]) -> Tense | None:
    """The tense of a treatment's dates.

    Without any past tense, a weekday is the coming one, and a bare day ("the 9th") lies ahead as the other
    treatment does.
    """
    tense = tense_of(direction.status_of(treatment))
    if tense or any(status == "done" for _, status in direction.status):
        return tense
    planned = any(status == "planned" for _, status in direction.status)
    return "future" if all(_is_weekday(e) or (planned and _is_bare_day(e)) for e in found) else None


def _is_bare_day(expression: TimeExpression) -> bool:
    """One day of the month, in more than one month."""
    days = {p.first.day for p in expression.readings if p.is_day}
    return len(expression.readings) > 1 and len(days) == 1


def _is_weekday(expression: TimeExpression) -> bool:
    """Two readings a few days apart: last week's day and this week's."""
    days = [p.first for p in expression.readings]
    return len(days) == 2 and abs((days[0] - days[1]).days) <= _WEEK


def tense_of(status: Status | None) -> Tense | None:
    """Return the tense of a treatment that was done or is planned."""
    return {"done": "past", "planned": "future"}.get(status or "")  # type: ignore[return-value]


def _of_an_event(sentence: Sentence, when: When) -> bool:
    """As in "my wedding is December 12": no treatment's day."""
    return any(_names_its_day(sentence, cue, when) for cue in sentence.cues.of("event"))


def _names_its_day(sentence: Sentence, cue: Cue, when: When) -> bool:
    named = any(cue.end <= p.start < when.start for p in sentence.places)
    near = cue.end <= when.start <= cue.end + 3
    subject = sentence.place_before(cue.start, within=4)
    if subject and not sentence.stop_between(subject.end, cue.start):
        return False  # "needling for my birthday on Jan 9": the day of both
    return near and not named and not sentence.stop_between(cue.end, when.start)


def _corrected(sentence: Sentence, points: list[When]) -> list[When]:
    """As in "the 6th, no wait, the 16th": the date before such a word is taken back."""
    pairs = [(earlier, later) for earlier, later in pairwise(points) if later.start - earlier.end <= _CLOSE]
    taken_back = {earlier.start for earlier, later in pairs if _takes_back(sentence, earlier.end, later.start)}
    return [point for point in points if point.start not in taken_back]


def _takes_back(sentence: Sentence, start: int, end: int) -> bool:
    said = any(start <= cue.start and cue.end <= end for cue in sentence.cues.of("corrects"))
    return said and not any(start <= p.start < end for p in sentence.places)


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


# Points: each expression goes to the treatment that costs least.
def _assign(
    sentence: Sentence, direction: Direction, pair: Pair, points: Sequence[When]
) -> dict[TreatmentId, list[TimeExpression]]:
    points = points[:4]
    best = min(
        product(pair, repeat=len(points)),
        key=lambda choice: _total(sentence, direction, points, choice),
        default=(),
    )
    given: dict[TreatmentId, list[TimeExpression]] = {}
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
        starts_clause
        and direction.status_of(anchor.treatment) != "planned"
        and not _asks_generally(sentence, when, anchor)
    )


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
