"""Which function answers which topic: written here once, for the actions, a second question, and the staff's tools."""

from __future__ import annotations

from collections.abc import Callable

from bot.consult.answers.boundaries import answer_boundary, answer_consult
from bot.consult.answers.conversation import answer_small_talk, answer_unclear
from bot.consult.answers.date_card import answer_card
from bot.consult.answers.facts import answer_facts
from bot.consult.answers.parts import Answer, AnswerContext
from bot.consult.answers.requests import answer_not_now, is_pressing
from bot.consult.answers.safety import answer_safety, has_fixed_text
from bot.consult.answers.timing import answer_timing
from bot.consult.timeline.date_card import CARD
from bot.consult.topics import Topic, is_sequencing

AnswerKind = Callable[[AnswerContext, Topic], Answer]


def _answer_handoff(context: AnswerContext, topic: Topic) -> Answer:
    return answer_not_now(context, topic) if is_pressing(context) else answer_consult(context, topic)


BY_KIND: dict[str, AnswerKind] = {
    "article": answer_facts,
    "boundary": answer_boundary,
    "safety": answer_safety,
    "handoff": _answer_handoff,
    "conversation": answer_small_talk,
}


def answer_topic(context: AnswerContext, topic: Topic) -> Answer:
    """Answer a topic by its kind in the knowledge; the sequencing rules answer what is about order and dates."""
    if context.decision.rule == CARD:
        return answer_card(context)
    if has_fixed_text(context):
        return answer_safety(context, topic)
    if topic == "fallback":
        return answer_unclear(context, topic)
    answer = answer_timing if is_sequencing(topic) else BY_KIND[context.knowledge.topic(topic).kind]
    return answer(context, topic)
