"""Which of the dates in a message are told of a treatment, once events, corrections and habits are out of the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.consult.reading.cues import Cue
from bot.consult.reading.direction import Direction
from bot.consult.reading.sentence import Place, Sentence, When
from bot.consult.timeline.open_dates import is_weekday
from bot.consult.types import TimeExpression

_ABOUT_AS_NEAR = 1.6
_CLOSE = 6


def points_told(sentence: Sentence, whens: Sequence[When]) -> list[When]:
    """Return the dates that are told of a treatment, as corrected, each as the others make it plain.

    Args:
        sentence: The message with treatments, times and cues in place.
        whens: Its dates and periods.
    """
    told = [w for w in whens if not _of_an_event(sentence, w)]
    return _either(sentence, _in_one_month(_corrected(sentence, _of_treatments(sentence, told))))


def _of_treatments(sentence: Sentence, points: list[When]) -> list[When]:
    """As in "off to Mexico Jan 10. Tox Dec 15, needling Dec 28": what stands before both is told of something else."""
    if not sentence.places:
        return points
    first = sentence.places[0]
    own = [t for t in sentence.treatments if any(_has_its_own(sentence, p, points) for p in sentence.places_of(t))]
    if len(own) < len(sentence.treatments) or len(own) < 2:
        return points
    return [w for w in points if w.start >= first.end or not sentence.stop_between(w.end, first.start)]


def _has_its_own(sentence: Sentence, place: Place, points: Sequence[When]) -> bool:
    """A date behind a treatment, before any other treatment is named."""
    following = next((w for w in points if w.start >= place.end), None)
    return following is not None and not sentence.names_between(place.end, following.start)


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
    return place is not None and not sentence.stop_between(place.end, when.start)


def _names_its_day(sentence: Sentence, cue: Cue, when: When) -> bool:
    named = sentence.names_between(cue.end, when.start)
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
        if kept and (_is_moved(sentence, kept[-1], point) or _takes_back(sentence, kept[-1].end, point.start)):
            earlier = kept.pop()
            if not sentence.names_between(earlier.end, point.start):
                point = replace(point, start=earlier.start, end=earlier.end)  # it belongs where the other one did
        kept.append(point)
    return kept


def _is_moved(sentence: Sentence, earlier: When, later: When) -> bool:
    """As in "moved my tox from Nov 27 to Dec 4"."""
    from_to = sentence.words[earlier.start - 1 : earlier.start] == ("from",) and later.start - earlier.end <= 2
    return from_to and bool(_MOVED & set(sentence.words[max(0, earlier.start - _CLOSE) : earlier.start]))


def _takes_back(sentence: Sentence, start: int, end: int) -> bool:
    if end - start > _CLOSE:
        return False
    said = any(start <= cue.start and cue.end <= end for cue in sentence.cues.of("corrects"))
    said = said or any(
        start <= cue.start and sentence.words[cue.end : end] in ((), ("the",), ("on",), ("on", "the"))
        for cue in sentence.cues.of("moved_to")
        if cue.end <= end
    )
    between = {p.treatment for p in sentence.places if start <= p.start < end}
    before = sentence.place_before(start)
    return said and (not between or (before is not None and between == {before.treatment}))


def _is_denied(sentence: Sentence, point: When) -> bool:
    before = sentence.words[max(0, point.start - 3) : point.start]
    apart = before[-2:-1] in (("(",), (",",), ("-",), (";",)) or sentence.cues.has("corrects")
    return before[-1:] in (("not",), ("pas",)) and apart


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
            if same and same[0].first > earlier.expression.readings[0].first and not is_weekday(later.expression):
                later = replace(later, expression=replace(later.expression, readings=same))
                points = [later if p.start == later.start else p for p in points]
    return points


def coming(points: list[When], direction: Direction, today: date) -> list[When]:
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


def is_habit(sentence: Sentence, when: When) -> bool:
    """As in "been getting tox for 3 years", "tox every 4 months since 2022": how long someone has kept at it."""
    cues = [c for c in sentence.cues.of("habit") if c.end <= when.start <= c.end + _CLOSE]
    kept_up = bool(_KEPT_UP & set(sentence.words[when.start - 2 : when.start + 2]))
    return kept_up and any(not sentence.stop_between(c.end, when.start) for c in cues)


_OR = (("or",), ("or", "on"), ("or", "the"), ("ou",), ("ou", "le"), ("or", "maybe"), ("or", "on", "the"))
_MOVED = frozenset({"moved", "pushed", "bumped", "changed", "switched", "rescheduled", "shifted", "postponed", "move"})
_KEPT_UP = frozenset({"for", "since", "depuis", "over", "about", "the", "like", "almost", "nearly"})
