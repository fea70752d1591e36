"""Which treatment comes first in what a message says or asks: read from its structure, not from its topic.

Bags of words cannot tell "A after B" from "B after A". Here each cue says something about the treatment beside
it: AFTER X puts X first, BEFORE X puts X second, and so on for "then", "first", numbered lists and tense. Every
piece of evidence names its rule, so that staff can see why (``tandem explain``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.consult.reading.cues import Cue
from bot.consult.reading.sentence import STRONG_STOPS, Place, Sentence
from bot.consult.types import TreatmentId

Status = Literal["done", "planned"]
Pair = tuple[TreatmentId, TreatmentId]


@dataclass(frozen=True)
class OrderClue:
    """One rule's word on the order; ``at`` is the token where it stands."""

    first: TreatmentId
    rule: str
    at: int


@dataclass(frozen=True)
class Direction:
    """The order that a message puts two treatments in."""

    first: TreatmentId | None = None
    asks_which: bool = False
    flips: bool = False
    """The message turns an earlier order round ("and the other way round?") without naming one."""
    joined: bool = False
    """Both stand side by side, in no order ("needling on my cheeks and Botox on my forehead")."""
    status: tuple[tuple[TreatmentId, Status], ...] = ()
    evidence: tuple[OrderClue, ...] = ()

    def status_of(self, treatment: TreatmentId) -> Status | None:
        """Return whether a treatment was done or is planned, if the message says so."""
        return dict(self.status).get(treatment)


def read_direction(sentence: Sentence, pair: Pair) -> Direction:
    """Read the order of a pair of treatments from a message.

    Args:
        sentence: The message with its treatments, times and cues in place.
        pair: The two treatments in question; a message that names one means the other by "it" or nothing.
    """
    status = tuple((t, s) for t in pair if (s := _status(sentence, t)))
    evidence = tuple(_Rules(sentence, pair).explicit())
    flips = sentence.cues.has("flip")
    if _asks_which(sentence, evidence):
        return Direction(asks_which=True, status=status, evidence=evidence)
    if evidence:
        said = _last_said(evidence)
        named = not flips or _flip_is_named(sentence, evidence)
        return Direction(said if named else _other(pair, said), status=status, evidence=evidence)
    evidence = () if flips else tuple(_from_status(pair, dict(status)))
    joined = not evidence and _stand_side_by_side(sentence)
    first = evidence[-1].first if evidence else None
    return Direction(first, flips=flips, joined=joined, status=status, evidence=evidence)


def _other(pair: Pair, treatment: TreatmentId) -> TreatmentId:
    return pair[1] if treatment == pair[0] else pair[0]


def _flip_is_named(sentence: Sentence, evidence: tuple[OrderClue, ...]) -> bool:
    """Tell whether the order is spelt out after the flip word, as in "other way round: needling, then Botox"."""
    flip = sentence.cues.of("flip")[0]
    before = set(sentence.words[max(0, flip.start - 4) : flip.start])
    if before & {"that", "this"} and before & {"is", "isn't", "isnt", "n't", "be"}:
        return True  # "needling goes ahead of the tox, is that backwards?" asks about the order told
    if before & {"supposed", "meant"}:
        return True  # "isn't it supposed to be the other way round?"
    following = sentence.words[flip.end : flip.end + 1]
    clocked = any(e.rule == "clock" for e in evidence) and sentence.places[0].start > flip.start
    return following != ("of",) and (clocked or any(e.at > flip.start for e in evidence))


def _stand_side_by_side(sentence: Sentence) -> bool:
    """Nothing but an "and" joins them."""
    pairs = ((left, right) for left, right in pairwise(sentence.places) if left.treatment != right.treatment)
    return any(_AND & set(sentence.words[left.end : right.start]) for left, right in pairs)


def _last_said(evidence: tuple[OrderClue, ...]) -> TreatmentId:
    """Take what the last clause says: people correct and ask at the end."""
    return max(evidence, key=lambda e: e.at).first


