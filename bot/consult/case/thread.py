"""What the conversation stands at: the topics that a short message may still refer to."""

from __future__ import annotations

from bot.consult.case.memory import Memory
from bot.consult.reading.message import Reading
from bot.consult.topics import Topic, is_about, is_on_timing, is_sequencing, wait_after
from bot.consult.types import TreatmentId

NOT_LONG_AGO = 3
"""So many topics back a short message may still refer to."""


def timing_topic(memory: Memory) -> Topic | None:
    """Return the topic on timing that was spoken of not long ago."""
    return next((topic for topic in memory.topics[:NOT_LONG_AGO] if is_on_timing(topic)), None)


def at_hand(reading: Reading, memory: Memory) -> Topic | None:
    """Return the question on order, waiting or dates that the conversation stands at."""
    topic = timing_topic(memory)
    if topic is None:
        return None
    if memory.times and "date_check" in memory.topics[:NOT_LONG_AGO]:
        return "date_check"
    earlier = (t for t in memory.topics if is_sequencing(t))
    return topic if is_sequencing(topic) else next(earlier, wait_after(memory.first or reading.pair[0]))


def is_alone(reading: Reading, memory: Memory) -> bool:
    """Tell whether one treatment is named and nothing speaks of another: then there is no order and no gap."""
    named = reading.covered or memory.named
    if len(named) != 1 or reading.has("both", "other_one", "flip") or len(reading.timeline.times) > 1:
        return False
    partner = next((t for t in reading.pair if t != named[0]), "")
    return not _is_spoken_of(partner, memory)


def _is_spoken_of(treatment: TreatmentId, memory: Memory) -> bool:
    """Earlier turns named it, told its day, or were on what concerns both."""
    told = treatment in memory.named or any(each == treatment for each, _ in memory.times)
    return told or any(is_on_timing(topic) or is_about(topic, (treatment,)) for topic in memory.topics[:NOT_LONG_AGO])
