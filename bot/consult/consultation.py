"""The consultation: a settled question in, the reply and what the conversation remembers out.

Pure: the knowledge, the clinic, the day and the hour come in as values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.consult.answers.boundaries import answer_boundary
from bot.consult.answers.conversation import answer_french, answer_small_talk
from bot.consult.answers.facts import answer_facts, quote_source
from bot.consult.answers.parts import Answer, Desk, Say
from bot.consult.answers.timing import answer_timing
from bot.consult.conversation import Conversation, SafeState
from bot.consult.topics.types import SAFETY, SMALL_TALK, in_timing_family, is_sequencing

AnswerKind = Callable[[Desk, str], Answer]
ANSWERED_IN_FRENCH = SAFETY | {"consult"}
NOT_KNOWN = frozenset({"fallback", "gibberish"})


@dataclass(frozen=True)
class Reply:
    """What is said in one turn, question by question, and what is remembered of it."""

    answers: tuple[Answer, ...]
    introduction: Say | None
    conversation: Conversation


def consult(desk: Desk, answer_main: AnswerKind, now: float) -> Reply:
    """Answer the question or questions of one message.

    Args:
        desk: The settled question with all that was read, remembered and known.
        answer_main: How the kind of question that was asked first is answered.
        now: Seconds since 1970.
    """
    answers = _answers(desk, answer_main)
    introduction = _introduction(desk, answers[0].topic)
    return Reply(answers, introduction, _remember(desk, answers, introduction is not None, now))


def _answers(desk: Desk, answer_main: AnswerKind) -> tuple[Answer, ...]:
    topic = desk.settled.topic
    if desk.language == "fr" and topic not in ANSWERED_IN_FRENCH:
        return (_in_french(desk, topic),)
    if desk.settled.follow_up == "source" and desk.talk.sources:
        return (quote_source(desk, topic),)
    return (answer_main(desk, topic), *(answer_kind(desk, more)(desk, more) for more in desk.settled.more))


def _in_french(desk: Desk, topic: str) -> Answer:
    timing = answer_kind(desk, topic)(desk, topic).timing if in_timing_family(topic) else None
    return replace(answer_french(desk, topic), timing=timing)


def answer_kind(desk: Desk, topic: str) -> AnswerKind:
    """Return how a topic's kind of question is answered, for the second question of a message."""
    if is_sequencing(topic):
        return answer_timing
    return {"article": answer_facts, "boundary": answer_boundary}.get(
        desk.knowledge.topic(topic).kind, answer_small_talk
    )


def _introduction(desk: Desk, topic: str) -> Say | None:
    """Who answers, said once: in the first turn, or in the next one where a safety message had to stand alone."""
    stands_alone = topic in SAFETY and desk.settled.follow_up != "stay"
    if desk.talk.introduced or stands_alone:
        return None
    return Say("utter_introduction", desk.contact())


def _remember(desk: Desk, answers: tuple[Answer, ...], introduced: bool, now: float) -> Conversation:
    main, talk = answers[0], desk.talk
    for answer in reversed(answers):  # what was asked first is what a follow-up refers to
        talk = _with_topic(talk, answer)
    return replace(
        talk,
        turns=desk.talk.turns + 1,
        introduced=desk.talk.introduced or introduced,
        safe_state=_safe_state(desk, main.topic),
        not_understood=desk.talk.not_understood + 1 if main.topic in NOT_KNOWN else 0,
        offered=any(a.handoff_offered for a in answers),
        treatment_done=desk.talk.treatment_done or any(s == "done" for _, s in desk.reading.direction.status),
        language=desk.language,
        at=now,
    )


def _with_topic(talk: Conversation, answer: Answer) -> Conversation:
    """Remember the topic, order, dates and sources of an answer that a follow-up may refer to."""
    if answer.topic in SMALL_TALK | NOT_KNOWN | {"consult", "off_topic", "abuse", "injection"}:
        return replace(talk, awaiting=None)
    asked = talk.asked_dates + 1 if answer.awaiting else 0
    sources = tuple(cited.id for cited in answer.sources)
    talk = replace(talk.with_topic(answer.topic), sources=sources, awaiting=answer.awaiting, asked_dates=asked)
    return _with_timing(talk, answer)


def _with_timing(talk: Conversation, answer: Answer) -> Conversation:
    told = {treatment: time for treatment, time in answer.times if time.known}
    if answer.timing is None:
        return replace(talk, times=tuple({**dict(talk.times), **told}.items()))
    same_order = answer.timing.first in (None, talk.first)
    earlier = dict(talk.times) if answer.topic == "date_check" or same_order else {}
    times = tuple({**earlier, **told}.items())
    gap = answer.gap or (None if told else talk.gap)
    return replace(talk, first=answer.timing.first or talk.first, times=times, gap=gap)


def _safe_state(desk: Desk, topic: str) -> SafeState | None:
    """Enter the safe state with a red flag, keep it, or leave it when the user takes it back."""
    if desk.settled.follow_up == "stay":
        return desk.talk.safe_state
    if topic == "self_harm":
        return "self_harm"
    if topic == "emergency":
        return "emergency_today" if desk.reading.safety.route == "emergency_today" else "emergency_911"
    for_clinician = topic == "clinician_only" and desk.talk.safe_state in (None, topic)
    # "I fainted last time, I'm fine now": well again, but it stays a clinician's question.
    stays = for_clinician and desk.settled.rule == "safety"
    if desk.reading.safety.retraction and not stays:
        return None
    return "clinician_only" if for_clinician else desk.talk.safe_state