def _asks_which(sentence: Sentence, evidence: tuple[OrderClue, ...]) -> bool:
    if _corrects_itself(sentence):
        return False
    flips = sentence.cues.has("flip")
    if sentence.cues.has("which") and not (_only_names_the_order(sentence) and (evidence or flips)):
        return not (evidence and _is_that_the_order(sentence))
    return _either_or(sentence) or _before_or_after(sentence) or _is_told_both_ways(sentence, evidence)


def _is_told_both_ways(sentence: Sentence, evidence: tuple[OrderClue, ...]) -> bool:
    both_ways = len({e.first for e in evidence}) > 1 or (bool(evidence) and sentence.cues.has("flip"))
    return both_ways and any(word in ("or", "ou", "vs", "versus") for word in sentence.words)


def _only_names_the_order(sentence: Sentence) -> bool:
    """As in "So the order is A then B?", "what if the order is reversed?": the word alone asks for no choice."""
    return all(sentence.words[c.start : c.end] == ("the", "order") for c in sentence.cues.of("which"))


def _corrects_itself(sentence: Sentence) -> bool:
    """As in "A after B, or sorry, B after A": the last word counts."""
    return bool({"sorry", "mean", "meant", "oops", "correction", "pardon"} & set(sentence.words))


def _is_that_the_order(sentence: Sentence) -> bool:
    """As in "A then B, is that (is my list in) the right order?" puts A first; it does not ask for a choice."""
    cue = sentence.cues.of("which")[0]
    return bool({"that", "this", "list", "plan"} & set(sentence.words[max(0, cue.start - 3) : cue.start]))


def _either_or(sentence: Sentence) -> bool:
    """Two treatments with nothing but "or" between them: "Botox or needling first?"."""
    if sum(when.expression.kind == "point" for when in sentence.whens) > 1:
        return False  # the calendar tells: "botox/needling check: needling Nov 3, botox Nov 20"
    for left, right in pairwise(sentence.places):
        between = [w for i, w in enumerate(sentence.words[left.end : right.start], left.end) if _is_plain(sentence, i)]
        if left.treatment != right.treatment and len(between) <= 5 and {"or", "ou", "vs", "versus", "/"} & set(between):
            return not set(between) & {"then", "puis"}
    return False


def _is_plain(sentence: Sentence, index: int) -> bool:
    """Neither part of a time nor the "or" between two times, nor the stroke that ends one: "tox Nov 9 / pen Nov 25"."""
    before, after = sentence.when_at(index - 1), sentence.when_at(index + 1)
    ends_one = sentence.words[index] == "/" and (before or after)
    return not (sentence.when_at(index) or (before and after) or ends_one)


def _before_or_after(sentence: Sentence) -> bool:
    """As in "Before needling, or after?": both sides of it are asked."""
    for one, two in (("before", "after"), ("after", "before")):
        for left in sentence.cues.of(one):
            right = next((c for c in sentence.cues.of(two) if c.start > left.end), None)
            if right and {"or", "ou"} & set(sentence.words[max(left.end, right.start - 2) : right.start]):
                return True
    return False


def _from_status(pair: Pair, status: dict[TreatmentId, Status]) -> Iterator[OrderClue]:
    """A treatment that was done comes before one that was not."""
    done = [t for t in pair if status.get(t) == "done"]
    if len(done) == 1:
        yield OrderClue(done[0], "done", 0)


