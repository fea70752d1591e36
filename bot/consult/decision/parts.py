"""Two questions in one message: which the parts ask, and which is answered first."""

from __future__ import annotations

from dataclasses import replace

from bot.consult.decision.types import (
    COURTESIES,
    NOT_A_SECOND_QUESTION,
    NOT_OURS,
    PART_FROM,
    SMALL_TALK,
    SURE_FROM,
    Evidence,
    Topic,
    TopicDecision,
    is_about,
    is_sequencing,
)
from bot.consult.reading.message import Reading


def with_more(settled: TopicDecision, evidence: Evidence) -> TopicDecision:
    """Add the other question of a message, and put the one asked first in front."""
    asked = parts_asked(evidence)
    if settled.topic in COURTESIES and (beside := [t for t in asked if t not in NOT_A_SECOND_QUESTION]):
        return replace(settled, topic=beside[0], more=tuple(beside[1:3]), rule=f"{settled.rule}+parts")
    if is_sequencing(settled.topic) and evidence.reading.has("and_why"):
        return replace(settled, more=("why_timing",), rule=f"{settled.rule}+why")
    if is_sequencing(settled.topic):  # a healing face, a series done or "no pain" tells something; it is no question
        told = {"side_effect_mild", "number_of_sessions", *(("pain",) if evidence.reading.has("negation") else ())}
        asked = [topic for topic in asked if topic not in told or _asks_how_many(topic, evidence.reading)]
    if settled.rule in ("dates", "same_day"):  # telling a date is no question on the treatment's effect
        asked = [t for t in asked if not is_about(t, evidence.reading.pair) or t in _asked_surely(evidence)]
    if len(evidence.reading.covered) == 1 and is_about(settled.topic, evidence.reading.covered):
        asked = [topic for topic in asked if topic != "date_check"]  # "Botox 3 days ago, when does it start?"
    asked = [settled.topic if _same_kind(topic, settled.topic) else topic for topic in dict.fromkeys(asked)]
    asked = [t for t in dict.fromkeys(asked) if t == settled.topic or t not in NOT_A_SECOND_QUESTION]
    if settled.topic not in asked or len(asked) < 2 or settled.topic in NOT_OURS | SMALL_TALK:
        return settled
    return replace(settled, topic=asked[0], more=tuple(asked[1:3]), rule=f"{settled.rule}+parts")


def _asks_how_many(topic: Topic, reading: Reading) -> bool:
    return topic == "number_of_sessions" and reading.has("how_many")


def parts_asked(evidence: Evidence) -> list[Topic]:
    """The topics that the parts of a message ask about clearly, each once; a courtesy only where it is all there is."""
    clear = [part[0].topic for part in evidence.parts if part and part[0].confidence >= PART_FROM]
    return list(dict.fromkeys(topic for topic in clear if topic not in COURTESIES)) or list(dict.fromkeys(clear))


def _asked_surely(evidence: Evidence) -> set[Topic]:
    return {part[0].topic for part in evidence.parts if part and part[0].confidence >= SURE_FROM}


def _same_kind(one: Topic, other: Topic) -> bool:
    """Parts lose what the whole shows: any sequencing topic of a part means the whole's sequencing topic."""
    return is_sequencing(one) and is_sequencing(other)
