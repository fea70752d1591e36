"""The dates of a message as corrected: what is taken back, denied, moved or left open by "or" is one date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.consult.reading.sentence import Sentence, When
from bot.consult.types import Period, TimeExpression

_CLOSE = 8


def points_told(sentence: Sentence, whens: Sequence[When]) -> tuple[list[When], list[When]]:
    """Return the dates of a message as corrected, each as the others make it plain, and those that do not hold.

    Args:
        sentence: The message with treatments, times and cues in place.
        whens: Its dates and periods.
    """
    ends = {when.end for when in whens}
    denied = [w for w in whens if len(whens) > 1 and (_is_denied(sentence, w) or _is_set_against(sentence, w, ends))]
    return _either(sentence, _corrected(sentence, [w for w in whens if w not in denied])), denied


def counted_less(sentence: Sentence, whens: Sequence[When]) -> list[When]:
    """Return the times with "2 weeks ago minus a day" made one: the day thirteen days back."""
    kept: list[When] = []
    for when in whens:
        if (
            kept
            and when.expression.days
            and sentence.cues.at("taken_off", when.start - 1)
            and kept[-1].end == when.start - 1
        ):
            earlier, by = kept.pop(), timedelta(days=when.expression.days[0])
            nearer = tuple(Period(p.first + by, p.last + by) for p in earlier.expression.readings)
            when = replace(earlier, expression=replace(earlier.expression, readings=nearer), end=when.end)
        kept.append(when)
    return kept


def _corrected(sentence: Sentence, points: list[When]) -> list[When]:
    """As in "the 6th, no wait, the 16th": the date before such a word is taken back."""
    kept: list[When] = []
    for point in points:
        if kept and any(replaces(sentence, kept[-1], point) for replaces in _REPLACES):
            earlier = kept.pop()
            if not sentence.names_between(earlier.end, point.start):
                point = replace(point, start=earlier.start, end=earlier.end)  # it belongs where the other one did
        kept.append(point)
    return kept


def _is_moved(sentence: Sentence, earlier: When, later: When) -> bool:
    """As in "moved my tox from Nov 27 to Dec 4"."""
    from_to = sentence.cues.at("from_day", earlier.start - 1) and later.start - earlier.end <= 2
    return from_to and sentence.cues.within("moves", max(0, earlier.start - _CLOSE), earlier.start) is not None


def _is_instead(sentence: Sentence, earlier: When, later: When) -> bool:
    """As in "needling is booked for Dec 3, I'd rather go the 26th instead"."""
    behind = any(sentence.cues.at("in_its_stead", i) for i in (later.end, later.end + 1))
    called_off = sentence.cues.within("called_off", *sentence.clause_of(later.start)) is not None
    return behind and not (called_off or sentence.names_between(earlier.end, later.start))


def _was_to_be(sentence: Sentence, earlier: When, later: When) -> bool:
    """As in "it was supposed to be Nov 5, but she fell ill and it got pushed to the 19th"."""
    planned = any(sentence.cues.at("was_to_be", i) for i in (earlier.start - 1, earlier.start - 2))
    moved = sentence.cues.within("moved_to", earlier.end, later.start)
    return planned and moved is not None and later.start - moved.end <= 1


def _takes_back(sentence: Sentence, earlier: When, later: When) -> bool:
    start, end = earlier.end, later.start
    near = end - start <= _CLOSE or any(0 <= end - cue.end <= 1 for cue in sentence.cues.of("corrects"))
    if not near or not _is_taken_back(sentence, start, end):
        return False
    between = {p.treatment for p in sentence.places if start <= p.start < end}
    before = sentence.place_before(start)
    return not between or (before is not None and between == {before.treatment})


def _is_taken_back(sentence: Sentence, start: int, end: int) -> bool:
    moved = sentence.cues.within("moved_to", start, end)
    return sentence.cues.within("corrects", start, end) is not None or (
        moved is not None and all(sentence.cues.at("on_the", i) for i in range(moved.end, end))
    )


def _is_denied(sentence: Sentence, point: When) -> bool:
    """As in "the 16th (not the 6th)"."""
    if any(cue.end == point.start for cue in sentence.cues.of("denies_outright")):
        return True
    denied = any(sentence.cues.at("denies", i) for i in range(max(0, point.start - 2), point.start))
    before = sentence.words[: point.start][-3:]
    apart = len(before) < 3 or any(word in ("(", ",", "-", ";") for word in before)
    return denied and (apart or sentence.cues.has("corrects"))


def _is_set_against(sentence: Sentence, point: When, ends: set[int]) -> bool:
    """As in "the 13th not the 3rd": denied right behind another date."""
    return sentence.cues.at("denies", point.start - 1) and point.start - 1 in ends


def _either(sentence: Sentence, points: list[When]) -> list[When]:
    """As in "tox on Nov 2 or 3": one date with the readings of both."""
    kept: list[When] = []
    for point in points:
        joined = kept and _is_or(sentence, kept[-1].end, point.start)
        if joined and not point.expression.impossible and not kept[-1].expression.impossible:
            one = kept.pop()
            point = replace(one, expression=_one_of(one.expression, point.expression), end=point.end)
        kept.append(point)
    return kept


def _is_or(sentence: Sentence, start: int, end: int) -> bool:
    return start < end <= start + 3 and sentence.says("or_day", start, start + 2)


def _one_of(one: TimeExpression, two: TimeExpression) -> TimeExpression:
    return replace(
        one,
        readings=tuple(dict.fromkeys((*one.readings, *two.readings))),
        alternatives=tuple(dict.fromkeys((*one.alternatives, *two.alternatives))),
        tense=one.tense if one.tense == two.tense else None,
        doubtful=one.doubtful or two.doubtful,
        vague=one.vague or two.vague,
    )


_REPLACES = (_is_moved, _takes_back, _is_instead, _was_to_be)