class _Rules:
    """The rules on one message; each yields evidence."""

    def __init__(self, sentence: Sentence, pair: Pair) -> None:
        self.s = sentence
        self.pair = pair

    def explicit(self) -> Iterator[OrderClue]:
        """Yield what order words say outright."""
        yield from self._anchored()
        yield from self._then()
        yield from self._ranked()
        yield from self._numbered()
        yield from self._between()
        yield from self._clocked()
        yield from self._day_zero()

    def _day_zero(self) -> Iterator[OrderClue]:
        """As in "if Botox is on day 0": the days count from that treatment."""
        for cue in self.s.cues.of("day_zero"):
            place = self.s.place_before(cue.start, within=5) or self.s.place_after(cue.end, within=4)
            if place and place.treatment in self.pair:
                yield self._put(place.treatment, True, "day_zero", cue.start)

    def _put(self, treatment: TreatmentId, first: bool, rule: str, at: int) -> OrderClue:
        return OrderClue(treatment if first else _other(self.pair, treatment), rule, at)

    # AFTER X: X first. BEFORE X: X second.
    def _anchored(self) -> Iterator[OrderClue]:
        for label, first in (("after", True), ("before", False), ("before_that", True)):
            for cue in self.s.cues.of(label):
                if self.s.words[cue.end - 1] == "of" and self._is_in_a_date(cue):
                    continue  # "the last days of December"; "3 days of Botox" is a length
                if (treatment := self._object(cue)) and treatment in self.pair:
                    yield self._put(treatment, first != self._negated(cue), label, cue.start)

    def _object(self, cue: Cue) -> TreatmentId | None:
        place = self.s.place_after(cue.end, within=8)
        word = self.s.words[cue.end] if cue.end < len(self.s.words) else ""
        if word in _PRONOUNS and self._pronoun_stands_alone(cue.end):
            return self._antecedent(cue)
        if place and not self._blocked(cue, place):
            return place.treatment
        return self._trailing(cue) if cue.label == "after" or self._counts_back(cue) else None

    def _counts_back(self, cue: Cue) -> bool:
        """As in "Booked for tox. Can I needle the week before?": not "have I had needling before?"."""
        counted = cue.label == "before" and self.s.words[cue.start - 1] in _UNITS
        return counted and not self.s.cues.within("event", 0, cue.start)

    def _pronoun_stands_alone(self, index: int) -> bool:
        following = self.s.words[index + 1 : index + 2]
        return not following or following[0] not in ("is", "'s", "was", "botox", "one") or following[0] == "one"

    def _antecedent(self, cue: Cue) -> TreatmentId | None:
        """The treatment that "it" means: not the one that the clause itself is about."""
        subject = self.s.place_before(cue.start, within=8)
        follows = self.s.place_after(cue.end, within=8)
        if subject and not self.s.stop_between(subject.end, cue.start):
            apart = follows is not None and follows.treatment != subject.treatment
            return subject.treatment if apart else _other(self.pair, subject.treatment)
        if follows:
            return _other(self.pair, follows.treatment)
        return subject.treatment if subject else None

    def _trailing(self, cue: Cue) -> TreatmentId | None:
        """As in "Botox, and needling after": an "after" without an object puts the treatment before it second."""
        place = self.s.place_before(cue.start, within=4)
        if (
            not place
            or self._negated(cue)
            or self.s.cues.at("needs_object", cue.start)
            or len({p.treatment for p in self.s.places if p.end <= cue.start}) < 2
        ):
            return None
        if self.s.stop_between(place.end, cue.start) or "how" in self.s.words[place.end : cue.start]:
            return None
        return _other(self.pair, place.treatment)

    def _blocked(self, cue: Cue, place: Place) -> bool:
        between = self.s.words[cue.end : place.start]
        stopped = self.s.stop_between(cue.end, place.start, STRONG_STOPS) or between[:1] in ((",",), ("or",), ("for",))
        if stopped or self._date_between(cue, place) or self.s.cues.within("event", cue.end, place.start):
            return True  # "how many weeks before a wedding should I start Botox"
        if cue.label == "after":
            return bool(_INVERSION & set(between)) or _asks_inverted(between)
        return any(
            c.start > cue.start and c.end <= place.start for c in (*self.s.cues.of("after"), *self.s.cues.of("then"))
        )

    def _date_between(self, cue: Cue, place: Place) -> bool:
        """As in "after Christmas": a date is what comes before, unless it is "my Christmas Botox"."""
        when = self.s.when_at(cue.end) or self.s.when_at(cue.end + 1)
        if not when or when.end > place.start or self.s.words[when.end] == "of":
            return False
        return not (place.start == when.end and self.s.words[when.start - 1] in ("my", "the", "your", "her", "his"))

    def _negated(self, cue: Cue) -> bool:
        before = self.s.words[max(0, cue.start - 2) : cue.start]
        return (
            before[-1:] == ("not",)
            or before == ("instead", "of")
            or before == ("rather", "than")
            or before[-1:] == ("pas",)
            or self._takes_back(cue)
        )

    def _takes_back(self, cue: Cue) -> bool:
        """As in "A after B, not B after A": the second order is denied, but "why not ..." denies none."""
        place = self.s.place_before(cue.start, within=0)
        earlier = (*self.s.cues.of("after"), *self.s.cues.of("before"))
        if place is None or not any(c.end <= place.start for c in earlier):
            return False
        return self.s.words[place.start - 1 : place.start] in (("not",), ("pas",))

    # A THEN B: A first.
    def _then(self) -> Iterator[OrderClue]:
        for cue in self.s.cues.of("then"):
            left = self.s.place_before(cue.start, within=12)
            right = self.s.place_after(cue.end, within=8)
            if left and right and left.treatment != right.treatment and not self._sentence_ends(cue, right):
                yield self._put(left.treatment, True, "then", cue.start)
            elif right is None and "that" in self.s.words[cue.start : cue.end] and (second := self._trailing(cue)):
                yield self._put(second, True, "then_trailing", cue.start)
        yield from self._followed_with()
        yield from self._waits()
        yield from self._towards()

    def _waits(self) -> Iterator[OrderClue]:
        """As in "Needling waits for tox": tox first. "Tox, wait, needling": tox first."""
        for left, right in pairwise(self.s.places):
            between = self.s.words[left.end : right.start]
            if left.treatment != right.treatment and {"wait", "waits", "waiting", "attendre"} & set(between):
                at = next(i for i, word in enumerate(between) if word.startswith(("wait", "attendre")))
                verb = not _NOT_WAITED & set(between[:at])  # in "what's the wait for" it is none
                if verb and "for" in between[-3:] and not self.s.stop_between(left.end, right.start):
                    yield self._put(right.treatment, True, "waits_for", left.end)
                elif set(between) <= {",", "wait", "then", "...", "two", "2", "weeks", "wks"}:
                    yield self._put(left.treatment, True, "then_wait", left.end)

    def _towards(self) -> Iterator[OrderClue]:
        """As in "wait time tox to needling": tox first; without a wait it may be a change of mind."""
        for left, right in pairwise(self.s.places):
            between = self.s.words[left.end : right.start]
            apart = left.treatment != right.treatment and self.s.cues.has("how_long", "waiting_itself")
            if apart and between[:1] == ("to",) and set(between[1:]) <= _OWNERS:
                yield self._put(left.treatment, True, "towards", left.end)

    def _sentence_ends(self, cue: Cue, right: Place) -> bool:
        return self.s.stop_between(cue.end, right.start, STRONG_STOPS)

    def _followed_with(self) -> Iterator[OrderClue]:
        """As in "Follow Botox with needling", "Botox followed a bit later by needling": Botox first."""
        for index, word in enumerate(self.s.words):
            if word == "followed" and "by" in (tail := self.s.words[index + 2 : index + 7]):
                left = self.s.place_before(index, within=4)
                right = self.s.place_after(index + 2 + tail.index("by"), within=4)
                if left and right:
                    yield self._put(left.treatment, True, "follow_with", right.start)
            if word in ("follow", "followed", "following") and (left := self.s.place_after(index, within=4)):
                right = self.s.place_after(left.end, within=4)
                if right and {"with", "up"} & set(self.s.words[left.end : right.start]):
                    yield self._put(left.treatment, True, "follow_with", index)

    # X FIRST, START WITH X, X SECOND.
    def _ranked(self) -> Iterator[OrderClue]:
        for label, first in (("first", True), ("second", False)):
            for cue in self.s.cues.of(label):
                if (place := self._beside(cue)) and place.treatment in self.pair:
                    yield self._put(place.treatment, first != self._rank_negated(cue, place), label, cue.start)
        for cue in self.s.cues.of("start_with"):
            place = self.s.place_after(cue.end, within=4)
            if place and not self.s.stop_between(cue.end, place.start, STRONG_STOPS):
                yield self._put(place.treatment, True, "start_with", cue.start)

    def _rank_negated(self, cue: Cue, place: Place) -> bool:
        start = min(cue.start, place.start)
        before = self.s.words[max(0, start - 2) : start]
        if before[:1] in (("why",), ("pourquoi",)):
            return False
        return before[-1:] in (("not",), ("pas",)) or before in (("instead", "of"), ("rather", "than"))

    def _beside(self, cue: Cue) -> Place | None:
        """The treatment that a rank belongs to: the one before it in the clause, else the one after it."""
        if self._is_in_a_date(cue) or self._is_ordinal_adjective(cue) or self._is_lasting(cue):
            return None
        if (length := self.s.when_at(cue.start - 1)) or self.s.words[cue.start - 1] in _UNITS:
            return self.s.place_before(length.start if length else cue.start, within=0)  # "needling 3 weeks later"
        return self._ranked_by(cue)

    def _ranked_by(self, cue: Cue) -> Place | None:
        left = self.s.place_before(cue.start, within=7)
        right = self.s.place_after(cue.end, within=6)
        if right and self.s.stop_between(cue.end, right.start, STRONG_STOPS):
            right = None
        if left is None or self.s.stop_between(left.end, cue.start, STRONG_STOPS):
            return right
        near = not self.s.stop_between(left.end, cue.start) and not self._turns(left, cue)
        return left if near or right is None else right

    def _is_in_a_date(self, cue: Cue) -> bool:
        """As in "the first week of May", "at the end of November"."""
        return any(w.start < cue.end and cue.start < w.end for w in self.s.whens)

    def _is_lasting(self, cue: Cue) -> bool:
        """As in "Does Botox last": the verb, not the rank."""
        auxiliaries = {"does", "do", "will", "long", "doesn't", "did", "it", "results", "effects", "would", "can"}
        return self.s.words[cue.start] == "last" and bool(
            auxiliaries & set(self.s.words[max(0, cue.start - 4) : cue.start])
        )

    def _turns(self, left: Place, cue: Cue) -> bool:
        between = self.s.words[left.end : cue.start]
        return bool({"or", "but", "and", "then", "n", "ou", "et", "mais"} & set(between))

    def _is_ordinal_adjective(self, cue: Cue) -> bool:
        """As in "My first Botox", "last Botox": one of many, not first or last of the two."""
        before = self.s.words[cue.start - 1 : cue.start]
        if self.s.cues.at("counted_head", cue.end):
            return True  # "my second session of six"
        following = self.s.place_after(cue.end, within=0)
        if following and self.s.words[cue.start] == "last" and not self.s.place_before(cue.start, within=0):
            return not self._list_follows(cue)
        return (
            bool(following)
            and before in (("my",), ("your",), ("a",), ("their",), ("ma",), ("mon",))
            and not self._list_follows(cue)
        )

    def _list_follows(self, cue: Cue) -> bool:
        return any(c.start > cue.start for c in (*self.s.cues.of("then"), *self.s.cues.of("second")))

    # 1. X 2. Y
    def _numbered(self) -> Iterator[OrderClue]:
        ranked = [(place, _RANKS[mark]) for place in self.s.places if (mark := self._mark(place)) in _RANKS]
        if len(ranked) >= 2:
            yield from (self._put(place.treatment, first, "numbered", place.start) for place, first in ranked)

    def _mark(self, place: Place) -> str:
        """The number of a list item that starts with this treatment: "1.", "2)", "step 1"."""
        before = self.s.words[max(0, place.start - 2) : place.start]
        if before[-1:] and before[-1] in (")", ".", ":", "-"):
            return before[0]
        listed = before[:1] in (("step",), ("etape",), ("no",)) or before[-1:] in (("1.",), ("2.",))
        return before[-1].rstrip(".") if listed else ""

    # BETWEEN X AND Y: as named.
    def _between(self) -> Iterator[OrderClue]:
        for cue in self.s.cues.of("between"):
            left = self.s.place_after(cue.end, within=5)
            right = left and self.s.place_after(left.end, within=5)
            if (
                left
                and right
                and left.treatment != right.treatment
                and (_AND | {"to"}) & set(self.s.words[left.end : right.start])
            ):
                yield self._put(left.treatment, True, "between", cue.start - 100)

    # X at noon, Y at 1.
    def _clocked(self) -> Iterator[OrderClue]:
        told = [(self._hour_before(place), place) for place in self.s.places]
        if any(hour is None for hour, _ in told):  # said behind each, else before each: "2pm Dysport, 3pm needling"
            told = [(self._hour(place), place) for place in self.s.places]
        clocked = [(hour, place) for hour, place in told if hour is not None]
        if len({place.treatment for _, place in clocked}) == 2 and clocked[0][0] != clocked[-1][0]:
            yield self._put(min(clocked, key=lambda c: c[0])[1].treatment, True, "clock", 0)

    def _hour_before(self, place: Place) -> float | None:
        found = _CLOCK_BEFORE.search(" ".join(self.s.words[max(0, place.start - 3) : place.start]))
        return _afternoon(int(found["hour"]), found["half"]) if found else None

    def _hour(self, place: Place) -> float | None:
        """The hour of the day that follows a treatment; opening hours make 1 to 7 the afternoon."""
        behind = range(place.end, min(self.s.clause_of(place.end)[1], place.end + 10))
        following = " ".join(self.s.words[i] for i in behind if not self.s.when_at(i))
        found = _CLOCK.search(following)
        if not found:
            return _DAY_PARTS.get(next((w for w in following.split() if w in _DAY_PARTS), ""))
        return _afternoon(12 if found["noon"] else int(found["hour"] or found["bare"]), found["half"])


