"""The consultation: a decided question in, the reply and what the conversation remembers out.

Pure: the knowledge, the clinic, the day and the hour come in as values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.consult.answers.conversation import cleared
from bot.consult.answers.date_card import with_card
from bot.consult.answers.echo import digests, without_echo
from bot.consult.answers.facts import quote_source
from bot.consult.answers.kinds import AnswerKind, answer_topic
from bot.consult.answers.parts import CLOSINGS, Answer, AnswerContext, Say
from bot.consult.answers.safety import ASKS_TO_CALL, has_fixed_text
from bot.consult.case.memory import Memory
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.topics import SAFETY, SMALL_TALK
from bot.consult.types import TreatmentId

NOT_KNOWN = frozenset({"fallback", "gibberish"})


@dataclass(frozen=True)
class Reply:
    """What is said in one turn, question by question, and what is remembered of it."""

    answers: tuple[Answer, ...]
    introduction: Say | None
    conversation: Memory


def consult(context: AnswerContext, now: float, answer_main: AnswerKind = answer_topic) -> Reply:
    """Answer the question or questions of one message.

    Args:
        context: The decided question with all that was read, remembered and known.
        now: Seconds since 1970.
        answer_main: How the question that was asked first is answered, where not by its topic.
    """
    context = replace(context, memory=context.memory.taken_up(context.case.whose))
    answers = tuple(with_card(context, answer) for answer in _answers(context, answer_main))
    answers = _with_one_closing(context, without_echo(context, answers))
    introduction = _introduction(context, answers[0].topic)
    introduced = introduction is not None or _introduces_itself(context, answers[0].topic)
    return Reply(answers, introduction, _remember(context, answers, introduced, now))


def _answers(context: AnswerContext, answer_main: AnswerKind) -> tuple[Answer, ...]:
    topic = context.decision.topic
    if context.decision.rule == "source" and context.memory.sources:
        return (quote_source(context, topic),)
    main = answer_main(context, topic)
    if context.case.safe.released and context.decision.follow_up != "cleared":
        main = replace(main, says=(cleared(context), *main.says))  # "I'm safe. Can you call me?"
    return (main, *(answer_topic(context, more) for more in context.decision.more))


def _with_one_closing(context: AnswerContext, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Close a turn once, with the sources of all its answers."""
    closings = [say for answer in answers for say in answer.says if say.closing]
    if len(answers) == 1 or not closings:
        return answers
    sources = tuple(cited for answer in answers for cited in answer.sources)
    closing = context.close_article(sources, _gravest(closings)) if sources else closings[-1]
    *first, last = map(_unclosed, answers)
    return (*first, replace(last, says=(*last.says, closing)))


def _gravest(closings: Sequence[Say]) -> str:
    """The closing that asks for most: to have a verdict confirmed."""
    said = [say.response for say in closings if say.response in CLOSINGS]
    return min(said, key=CLOSINGS.index, default=CLOSINGS[-1])


def _unclosed(answer: Answer) -> Answer:
    """An answer without its own closing."""
    return replace(answer, says=tuple(say for say in answer.says if not say.closing))


def _introduction(context: AnswerContext, topic: str) -> Say | None:
    """Who answers, said once: in the first turn, or in the next one where a safety message had to stand alone."""
    stands_alone = (topic in SAFETY or has_fixed_text(context)) and context.decision.follow_up != "stay"
    if context.memory.introduced or stands_alone or _introduces_itself(context, topic):
        return None
    return Say("utter_introduction", context.contact())


def _introduces_itself(context: AnswerContext, topic: str) -> bool:
    """The first thing asked is who answers, and the answer says all of it."""
    return topic == "bot_challenge" and not context.memory.turns


