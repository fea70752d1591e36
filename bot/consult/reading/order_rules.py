"""The rules that read an order from words: AFTER X puts X first, BEFORE X puts X second, and so on.

Bags of words cannot tell "A after B" from "B after A". Each cue says something about the treatment beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.consult.reading.clock_order import earlier_by_the_clock
from bot.consult.reading.cues import Cue
from bot.consult.reading.sentence import STOPS, STRONG_STOPS, Place, Sentence
from bot.consult.types import Pair, TreatmentId, other

_BEFORE_ALL_ELSE = 100


@dataclass(frozen=True)
class OrderClue:
    """One rule's word on the order; ``at`` is the token where it stands."""

    first: TreatmentId
    rule: str
    at: int


class OrderRules:
    """The rules on one message; each yields evidence."""

    def __init__(self, sentence: Sentence, pair: Pair) -> None:
        """Take a message and the two treatments in question."""
        self.s = sentence
        self.pair = pair

    def explicit(self) -> Iterator[OrderClue]:
        """Yield what order words say outright."""
        yield from self._anchored()
        yield from self._then()
        yield from self._followed_with()
        yield from self._waits()
        yield from self._towards()
        yield from self._ranked()
        yield from self._started()
        yield from self._numbered()
        yield from self._between()
        if earlier := earlier_by_the_clock(self.s):
            yield self._put(earlier.treatment, True, "clock", 0)
        yield from self._day_zero()

    def _put(self, treatment: TreatmentId, first: bool, rule: str, at: int) -> OrderClue:
        return OrderClue(treatment if first else other(self.pair, treatment), rule, at)

    def _day_zero(self) -> Iterator[OrderClue]:
        """As in "if Botox is on day 0": the days count from that treatment."""
        for cue in self.s.cues.of("day_zero"):
            place = self.s.place_before(cue.start, within=5) or self.s.place_after(cue.end, within=4)
            if place and place.treatment in self.pair:
                yield self._put(place.treatment, True, "day_zero", cue.start)

    # AFTER X: X first. BEFORE X: X second.
    def _anchored(self) -> Iterator[OrderClue]:
        for label, first in (("after", True), ("before", False), ("before_that", True)):
            for cue in self.s.cues.of(label):
                if (treatment := self._object(cue)) and treatment in self.pair:
                    turned = self._is_denied(cue) or self._waits_out(cue) or self._goes_on(cue)
                    yield self._put(treatment, first != turned, label, cue.start)

    def _waits_out(self, cue: Cue) -> bool:
        """As in "until the Botox wears off": what has to be over comes first."""
        place = self.s.place_after(cue.end, within=3)
        return cue.label == "before" and place is not None and self.s.says("over", place.end, place.end + 3)

    def _goes_on(self, cue: Cue) -> bool:
        """As in "first Botox, after needling": an "after" that stands for "then"."""
        begun = (self.s.place_after(first.end, within=0) for first in self.s.cues.of("first"))
        return cue.label == "after" and any(place and cue.start - place.end in (0, 1) for place in begun)

    def _object(self, cue: Cue) -> TreatmentId | None:
        if self.s.says("pronoun", cue.end, cue.end + 1) and self._stands_alone(cue.end):
            return None if self._counts_from_event(cue) else self._antecedent(cue)
        place = self.s.place_after(cue.end, within=8)
        if place and not self._is_blocked(cue, place):
            return place.treatment
        if cue.label == "before_that":
            return self._named_behind(cue)
        return self._trailing(cue) if cue.label == "after" or self._counts_back(cue) else None

    def _counts_from_event(self, cue: Cue) -> bool:
        """As in "Botox 5 weeks before the reunion and needling 4 weeks before it"."""
        counted = self.s.when_at(cue.start - 1) is not None
        return counted and self.s.cues.within("event", self.s.clause_of(cue.start)[0], cue.start) is not None

    def _named_behind(self, cue: Cue) -> TreatmentId | None:
        """As in "needling is Dec 4. When can I get Botox before that?": nothing else follows in its sentence."""
        start, _ = self.s.clause_of(cue.start)
        place = self.s.place_before(cue.start, within=cue.start - start)
        about_event = self.s.cues.within("event", 0, cue.start) is not None  # "wedding is Dec 12 ... before that"
        return place.treatment if place and self._ends_behind(cue.end) and not about_event else None

    def _ends_behind(self, index: int) -> bool:
        """Nothing stands behind a token in its part of the message."""
        return index == len(self.s.words) or self.s.words[index][:1] in STOPS

    def _counts_back(self, cue: Cue) -> bool:
        """As in "Booked for tox. Can I needle the week before?": not "have I had needling before?"."""
        counted = cue.label == "before" and self.s.says("unit", cue.start - 1, cue.start)
        return counted and not self.s.cues.within("event", 0, cue.start)

    def _stands_alone(self, index: int) -> bool:
        """A pronoun, unless a verb follows ("after that is ...")."""
        return not self.s.says("no_object", index + 1, index + 2)

    def _antecedent(self, cue: Cue) -> TreatmentId | None:
        """The treatment that "it" means: not the one that the clause itself is about."""
        subject = self.s.place_before(cue.start, within=8)
        follows = self.s.place_after(cue.end, within=8)
        if subject and not self.s.stop_between(subject.end, cue.start):
            apart = follows is not None and follows.treatment != subject.treatment
            return subject.treatment if apart else other(self.pair, subject.treatment)
        if follows:
            return other(self.pair, follows.treatment)
        return self._of_last_named(subject, cue) if subject else None

    def _of_last_named(self, subject: Place, cue: Cue) -> TreatmentId:
        """As in "needling in the morning and Botox at noon, after it": the one before the last."""
        before_last = self._ends_behind(cue.end + 1) and len({p.treatment for p in self.s.places}) > 1
        return other(self.pair, subject.treatment) if before_last else subject.treatment

    def _trailing(self, cue: Cue) -> TreatmentId | None:
        """As in "Botox, and needling after": an "after" without an object puts the treatment before it second."""
        place = self.s.place_before(cue.start, within=4)
        if not place or self._is_denied(cue):
            return None
        if len({p.treatment for p in self.s.places if p.end <= cue.start}) < 2:
            return None
        return None if self.s.stop_between(place.end, cue.start) else other(self.pair, place.treatment)

    def _is_blocked(self, cue: Cue, place: Place) -> bool:
        """The treatment does not belong to the cue: a stop, an event or an inverted question lies in between."""
        if self._is_stopped(cue, place) or self._has_date_between(cue, place):
            return True
        if self.s.cues.within("event", cue.end, place.start):
            return True  # "how many weeks before a wedding should I start Botox"
        if cue.label == "after":
            return self.s.says("asks_behind", cue.end, place.start) or self._asks_inverted(cue.end, place.start)
        later = (*self.s.cues.of("after"), *self.s.cues.of("then"))
        return any(c.start > cue.start and c.end <= place.start for c in later)

    def _is_stopped(self, cue: Cue, place: Place) -> bool:
        next_word = (cue.end, min(cue.end + 1, place.start))
        stopped = self.s.stop_between(cue.end, place.start, STRONG_STOPS) or self.s.words[slice(*next_word)] == (",",)
        return stopped or self.s.says("or", *next_word) or self.s.says("for", *next_word)

    def _asks_inverted(self, start: int, end: int) -> bool:
        return any(self._asks_at(i) for i in range(start, end - 1))

    def _asks_at(self, index: int) -> bool:
        """As in "do I"."""
        return self.s.says("auxiliary", index, index + 1) and self.s.says("asker", index + 1, index + 2)

    def _has_date_between(self, cue: Cue, place: Place) -> bool:
        """As in "after Christmas": a date is what comes before, unless it is "my Christmas Botox"."""
        when = self.s.when_at(cue.end) or self.s.when_at(cue.end + 1)
        if not when or when.end > place.start or self.s.says("of", when.end, when.end + 1):
            return False
        return not (place.start == when.end and self.s.says("dated_owner", when.start - 1, when.start))

    def _is_denied(self, cue: Cue) -> bool:
        return self._denial_ends(cue.start) or self._takes_back(cue)

    def _denial_ends(self, index: int) -> bool:
        """As in "not before", "instead of after"; "shouldn't Botox be first?" denies nothing."""
        phrases = (cue for cue in self.s.cues.of("denies") if cue.end - cue.start > 1)
        return self.s.says("not", index - 1, index) or any(phrase.end == index for phrase in phrases)

    def _takes_back(self, cue: Cue) -> bool:
        """As in "A after B, not B after A": the second order is denied, but "why not ..." denies none."""
        place = self.s.place_before(cue.start, within=0)
        earlier = (*self.s.cues.of("after"), *self.s.cues.of("before"))
        if place is None or not any(c.end <= place.start for c in earlier):
            return False
        return self._denial_ends(place.start)

    # A THEN B: A first.
    def _then(self) -> Iterator[OrderClue]:
        for cue in self.s.cues.of("then"):
            left = self.s.place_before(cue.start, within=12)
            right = self.s.place_after(cue.end, within=8)
            if right is None and self.s.says("that", cue.start, cue.end) and (second := self._trailing(cue)):
                yield self._put(second, True, "then_trailing", cue.start)
            elif left and right and left.treatment != right.treatment and not self._stops(cue, right):
                yield self._put((right if self._points_at(cue, left) else left).treatment, True, "then", cue.start)

    def _points_at(self, cue: Cue, left: Place) -> bool:
        """As in "when can I get needling after that Botox?": no "then", the Botox spoken of."""
        points = self.s.says("that", cue.end - 1, cue.end) and self.s.place_after(cue.end, within=0) is not None
        joined = self.s.stop_between(left.end, cue.start) or self.s.says("and", left.end, cue.end)
        return points and not joined

    def _stops(self, cue: Cue, right: Place) -> bool:
        return self.s.stop_between(cue.end, right.start, STRONG_STOPS)

    def _apart(self) -> Iterator[tuple[Place, Place]]:
        """Neighbours that are not the same treatment."""
        return ((left, right) for left, right in pairwise(self.s.places) if left.treatment != right.treatment)

    def _waits(self) -> Iterator[OrderClue]:
        """As in "Needling waits for tox": tox first. "Tox, wait, needling": tox first."""
        for left, right in self._apart():
            at = next((i for i in range(left.end, right.start) if self.s.says("waits", i, i + 1)), None)
            if at is None:
                continue
            verb = not self.s.says("waits_for_nobody", left.end, at)  # in "what's the wait for" it is none
            if verb and self._waits_for(left, right):
                yield self._put(right.treatment, True, "waits_for", left.end)
            elif self.s.says_only(left.end, right.start, "beside_wait"):
                yield self._put(left.treatment, True, "then_wait", left.end)

    def _waits_for(self, left: Place, right: Place) -> bool:
        near = self.s.says("for", max(left.end, right.start - 3), right.start)
        return near and not self.s.stop_between(left.end, right.start)

    def _towards(self) -> Iterator[OrderClue]:
        """As in "wait time tox to needling": tox first; without a wait it may be a change of mind."""
        if not self.s.cues.has("how_long", "waiting_itself"):
            return
        for left, right in self._apart():
            if self.s.says("to", left.end, left.end + 1) and self.s.says_only(left.end + 1, right.start, "owner"):
                yield self._put(left.treatment, True, "towards", left.end)

    def _followed_with(self) -> Iterator[OrderClue]:
        """As in "Follow Botox with needling", "Botox followed a bit later by needling": Botox first."""
        for index in range(len(self.s.words)):
            if self.s.says("followed", index, index + 1):
                yield from self._followed_by(index)
            if self.s.says("follow", index, index + 1) and (left := self.s.place_after(index, within=4)):
                right = self.s.place_after(left.end, within=4)
                if right and self.s.says("with", left.end, right.start):
                    yield self._put(left.treatment, True, "follow_with", index)

    def _followed_by(self, index: int) -> Iterator[OrderClue]:
        by = next((i for i in range(index + 2, index + 7) if self.s.says("by", i, i + 1)), None)
        left = self.s.place_before(index, within=4)
        right = self.s.place_after(by, within=4) if by else None
        if left and right:
            yield self._put(left.treatment, True, "follow_with", right.start)

    # X FIRST, X SECOND, START WITH X.
    def _ranked(self) -> Iterator[OrderClue]:
        for label, first in (("first", True), ("second", False)):
            for cue in self.s.cues.of(label):
                if (place := self._beside(cue)) and place.treatment in self.pair:
                    yield self._put(place.treatment, first != self._rank_is_denied(cue, place), label, cue.start)

    def _started(self) -> Iterator[OrderClue]:
        for cue in self.s.cues.of("start_with"):
            place = self.s.place_after(cue.end, within=4)
            if place and not self._stops(cue, place):
                yield self._put(place.treatment, True, "start_with", cue.start)

    def _rank_is_denied(self, cue: Cue, place: Place) -> bool:
        start = min(cue.start, place.start)
        return self._denial_ends(start) and not self.s.says("why", start - 2, start - 1)

    def _beside(self, cue: Cue) -> Place | None:
        """The treatment that a rank belongs to: the one before it in the clause, else the one after it."""
        if self._is_in_a_date(cue) or self._is_one_of_many(cue) or self._is_lasting(cue):
            return None
        if (length := self.s.when_at(cue.start - 1)) or self.s.says("unit", cue.start - 1, cue.start):
            return self.s.place_before(length.start if length else cue.start, within=0)  # "needling 3 weeks later"
        return self._ranked_by(cue)

    def _ranked_by(self, cue: Cue) -> Place | None:
        left = self.s.place_before(cue.start, within=7)
        right = self.s.place_after(cue.end, within=6)
        if right and self._stops(cue, right):
            right = None
        if left is None or self.s.stop_between(left.end, cue.start, STRONG_STOPS):
            return right
        turns = self.s.stop_between(left.end, cue.start) or self.s.says("turns", left.end, cue.start)
        return right if turns and right else left

    def _is_in_a_date(self, cue: Cue) -> bool:
        """As in "the first week of May", "at the end of November"."""
        return any(w.start < cue.end and cue.start < w.end for w in self.s.whens)

    def _is_last(self, cue: Cue) -> bool:
        return self.s.says("last", cue.start, cue.start + 1)

    def _is_lasting(self, cue: Cue) -> bool:
        """As in "Does Botox last": the verb, not the rank."""
        return self._is_last(cue) and self.s.says("lasts", cue.start - 4, cue.start)

    def _is_one_of_many(self, cue: Cue) -> bool:
        """As in "My first Botox", "last Botox": not first or last of the two."""
        if not self.s.place_after(cue.end, within=0) or self._list_follows(cue):
            return False
        owned = self.s.says("ordinal_owner", cue.start - 1, cue.start)
        return owned or (self._is_last(cue) and not self.s.place_before(cue.start, within=0))

    def _list_follows(self, cue: Cue) -> bool:
        return any(c.start > cue.start for c in (*self.s.cues.of("then"), *self.s.cues.of("second")))

    # 1. X 2. Y
    def _numbered(self) -> Iterator[OrderClue]:
        marks = [(place, self._mark(place)) for place in self.s.places]
        ranked = [(place, first) for place, mark in marks if (first := self._rank(mark)) is not None]
        if len(ranked) >= 2:
            yield from (self._put(place.treatment, first, "numbered", place.start) for place, first in ranked)

    def _rank(self, mark: str) -> bool | None:
        lists = self.s.cues.words
        return True if mark in lists["first_mark"] else False if mark in lists["second_mark"] else None

    def _mark(self, place: Place) -> str:
        """The number of a list item that starts with this treatment: "1.", "2)", "step 1"."""
        start = max(0, place.start - 2)
        before = self.s.words[start : place.start]
        if self.s.says("list_sign", place.start - 1, place.start):
            return before[0]
        listed = self.s.says("list_mark", start, start + 1) or self.s.says("list_number", place.start - 1, place.start)
        return before[-1].rstrip(".") if before and listed else ""

    # BETWEEN X AND Y: as named.
    def _between(self) -> Iterator[OrderClue]:
        for cue in self.s.cues.of("between"):
            left = self.s.place_after(cue.end, within=5)
            right = left and self.s.place_after(left.end, within=5)
            if left and right and left.treatment != right.treatment and self._joins(left, right):
                yield self._put(left.treatment, True, "between", cue.start - _BEFORE_ALL_ELSE)

    def _joins(self, left: Place, right: Place) -> bool:
        return self.s.says("and", left.end, right.start) or self.s.says("to", left.end, right.start)
