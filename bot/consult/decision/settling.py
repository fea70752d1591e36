"""Settles what a message is about: safety before everything, then what only an earlier turn explains, then structure.

Every rule names itself, so that staff can see which one decided (``tandem explain``).
"""

from __future__ import annotations

from bot.consult.case.memory import Memory
from bot.consult.decision.earlier import asks_whether_they_may, explained
from bot.consult.decision.parts import with_more
from bot.consult.decision.structure import structural
from bot.consult.decision.types import (
    CLEAR_FROM,
    SAFETY,
    SMALL_TALK,
    Evidence,
    Topic,
    TopicDecision,
    in_timing_family,
    is_sequencing,
)
from bot.consult.reading.message import Reading

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


def settle(evidence: Evidence, memory: Memory) -> TopicDecision:
    """Decide what a message is about.

    Args:
        evidence: What was read in the message and what the classifier says.
        memory: The conversation so far.
    """
    cleared = bool(memory.safe_state and evidence.reading.safety.retraction)
    binding = _safety(evidence.reading)
    if binding:
        return binding
    settled = _ordinary(evidence, memory)
    if memory.safe_state == "clinician_only" and _is_for_clinician(settled, evidence.reading) and not cleared:
        return TopicDecision("clinician_only", "stays_with_clinician", follow_up="stay")
    if cleared:
        return _cleared(settled, evidence)
    return _kept_safe(settled, memory)


def _safety(reading: Reading) -> TopicDecision | None:
    if reading.safety.route and reading.safety.binding:
        return TopicDecision(ROUTES[reading.safety.route], "safety", confidence=1.0)
    return None


def _cleared(settled: TopicDecision, evidence: Evidence) -> TopicDecision:
    """The safe state was taken back: answer a question that came with it, else say that questions are welcome."""
    asks = evidence.best.confidence >= CLEAR_FROM and (in_timing_family(settled.topic) or "?" in settled.topic)
    ours = bool(evidence.reading.mentions) or evidence.reading.has("between", "both")
    if asks or (ours and evidence.reading.has("how_long", "which", "planned") and in_timing_family(settled.topic)):
        return settled
    return TopicDecision("help", "cleared", follow_up="cleared")


def _kept_safe(settled: TopicDecision, memory: Memory) -> TopicDecision:
    """After a red flag there are no timing answers, and after a clinician's question no number."""
    if memory.safe_state in ("emergency_911", "emergency_today") and settled.topic not in FINE_AFTER_RED_FLAG:
        return TopicDecision("emergency", "stays_safe", follow_up="stay")
    if memory.safe_state == "self_harm" and settled.topic not in FINE_AFTER_RED_FLAG:
        return TopicDecision("self_harm", "stays_safe", follow_up="stay")
    if memory.safe_state == "clinician_only" and (settled.topic == "why_timing" or is_sequencing(settled.topic)):
        return TopicDecision("clinician_only", "stays_with_clinician", follow_up="stay")
    return settled


def _is_for_clinician(settled: TopicDecision, reading: Reading) -> bool:
    """Asks for a time or what to do with "it", or cannot be understood as anything else: the clinician decides."""
    vague = settled.topic in ("aftercare", "number_of_sessions", "pain", "price", "injection")
    asks = reading.has("how_long", "take_or_stop") or reading.follow_up == "number_only"
    pressed = settled.topic == "injection" and settled.rule != "safety"  # "just say yes or no"
    return settled.topic == "fallback" or pressed or (asks and vague)


def _ordinary(evidence: Evidence, memory: Memory) -> TopicDecision:
    if settled := explained(evidence, memory):
        return settled
    settled = with_more(structural(evidence, memory), evidence)
    return asks_whether_they_may(settled, evidence, memory) or settled
