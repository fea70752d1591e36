"""Kinds of topics, told by their ids; the ids themselves are the knowledge's and the contract's."""

from __future__ import annotations

from collections.abc import Sequence

from bot.consult.types import TreatmentId

Topic = str

SEQUENCING = frozenset({"order", "same_day", "date_check"})
REASONS = frozenset({"why_timing", "combined_benefits"})
NOT_OURS = frozenset({"abuse", "off_topic", "gibberish", "injection", "fallback"})
COURTESIES = frozenset({"smalltalk_greet", "smalltalk_thanks", "smalltalk_bye"})
SMALL_TALK = COURTESIES | {"bot_challenge", "help"}
SAFETY = frozenset({"emergency", "self_harm"})
NOT_A_SECOND_QUESTION = SMALL_TALK | NOT_OURS | SAFETY | {"clinician_only", "consult"}
FINE_AFTER_RED_FLAG = SMALL_TALK | SAFETY | {"consult", "location_hours"}
_WAIT = "wait_after_"
_OF_EACH = frozenset({"what", "uses"})


def wait_after(treatment: TreatmentId) -> Topic:
    """Return the topic that asks for the wait after a treatment."""
    return f"{_WAIT}{treatment}"


def waited_after(topic: Topic) -> TreatmentId | None:
    """Return the treatment whose wait a topic asks for, if it asks for one."""
    return topic.removeprefix(_WAIT) if topic.startswith(_WAIT) else None


def is_sequencing(topic: Topic) -> bool:
    """Tell whether the sequencing rules answer a topic: order, waiting, the same day, own dates."""
    return topic in SEQUENCING or waited_after(topic) is not None


def is_on_timing(topic: Topic) -> bool:
    """Tell whether a topic is about order, waiting, dates or the reasons for them."""
    return is_sequencing(topic) or topic in REASONS


def is_about(topic: Topic, treatments: Sequence[TreatmentId]) -> bool:
    """Tell whether a topic is of one of these treatments; such topics start with the treatment's id."""
    return any(topic.startswith(f"{treatment}_") for treatment in treatments)


def is_of_each(topic: Topic) -> bool:
    """Tell whether there is such a topic of every treatment: what it is, what it is for."""
    return topic.partition("_")[2] in _OF_EACH


def of_treatment(topic: Topic, treatment: TreatmentId) -> Topic:
    """Return the same question about another treatment."""
    return f"{treatment}_{topic.partition('_')[2]}"
