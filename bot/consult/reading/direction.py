"""Which treatment comes first in what a message says or asks: read from its structure, not from its topic.

Every piece of evidence (order_rules.py) names its rule, so that staff can see why (``tandem explain``).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bot.consult.reading.cues import Cue
from bot.consult.reading.done_or_planned import Status, status_of
from bot.consult.reading.order_rules import OrderClue, OrderRules
from bot.consult.reading.sentence import Sentence
from bot.consult.types import Pair, TreatmentId, other

_JOINED_WITHIN = 5


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
    status = tuple((t, s) for t in pair if (s := status_of(sentence, t)))
    evidence = tuple(OrderRules(sentence, pair).explicit())
    if _asks_which(sentence, evidence):
        return Direction(asks_which=True, status=status, evidence=evidence)
    if evidence:
        return Direction(_said(sentence, pair, evidence), status=status, evidence=evidence)
    if _flip_of(sentence):
        return Direction(flips=True, joined=_stand_side_by_side(sentence), status=status)
    done = [t for t, s in status if s == "done"]
    if len(done) == 1:
        return Direction(done[0], status=status, evidence=(OrderClue(done[0], "done", 0),))
    return Direction(joined=_stand_side_by_side(sentence), status=status)


def compares(sentence: Sentence) -> bool:
    """As in "which is better for scars, Botox or needling?": the better treatment is asked for, not the first one."""
    merits = [sentence.clause_of(cue.start) for cue in sentence.cues.of("by_merit")]
    merits += [sentence.clause_of(i) for i in range(len(sentence.words)) if sentence.says("compares", i, i + 1)]
    return bool(merits) and not any(sentence.says("of_order", *clause) for clause in merits)


def _said(sentence: Sentence, pair: Pair, evidence: tuple[OrderClue, ...]) -> TreatmentId:
    """What the last clue says, since people correct and ask at the end; a flip that names no order turns it round."""
    said = max(evidence, key=lambda e: e.at).first
    flip = _flip_of(sentence)
    return said if flip is None or _flip_is_named(sentence, flip, evidence) else other(pair, said)


def _flip_of(sentence: Sentence) -> Cue | None:
    """The word that turns an order round; "Botox first, not the reverse?" turns none."""
    return next((cue for cue in sentence.cues.of("flip") if not _is_denied(sentence, cue)), None)


def _is_denied(sentence: Sentence, flip: Cue) -> bool:
    near = (flip.start - 2, flip.start)
    return sentence.says("not", *near) and not sentence.says("why", near[0] - 1, flip.start)


def _flip_is_named(sentence: Sentence, flip: Cue, evidence: tuple[OrderClue, ...]) -> bool:
    """Tell whether the order is spelt out after the flip word, as in "other way round: needling, then Botox"."""
    before = (flip.start - 4, flip.start)
    if sentence.says("points_at", *before) and sentence.says("is", *before):
        return True  # "needling goes ahead of the tox, is that backwards?" asks about the order told
    if sentence.says("supposed", *before):
        return True
    clocked = any(e.rule == "clock" for e in evidence) and sentence.places[0].start > flip.start
    following = clocked or any(e.at > flip.start for e in evidence)
    return following and not sentence.says("of", flip.end, flip.end + 1)


def _stand_side_by_side(sentence: Sentence) -> bool:
    """Nothing but an "and" joins them."""
    pairs = ((left, right) for left, right in pairwise(sentence.places) if left.treatment != right.treatment)
    return any(sentence.says("and", left.end, right.start) for left, right in pairs)


def _asks_which(sentence: Sentence, evidence: tuple[OrderClue, ...]) -> bool:
    if sentence.says("takes_back", 0, len(sentence.words)):
        return False  # "A after B, or sorry, B after A": the last word counts
    if compares(sentence):
        return False
    if sentence.cues.has("which") and not (_only_names_the_order(sentence) and (evidence or _flip_of(sentence))):
        return not (evidence and _is_that_the_order(sentence))
    return _either_or(sentence) or _before_or_after(sentence) or _is_told_both_ways(sentence, evidence)


def _is_told_both_ways(sentence: Sentence, evidence: tuple[OrderClue, ...]) -> bool:
    both_ways = len({e.first for e in evidence}) > 1 or (bool(evidence) and _flip_of(sentence) is not None)
    return both_ways and sentence.says("or", 0, len(sentence.words))


def _only_names_the_order(sentence: Sentence) -> bool:
    """As in "So the order is A then B?", "what if the order is reversed?": the word alone asks for no choice."""
    return all(sentence.says_only(c.start, c.end, "names_the_order") for c in sentence.cues.of("which"))


def _is_that_the_order(sentence: Sentence) -> bool:
    """As in "A then B, is that (is my list in) the right order?" puts A first; it does not ask for a choice."""
    cue = sentence.cues.of("which")[0]
    return sentence.says("points_at_plan", cue.start - 3, cue.start)


def _either_or(sentence: Sentence) -> bool:
    """Two treatments with nothing but "or" between them: "Botox or needling first?"."""
    if sum(when.expression.kind == "point" for when in sentence.whens) > 1:
        return False  # the calendar tells: "botox/needling check: needling Nov 3, botox Nov 20"
    lists = sentence.cues.words
    for left, right in pairwise(sentence.places):
        between = [w for i, w in enumerate(sentence.words[left.end : right.start], left.end) if _is_plain(sentence, i)]
        if left.treatment != right.treatment and len(between) <= _JOINED_WITHIN:
            if (lists["or"] | lists["stroke"]).intersection(between):
                # "until the tox wears off or can ..." goes on to ask; it offers no choice of the two.
                return (lists["then"] | lists["asks_behind"]).isdisjoint(between)
    return False


def _is_plain(sentence: Sentence, index: int) -> bool:
    """Neither part of a time nor the "or" between two times, nor the stroke that ends one: "tox Nov 9 / pen Nov 25"."""
    before, after = sentence.when_at(index - 1), sentence.when_at(index + 1)
    ends_one = sentence.says("stroke", index, index + 1) and (before or after)
    return not (sentence.when_at(index) or (before and after) or ends_one)


def _before_or_after(sentence: Sentence) -> bool:
    """As in "Before needling, or after?": both sides of it are asked."""
    for one, two in (("before", "after"), ("after", "before")):
        for left in sentence.cues.of(one):
            right = next((c for c in sentence.cues.of(two) if c.start > left.end), None)
            if right and sentence.says("or", max(left.end, right.start - 3), right.start):
                return True
    return False