def _afternoon(hour: int, half: str | None) -> float:
    return hour + 12.0 if hour < 8 and half != "a" else float(hour)


_CLOCK = re.compile(
    r"^(?:is |a |around )?(?:(?:at|@) (?:(?P<noon>noon|midday)|(?P<hour>1[0-2]|[1-9])(?!\d))"
    r"|(?P<bare>1[0-2]|[1-9]) ?(?P<half>[ap])m\b)"
)
_CLOCK_BEFORE = re.compile(r"\b(?P<hour>1[0-2]|[1-9]) ?(?P<half>[ap])m(?: for)?(?: the| my)?$")
_DAY_PARTS = {
    "lunch": 12.0,
    "lunchtime": 12.0,
    "night": 20.0,
    "tonight": 20.0,
    "morning": 9.0,
    "am": 9.0,
    "afternoon": 15.0,
    "pm": 15.0,
    "evening": 18.0,
}
_AND = frozenset({"and", "&", "n", "et", "+"})
_OWNERS = frozenset({"my", "the", "a"})
_CLAUSE = 10
_BECOMING = frozenset({"get", "gets", "getting", "be", "being", "gonna"})
_CAUSING = _BECOMING | {"have", "having", "want", "wanna", "need"}
_HAPPENED = frozenset({"had", "got", "gotten", "did", "'ve", "been", "was"})
_NOT_WAITED = frozenset({"the", "long", "what", "time", "i", "we", "you", "u", "she", "he", "they", "je", "tu"})
_RANKS = {"1": True, "one": True, "2": False, "two": False, "a": True, "b": False}
_UNITS = frozenset({"hour", "hours", "hrs", "day", "days", "week", "weeks", "wk", "wks", "month", "months"})
_PRONOUNS = frozenset({"it", "that", "them", "this", "those", "ca", "cela"})
_INVERSION = frozenset(
    {
        "can",
        "could",
        "should",
        "may",
        "when",
        "will",
        "is",
        "are",
        "how",
        "would",
        "quand",
        "peux",
        "puis",
        "pour",
    }
)