def _remember(context: AnswerContext, answers: tuple[Answer, ...], introduced: bool, now: float) -> Memory:
    """Remember the turn, and no date of one that the safety layer speaks to."""
    main, memory = answers[0], context.memory
    if context.decision.held:
        memory = memory.with_topic(context.decision.held)
    if context.case.safe.held is None and context.case.safe.route is None:
        memory = _with_times(memory, context.case.told.times)
    for answer in reversed(answers):  # what was asked first is what a follow-up refers to
        memory = _with_topic(memory, answer)
    return replace(
        memory,
        first=_first_spoken_of(context, main, memory),
        proposed=_proposed(context),
        turns=context.memory.turns + 1,
        named=tuple(dict.fromkeys((*context.memory.named, *context.case.named))),
        introduced=context.memory.introduced or introduced,
        safe=context.case.safe.memory,
        asked_to_call=has_fixed_text(context) and context.case.safe.text == ASKS_TO_CALL,
        not_understood=context.memory.not_understood + 1 if main.topic in NOT_KNOWN else 0,
        offered=any(a.handoff_offered for a in answers),
        said=_said(context, answers),
        treatment_done=context.memory.treatment_done or context.case.done,
        language=context.language,
        at=now,
    )


def _said(context: AnswerContext, answers: tuple[Answer, ...]) -> tuple[str, ...]:
    """What the next turn is not to say again; a turn that was not understood leaves what was said before it."""
    before = context.memory.said if answers[0].topic in NOT_KNOWN else ()
    return (*digests(answers), *before)


def _proposed(context: AnswerContext) -> tuple[TreatmentId, ...]:
    """The treatments that a day was proposed for, and not only told, when a day was last told."""
    told = tuple(treatment for treatment, _ in context.case.told.times)
    if not told:
        return context.memory.proposed
    again = told == context.memory.proposed  # "Botox on the 25th?" ... "and the 27th" ... "26th"
    asks = context.case.asks
    proposes = "may_i" not in asks and ("proposal" in asks or "leave" in asks)  # "they moved my Botox. Still ok?" tells
    return told if again or proposes else ()


def _first_spoken_of(context: AnswerContext, main: Answer, memory: Memory) -> TreatmentId | None:
    """The treatment put first by an answer on timing, or else by the words of any other message.

    Nothing from before the question which goes first, and its answer.
    """
    if main.topic == "order" and "confirm" in context.case.asks:
        return None  # "my friend says needling first, is that true?" is nobody's plan
    if main.timing:
        return memory.first
    return context.case.first or (None if main.topic == "order" else memory.first)


def _with_topic(memory: Memory, answer: Answer) -> Memory:
    """Remember the topic, order, dates and sources of an answer that a follow-up may refer to."""
    if answer.topic in SMALL_TALK | NOT_KNOWN | {"consult", "off_topic", "abuse", "injection"}:
        return replace(memory, awaiting=None)
    asked = memory.asked_dates + 1 if answer.awaiting else 0
    sources = tuple(cited.id for cited in answer.sources)
    memory = replace(memory.with_topic(answer.topic), sources=sources, awaiting=answer.awaiting, asked_dates=asked)
    return _with_timing(memory, answer)


def _with_timing(memory: Memory, answer: Answer) -> Memory:
    """Remember the order and the times; another order drops the dates told before, unless dates are checked."""
    if answer.timing is None:
        return _with_times(memory, answer.times)
    same_order = memory.first is None or answer.timing.first in (None, memory.first)
    kept = memory if answer.topic == "date_check" or same_order else replace(memory, times=())
    told = any(time.known for _, time in answer.times)
    gap = answer.gap or (None if told else memory.gap)
    return replace(_with_times(kept, answer.times), first=answer.timing.first or memory.first, gap=gap)


def _with_times(memory: Memory, times: tuple[tuple[TreatmentId, TreatmentTime], ...]) -> Memory:
    """Remember the known times, each in place of the treatment's earlier one."""
    told = {treatment: time for treatment, time in times if time.known}
    return replace(memory, times=tuple({**dict(memory.times), **told}.items()))
