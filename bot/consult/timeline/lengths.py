"""What the lengths of time in a message are: time since a treatment, or the gap between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.consult.reading.direction import Direction, Pair
from bot.consult.reading.sentence import Place, Sentence, When
from bot.consult.types import Period, TimeExpression, TreatmentId


def lengths_told(
    sentence: Sentence, direction: Direction, pair: Pair, lengths: Sequence[When], today: date
) -> tuple[list[tuple[TreatmentId, TimeExpression]], tuple[int, int] | None]:
    """Tell the lengths that have passed since a treatment, as dates of it, from the gap between the two."""
    elapsed, gap = [], None
    for when in lengths:
        treatment = _elapsed_since(sentence, direction, pair, when)
        if treatment:
            elapsed.append((treatment, _back_from(today, when.expression)))
        elif _is_gap(sentence, when) and not _is_hearsay(sentence, when):
            gap = when.expression.days
    return elapsed, gap


def counted_less(sentence: Sentence, whens: Sequence[When]) -> list[When]:
    """Return the times with "2 weeks ago minus a day" made one: the day thirteen days back."""
    kept: list[When] = []
    for when in whens:
        if kept and when.expression.days and _is_taken_off(sentence, kept[-1], when):
            earlier, by = kept.pop(), timedelta(days=when.expression.days[0])
            nearer = tuple(Period(p.first + by, p.last + by) for p in earlier.expression.readings)
            when = replace(earlier, expression=replace(earlier.expression, readings=nearer), end=when.end)
        kept.append(when)
    return kept


def _is_taken_off(sentence: Sentence, ago: When, length: When) -> bool:
    told = length.expression.kind == "length" and sentence.words[ago.end - 1] == "ago"
    return told and sentence.words[ago.end : length.start] in (("minus",), ("less",))


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
    if _is_planned_at(sentence, direction, when):
        return False
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


def _is_planned_at(sentence: Sentence, direction: Direction, when: When) -> bool:
    """As in "can I do needling at 10 days": how long after the other one it is meant to be."""
    place = sentence.place_before(when.start, within=1)
    at = sentence.words[when.start - 1 : when.start] == ("at",)
    return at and place is not None and direction.status_of(place.treatment) == "planned"


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


def ends_a_count(
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
