"""The classifier's guesses, as far as the reading and the memory of a message leave them standing."""

from __future__ import annotations

from collections.abc import Collection

from bot.consult.case.case import Sureness
from bot.consult.case.evidence import NO_GUESS, Evidence, Guess
from bot.consult.case.memory import Memory
from bot.consult.case.thread import is_alone
from bot.consult.reading.message import Reading
from bot.consult.topics import (
    COURTESIES,
    NOT_A_SECOND_QUESTION,
    REASONS,
    Topic,
    is_about,
    is_on_timing,
    is_sequencing,
    of_treatment,
)

Guesses = tuple[Guess, ...]

CLEAR_FROM = 0.55
"""From this confidence on, structure alone does not overrule the classifier; chosen by ``make score``."""
ASKED_FROM = 0.5
"""A part of a message asks a question of its own from this confidence on."""
SURELY_FROM = 0.85
"""From this confidence on also what is mostly told, not asked."""
NEARLY = 0.4
"""A runner-up with this share of the first one's confidence may stand in for it."""
SURE_FROM = {"named": 0.1, "near": 0.17, "ours": 0.36, "any": 0.26}
"""How sure is sure enough: less where a treatment, or a word that goes with one, is named; more for an article topic
in a message that names none and follows nothing, since it may be about anything."""
SEEN_FROM = 0.45
"""Below this similarity nothing like the message was ever seen."""
CARE_FROM = {"emergency": 0.4, "self_harm": 0.5, "clinician_only": 0.4}
"""From this confidence on a guess at a safety topic, which only the safety layer may raise, leads to careful words."""


def standing(evidence: Evidence, reading: Reading, memory: Memory) -> Guesses:
    """Return the guesses that are left, best first."""
    guesses = evidence.ranking
    for correct in CORRECTIONS:
        guesses = correct(guesses, reading, memory) if guesses else guesses
    return guesses


def _asked(evidence: Evidence) -> list[Guess]:
    """The guesses at the parts that ask a question of their own."""
    return [part[0] for part in evidence.parts if part and part[0].confidence >= ASKED_FROM]


def _but(topics: Collection[Topic], guesses: Guesses) -> Guesses:
    """All guesses but those at some topics, as sure as they were."""
    return tuple(g for g in guesses if g.topic not in topics)


def careful(guesses: Guesses, reading: Reading, memory: Memory) -> Guesses:
    """Only the safety layer raises an alarm: a clear guess at one becomes the topic with careful words.

    What suits me, a dose or a result gone wrong is an ordinary question for a clinician; it binds nothing.
    """
    best, kept = guesses[0], _but(CARE_FROM, guesses)
    clear = best.topic in CARE_FROM and best.confidence >= CARE_FROM[best.topic]
    if best.topic == "clinician_only":
        of_one = len(reading.covered) < 2 or "compares" in reading.manners  # "which of the two is right for me?"
        told = clear and of_one and not reading.safety.says("withdrawn")  # "never had an allergy. Which goes first?"
        return (best, *kept) if reading.safety.asks or told else kept
    return (Guess("side_effect_mild", best.confidence), *_but({"side_effect_mild"}, kept)) if clear else kept


def side_by_side(guesses: Guesses, reading: Reading, memory: Memory) -> Guesses:
    """Where the two are compared no order is asked ("which should I choose, Botox or needling?")."""
    return _without("order", guesses) if "compares" in reading.manners and len(reading.covered) > 1 else guesses


def one_treatment(guesses: Guesses, reading: Reading, memory: Memory) -> Guesses:
    """With one treatment there is nothing to put in order: the next guess stands in where it is nearly as likely."""
    of_dates = reading.covered or guesses[0].topic == "date_check"
    return _of_one(guesses, reading) if of_dates and is_alone(reading, memory) else guesses


def _of_one(guesses: Guesses, reading: Reading) -> Guesses:
    left = _without("date_check", guesses)
    best, elsewhere = left[0], next((g for g in left if not is_on_timing(g.topic)), NO_GUESS)
    if not is_sequencing(best.topic) or elsewhere.confidence < best.confidence * NEARLY:
        return left
    return (elsewhere, *(g for g in left if g != elsewhere))


def _without(topic: Topic, guesses: Guesses) -> Guesses:
    """Strike a topic off, and share its confidence among the others."""
    left = sum(g.confidence for g in guesses if g.topic != topic)
    return tuple(Guess(g.topic, g.confidence / left) for g in guesses if g.topic != topic and left) or (NO_GUESS,)