def _asks_inverted(between: tuple[str, ...]) -> bool:
    return any(a in ("do", "did", "does") and b in ("i", "we", "you", "u") for a, b in pairwise(between))


# Done or planned: what stands right behind the treatment, else the nearest cue before it.
def _status(sentence: Sentence, treatment: TreatmentId) -> Status | None:
    readings = [s for p in sentence.places if p.treatment == treatment and (s := _place_status(sentence, p))]
    return "done" if "done" in readings else readings[0] if readings else None


def _place_status(sentence: Sentence, place: Place) -> Status | None:
    if _participle(sentence, place):
        return "done"
    if _is_moved(sentence, place):
        return None
    behind = _nearest_behind(sentence, place) or _is_dated(sentence, place)
    named = _named_as_done(place) and not _causative(sentence, place)
    return behind or _nearest_before(sentence, place) or ("done" if named else None)


def _is_moved(sentence: Sentence, place: Place) -> bool:
    """As in "needling was Nov 10 but moved to Nov 24": the new day tells by itself whether it is past."""
    cue = sentence.cues.within("moved_to", place.end, sentence.clause_of(place.start)[1])
    if cue is None or sentence.names_between(place.end, cue.start):
        return False
    article = sentence.words[cue.end : cue.end + 1] in (("the",), ("on",))
    return sentence.when_at(cue.end + article) is not None


