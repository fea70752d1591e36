"""Decides what a case is about: the table's row, and the other question of the message."""

from __future__ import annotations

from bot.consult.case.case import Case
from bot.consult.decision.table import ORDINARY, Row, first_fit
from bot.consult.decision.types import Manner, TopicDecision
from bot.consult.topics import (
    COURTESIES,
    NOT_A_SECOND_QUESTION,
    NOT_OURS,
    SMALL_TALK,
    Topic,
    is_about,
    is_of_each,
    is_on_timing,
    is_sequencing,
    of_treatment,
)

MANNERS: dict[str, Manner] = {"stays_safe": "stay", "stays_with_clinician": "stay", "released": "cleared"}
TOLD_BESIDE_TIMES = frozenset({"side_effect_mild", "number_of_sessions", "pain"})
"""A healing face, a series done or "no pain" beside dates tells something; it is no question."""
MOST_MORE = 2


def decide(case: Case) -> TopicDecision:
    """Return the topic of a case: the first row of the table that fits decides."""
    row = first_fit(case)
    topic = row.topic(case)
    asked = _asked(row, topic, case)
    return TopicDecision(
        topic=asked[0],
        rule=row.name,
        more=asked[1 : 1 + MOST_MORE],
        likely=case.likely if topic == "fallback" else (),
        follow_up=MANNERS.get(row.name),
        held=_held(topic, case),
        confidence=1.0 if case.safe.route else case.guess.confidence,
    )


def _held(topic: Topic, case: Case) -> Topic | None:
    """The question on timing that a clinician has to answer: somebody else may ask it next."""
    if topic != "clinician_only" or not (case.safe.route or case.safe.held):
        return None
    asked = next(row for row in ORDINARY if row.fits(case)).topic(case)
    return asked if is_on_timing(asked) else None


def _asked(row: Row, topic: Topic, case: Case) -> tuple[Topic, ...]:
    """The questions of the message in their order: the decided one among what its parts ask clearly."""
    if row not in ORDINARY or case.lean:
        return (topic,)
    return _with_the_reason(topic, case) or _with_the_other(topic, case) or _in_parts(topic, case)


def _with_the_reason(topic: Topic, case: Case) -> tuple[Topic, ...]:
    return (topic, "why_timing") if is_sequencing(topic) and "reason_beside" in case.asks else ()


def _in_parts(topic: Topic, case: Case) -> tuple[Topic, ...]:
    questions = tuple(dict.fromkeys(_as_whole(part, topic) for part in _parts(topic, case)))
    if topic in COURTESIES and questions:
        return questions
    return _in_order(questions, topic, case) if topic in questions else (topic,)


def _with_the_other(topic: Topic, case: Case) -> tuple[Topic, ...]:
    """The two are compared in what they are, or are used for: "what's the difference between them?"."""
    both = case.about == "both" or not case.named
    if not (both and "compares" in case.asks and is_of_each(topic) and is_about(topic, case.pair)):
        return ()
    return (topic, *(of_treatment(topic, each) for each in case.pair if not is_about(topic, (each,))))


def _in_order(questions: tuple[Topic, ...], topic: Topic, case: Case) -> tuple[Topic, ...]:
    """The questions as they are answered: in the order they are asked, but what a long message ends with first."""
    if topic in NOT_OURS | SMALL_TALK:
        return (topic,)
    return tuple(dict.fromkeys((topic, *questions))) if case.tells else questions


def _parts(topic: Topic, case: Case) -> tuple[Topic, ...]:
    """What the parts ask beside the topic, with the topic itself."""
    parts = (part for part in case.parts if part == topic or part not in NOT_A_SECOND_QUESTION)
    return tuple(part for part in parts if _is_asked_beside(part, topic, case))


def _is_asked_beside(part: Topic, topic: Topic, case: Case) -> bool:
    """A part beside the topic is a question, unless it only tells something there."""
    if topic == "other_treatment":
        return not is_sequencing(part)  # nothing of the rule carries over
    if not is_sequencing(topic):
        return part != "date_check" or not is_about(topic, case.named)
    return part not in TOLD_BESIDE_TIMES or "sessions" in case.asks


def _as_whole(part: Topic, topic: Topic) -> Topic:
    """Parts lose what the whole shows: any sequencing topic of a part means the whole's sequencing topic."""
    return topic if is_sequencing(part) and is_sequencing(topic) else part