def the_one_at_hand(guesses: Guesses, reading: Reading, memory: Memory) -> Guesses:
    """Where none is named, the treatment last spoken of is meant ("what else does it do?")."""
    one = (memory.topic or "").partition("_")[0]
    apart = reading.mentions or "compares" in reading.manners  # "which of them is better for scars?"
    if apart or one not in reading.pair or not is_about(guesses[0].topic, reading.pair):
        return guesses
    twin = of_treatment(guesses[0].topic, one)
    return (Guess(twin, guesses[0].confidence), *guesses[1:]) if _is_among(twin, guesses) else guesses


def _is_among(topic: Topic, guesses: Guesses) -> bool:
    return any(guess.topic == topic for guess in guesses)


def the_named_one(guesses: Guesses, reading: Reading, memory: Memory) -> Guesses:
    """A question on one treatment that names only the other is of the one that it names."""
    unnamed = tuple(t for t in reading.pair if t not in reading.covered)
    if len(reading.covered) != 1 or not is_about(guesses[0].topic, unnamed):
        return guesses
    twin = of_treatment(guesses[0].topic, reading.covered[0])
    if _is_among(twin, guesses):
        return (Guess(twin, guesses[0].confidence), *guesses[1:])
    if guesses[0].confidence >= CLEAR_FROM:
        return guesses  # "that inflammation, what does it do to the Botox": an effect on the one that is named
    return tuple(g for g in guesses if not is_about(g.topic, unnamed)) or guesses


def the_other_asked(guesses: Guesses, reading: Reading, memory: Memory) -> Guesses:
    """A question on order or waiting that names only another treatment is of that one, whatever its story names."""
    best = guesses[0]
    if not reading.asks_of_others or not (is_on_timing(best.topic) or best.topic == "other_treatment"):
        return guesses
    kept = (g for g in guesses if g.topic != "other_treatment")
    return (Guess("other_treatment", max(best.confidence, CLEAR_FROM)), *kept)


CORRECTIONS = (careful, side_by_side, one_treatment, the_one_at_hand, the_named_one, the_other_asked)
"""What the reading and the memory know better than the classifier; ``make ablation`` shows what each is worth."""


def _is_told_beside(topic: Topic, reading: Reading) -> bool:
    """Beside both treatments a word on the effect or the good of one tells something; it is hardly a question."""
    return len(reading.covered) > 1 and (is_about(topic, reading.pair) or topic in REASONS)


def sureness(guess: Guess, evidence: Evidence, reading: Reading, memory: Memory) -> Sureness:
    """Tell how sure a guess is for what the message names."""
    unseen = evidence.similarity < SEEN_FROM and not reading.covered
    if unseen or guess.confidence < _enough(guess.topic, reading, memory):
        return "unsure"
    return "clear" if guess.confidence >= CLEAR_FROM else "sure"


def _enough(topic: Topic, reading: Reading, memory: Memory) -> float:
    """The confidence from which a guess is sure (SURE_FROM)."""
    if reading.covered:
        return SURE_FROM["named"]
    of_both = reading.has("both") and is_on_timing(topic)
    if reading.near_our_subject or of_both or (reading.has("how_long") and reading.has("between")):
        return SURE_FROM["near"]
    return SURE_FROM["any" if memory.topic or not _is_ours(topic, reading) else "ours"]


def _is_ours(topic: Topic, reading: Reading) -> bool:
    """A topic of the article."""
    return is_on_timing(topic) or is_about(topic, reading.pair) or topic == "what_to_ask_professional"


def nearly_on_timing(guesses: Guesses) -> bool:
    """Tell whether some topic on timing is nearly as likely as the first guess."""
    timing = max((g.confidence for g in guesses if is_on_timing(g.topic)), default=0.0)
    return bool(guesses) and timing >= guesses[0].confidence * NEARLY


def likely(guesses: Guesses) -> tuple[Topic, ...]:
    """Return the likeliest topics of ours, for a question back."""
    return tuple(g.topic for g in guesses if g.topic not in NOT_A_SECOND_QUESTION)[:3]


def asked_in_parts(evidence: Evidence, reading: Reading) -> tuple[Topic, ...]:
    """Return what the parts ask clearly, each once; a courtesy only where it is all there is."""
    clear = [g.topic for g in _asked(evidence) if g.confidence >= SURELY_FROM or not _is_told_beside(g.topic, reading)]
    return tuple(dict.fromkeys(topic for topic in clear if topic not in COURTESIES)) or tuple(dict.fromkeys(clear))