def _is_kept_up(sentence: Sentence, place: Place) -> bool:
    """As in "I get tox every 4 months": neither done nor planned."""
    return any(place.end <= cue.start <= place.end + 1 for cue in sentence.cues.of("habit"))


def _causative(sentence: Sentence, place: Place, causing: frozenset[str] | None = None) -> bool:
    """As in "get Botox and needling done", "want it done": nothing was done yet."""
    clause = sentence.words[max(0, place.start - _CLAUSE) : place.start]
    causing = causing or _CAUSING
    verbs = [word for word in clause if word in causing | _HAPPENED or word[:1] in STRONG_STOPS | {","}]
    return bool(verbs) and verbs[-1] in causing


def _participle(sentence: Sentence, place: Place) -> bool:
    """As in "Needled skin", "I've been botoxed": done, unless someone is to be."""
    if not place.mention.text.lower().endswith(("ed", "'d")):
        return False
    before = set(sentence.words[max(0, place.start - 2) : place.start])
    if _causative(sentence, place, _BECOMING):
        return False  # "getting tox Dec 1, then needled Dec 9"
    return not before & {"get", "be", "getting", "being", "gets", "want"}


def _is_dated(sentence: Sentence, place: Place) -> Status | None:
    """As in "Microneedling is November 24": the present tense with a date is a plan."""
    verb = sentence.words[place.end : place.end + 1]
    return "planned" if verb in (("is",), ("'s",), ("est",)) and sentence.when_at(place.end + 1) else None


