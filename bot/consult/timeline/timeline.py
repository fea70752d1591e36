"""Which date belongs to which treatment: the times of a message laid on its treatments.

"Tox was Nov 3, needling is the 12th": the reader of dates finds two expressions, the reader of direction two
treatments; here each date finds its treatment, by nearness, tense and clause, and what the tense rules out goes.
Nothing here knows how long anyone should wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product

from bot.consult.reading.direction import Direction, Pair, Status
from bot.consult.reading.sentence import Place, Sentence, When
from bot.consult.timeline.lengths import counted_less, ends_a_count, lengths_told
from bot.consult.timeline.open_dates import (
    Given,
    TreatmentTime,
    implied_order,
    in_order,
    in_step,
    merged,
    tense_beside,
    tense_in,
    tense_of,
)
from bot.consult.timeline.told_dates import coming, is_habit, points_told
from bot.consult.types import Tense, TimeExpression, TreatmentId

_BOUNDARY_COST = 4
_TENSE_COST = 9
_UNNAMED_COST = 7
_SECOND_DATE_COST = 6
_AND = (("and",), ("&",), ("n",), ("et",), ("and", "then"), ("and", "on"))


@dataclass(frozen=True)
class Timeline:
    """What a message says about when: times by treatment, and a gap between the two."""

    times: tuple[tuple[TreatmentId, TreatmentTime], ...] = ()
    gap: tuple[int, int] | None = None
    """The shortest and longest number of days between the two treatments, where a length was named."""
    gap_doubtful: bool = False
    loose: tuple[TimeExpression, ...] = ()
    """Times that belong to no treatment of this message; an earlier turn may have asked for them."""
    told_first: TreatmentId | None = None
    """The treatment put first in the telling, for dates that leave it open ("tox the 1st, needling the 16th")."""

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
    whens = counted_less(sentence, [w for w in sentence.whens if not is_habit(sentence, w)])
    points = points_told(sentence, [w for w in whens if w.expression.kind == "point"])
    lengths = [w for w in whens if w.expression.kind == "length" and not _names_one_day(sentence, w)]
    if not sentence.places:
        return Timeline(loose=tuple(w.expression for w in (*points, *lengths)))
    elapsed, gap = lengths_told(sentence, direction, pair, lengths, today)
    points = [w for w in points if not ends_a_count(sentence, w, lengths, elapsed, today)]
    given = _assign(sentence, direction, pair, coming(points, direction, today))
    clocked = any(e.rule == "clock" for e in direction.evidence) and len(points) <= 1
    if clocked or _share_a_day(sentence, direction, points):
        return _one_day(given, pair, direction, today)
    for treatment, when in elapsed:
        given.setdefault(treatment, []).append(when)
    tenses = {
        t: tense_in(direction, t, given) or _looked_back(sentence) or tense_beside(sentence, direction, t, points)
        for t in given
    }
    times = {t: merged(found, tenses[t], today) for t, found in given.items()}
    order = implied_order(sentence, direction)
    times = in_order(in_step(times, given, points), given, order, direction, today)
    doubtful = any(w.expression.doubtful for w in lengths) if gap else False
    return Timeline(tuple(times.items()), gap, doubtful, told_first=order[0] if order and len(times) > 1 else None)


def _looked_back(sentence: Sentence) -> Tense | None:
    """As in "had tox on the 3rd and needling on the 12th, was that too close?": all of it is over."""
    return "past" if sentence.cues.has("looks_back") else None


def _names_one_day(sentence: Sentence, when: When) -> bool:
    """As in "both in one day": said of a single day, no length."""
    return any(cue.start < when.end and when.start < cue.end for cue in sentence.cues.of("same_day"))


def _share_a_day(sentence: Sentence, direction: Direction, points: Sequence[When]) -> bool:
    """As in "Both on Dec 5": one day for two treatments, neither or both of which are behind the speaker."""
    if not sentence.cues.has("same_day") and any(point.expression.vague for point in points):
        return False  # "both this winter"
    together = sentence.cues.has("both", "same_day") and len(sentence.treatments) == 2
    done = sum(status == "done" for _, status in direction.status)
    return together and len(points) == 1 and done != 1


def _one_day(given: Given, pair: Pair, direction: Direction, today: date) -> Timeline:
    """As in "Tox at noon, needling at 1": both on one day, named or not."""
    times = tuple((t, merged(found, tense_of(direction.status_of(t)), today)) for found in given.values() for t in pair)
    return Timeline(times, gap=(0, 0))


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
    doubled = len(choice) - len(set(choice)) + 2 * _torn_apart(sentence, points, choice)
    return (
        sum(_cost(sentence, direction, w, t) for w, t in zip(points, choice, strict=True)) + doubled * _SECOND_DATE_COST
    )


def _torn_apart(sentence: Sentence, points: Sequence[When], choice: Sequence[TreatmentId]) -> int:
    """Count the dates joined as in "2 rounds of tox, Oct 1 and Nov 10" that a choice divides, with dates to spare."""
    told = list(zip(points, choice, strict=True))
    joined = [one != two for (a, one), (b, two) in pairwise(told) if sentence.words[a.end : b.start] in _AND]
    return sum(joined) if len(points) > len(set(sentence.treatments)) else 0


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
