"""Settles what a message is about: safety before everything, then what only an earlier turn explains, then structure.

Every rule names itself, so that staff can see which one decided (``tandem explain``).
"""

from __future__ import annotations

from bot.consult.conversation import Conversation
from bot.consult.reading import Reading
from bot.consult.topics.earlier import asks_whether_they_may, explained
from bot.consult.topics.parts import with_more
from bot.consult.topics.structure import structural
from bot.consult.topics.types import (
    CLEAR_FROM,
    SAFETY,
    SMALL_TALK,
    Evidence,
    Settled,
    Topic,
    in_timing_family,
    is_sequencing,
)

FINE_AFTER_RED_FLAG = SMALL_TALK | SAFETY | {"consult", "location_hours"}
ROUTES: dict[str, Topic] = {
    "self_harm": "self_harm",
    "emergency_911": "emergency",
    "emergency_today": "emergency",
    "clinician_only": "clinician_only",
    "side_effect_mild": "side_effect_mild",
    "injection": "injection",
    "abuse": "abuse",
}


def settle(evidence: Evidence, talk: Conversation) -> Settled:
    """Decide what a message is about.

    Args:
        evidence: What was read in the message and what the classifier says.
        talk: The conversation so far.
    """
    cleared = bool(talk.safe_state and evidence.reading.safety.retraction)
    binding = _safety(evidence.reading)
    if binding:
        return binding
    settled = _ordinary(evidence, talk)
    if talk.safe_state == "clinician_only" and _is_for_clinician(settled, evidence.reading) and not cleared:
        return Settled("clinician_only", "stays_with_clinician", follow_up="stay")
    if cleared:
        return _cleared(settled, evidence)
    return _kept_safe(settled, talk)


def _safety(reading: Reading) -> Settled | None:
    if reading.safety.route and reading.safety.binding:
        return Settled(ROUTES[reading.safety.route], "safety", confidence=1.0)
    return None


def _cleared(settled: Settled, evidence: Evidence) -> Settled:
    """The safe state was taken back: answer a question that came with it, else say that questions are welcome."""
    asks = evidence.best.confidence >= CLEAR_FROM and (in_timing_family(settled.topic) or "?" in settled.topic)
    ours = bool(evidence.reading.mentions) or evidence.reading.has("between", "both")
    if asks or (ours and evidence.reading.has("how_long", "which", "planned") and in_timing_family(settled.topic)):
        return settled
    return Settled("help", "cleared", follow_up="cleared")


def _kept_safe(settled: Settled, talk: Conversation) -> Settled:
    """After a red flag there are no timing answers, and after a clinician's question no number."""
    if talk.safe_state in ("emergency_911", "emergency_today") and settled.topic not in FINE_AFTER_RED_FLAG:
        return Settled("emergency", "stays_safe", follow_up="stay")
    if talk.safe_state == "self_harm" and settled.topic not in FINE_AFTER_RED_FLAG:
        return Settled("self_harm", "stays_safe", follow_up="stay")
    if talk.safe_state == "clinician_only" and (settled.topic == "why_timing" or is_sequencing(settled.topic)):
        return Settled("clinician_only", "stays_with_clinician", follow_up="stay")
    return settled


def _is_for_clinician(settled: Settled, reading: Reading) -> bool:
    """Asks for a time or what to do with "it", or cannot be understood as anything else: the clinician decides."""
    vague = settled.topic in ("aftercare", "number_of_sessions", "pain", "price", "injection")
    asks = reading.has("how_long", "take_or_stop") or reading.follow_up == "number_only"
    pressed = settled.topic == "injection" and settled.rule != "safety"  # "just say yes or no"
    return settled.topic == "fallback" or pressed or (asks and vague)


def _ordinary(evidence: Evidence, talk: Conversation) -> Settled:
    if settled := explained(evidence, talk):
        return settled
    settled = with_more(structural(evidence, talk), evidence)
    return asks_whether_they_may(settled, evidence, talk) or settled