def _named_as_done(place: Place) -> bool:
    """As in "Needling done last month": the alias itself says so."""
    return place.mention.text.lower().endswith("done")


def _nearest_before(sentence: Sentence, place: Place) -> Status | None:
    if _is_kept_up(sentence, place):
        return None
    cues = [c for label in ("done", "planned") for c in sentence.cues.of(label) if c.end <= place.start]
    cues = [c for c in cues if place.start - c.end <= 6 and not _cut(sentence, c.end, place.start)]
    cues = [c for c in cues if not sentence.when_at(c.start)]  # the month of May plans nothing
    return _label(max(cues, key=lambda c: (c.end, c.label == "planned"), default=None))


def _nearest_behind(sentence: Sentence, place: Place) -> Status | None:
    cues = [c for label in ("done_behind", "planned_behind") for c in sentence.cues.of(label) if c.start >= place.end]
    if _causative(sentence, place):
        cues = [c for c in cues if sentence.words[c.start : c.end] != ("done",)]
    cues = [c for c in cues if c.start - place.end <= 2 and not _cut(sentence, place.end, c.start)]
    return _label(min(cues, key=lambda c: c.start, default=None))


def _cut(sentence: Sentence, start: int, end: int) -> bool:
    """A stop or another treatment stands between: the cue is not about this one."""
    other = sentence.names_between(start, end)
    return other or sentence.stop_between(start, end) or "or" in sentence.words[start:end]


def _label(cue: Cue | None) -> Status | None:
    return None if cue is None else "done" if cue.label.startswith("done") else "planned"
