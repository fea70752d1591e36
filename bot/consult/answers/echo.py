"""No echo: what was said in the turn before is said again as a short form that refers to it.

Fixed safety texts and the request form's own words are exempt; what has no short form gets a clause in front.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args
from zlib import crc32

from bot.consult.answers.parts import Answer, AnswerContext, Say
from bot.consult.safety.reading import Fact
from bot.knowledge.types import Topic

AGAIN = "*"
"""Marks what was said as a short form, so that it is not said as the same one a third time."""
EXEMPT = ("safety", "request", "consult", "date_form", "cleared", "no_clearance")
"""How the names of responses begin that may be said again word for word."""
COUNTED = ("date", "gap")
"""How the names of responses begin that say how many days lie between."""
UNCOUNTED = "no_interval"
"""How the names of those end that say no length of time."""
NO_NUMBER = "utter_still_no_interval"
REASONS = ("reason_line", "reversed_reason_line")
CLOSING_AGAIN = "utter_close_again"
AS_BEFORE = "utter_as_before"
SHORT: Mapping[str, str] = {
    "utter_order": "utter_still_order",
    "utter_order_reversed": "utter_still_no_interval",
    "utter_wait_interval": "utter_still_wait",
    "utter_wait_no_interval": "utter_still_no_interval",
    "utter_date_no_interval": "utter_still_no_interval",
    "utter_same_day": "utter_still_same_day",
    "utter_same_day_reversed": "utter_still_no_interval",
    "utter_date_earliest": "utter_still_earliest",
    "utter_date_too_soon": "utter_still_earliest",
    "utter_date_too_soon_today": "utter_still_earliest",
    "utter_date_too_soon_vague": "utter_still_too_soon",
    "utter_gap_too_soon": "utter_still_too_soon",
    "utter_date_past_minimum": "utter_still_past_minimum",
    "utter_date_past_minimum_today": "utter_still_past_minimum",
    "utter_date_past_minimum_vague": "utter_still_past_minimum",
    "utter_gap_past_minimum": "utter_still_past_minimum",
    "utter_date_exactly": "utter_still_exactly",
    "utter_date_exactly_today": "utter_still_exactly",
    "utter_gap_exactly": "utter_still_exactly",
    "utter_clinician_only": "utter_still_clinician",
    "utter_clinician_only_stay": "utter_still_clinician",
    **{f"utter_clinician_only_stay_{fact}": "utter_still_clinician" for fact in get_args(Fact)},
    "utter_side_effect_mild": "utter_still_side_effect",
}
"""The short form of a response, and of those whose names it begins."""
OF_KIND = {"article": "utter_still_claim", "boundary": "utter_still_gap"}


def without_echo(context: AnswerContext, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Shorten what the turn before said already."""
    return tuple(_shortened(answer, context) for answer in answers)


def digests(answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return what tells whether the next turn says the same; no text, and nothing of the user's words."""
    return tuple(_digest(say) for answer in answers for say in answer.says if not say.closing)


def _shortened(answer: Answer, context: AnswerContext) -> Answer:
    repeats = _repeats(answer, context)
    if all(_is_exempt(say) for say in repeats):
        return answer
    says = tuple(_again(say, answer, context) if say in repeats or say.closing else say for say in answer.says)
    if any(short.response != say.response for short, say in zip(says, answer.says, strict=True) if not say.closing):
        return replace(answer, says=says)
    return replace(answer, says=(Say(AS_BEFORE), *says))


def _repeats(answer: Answer, context: AnswerContext) -> list[Say]:
    """What the turn before said with the same values; a closing is none of it."""
    return [say for say in answer.says if not say.closing and _digest(say) in context.memory.said]


def _again(say: Say, answer: Answer, context: AnswerContext) -> Say:
    values = {**say.values, **context.contact()}
    if say.closing:
        return Say(CLOSING_AGAIN, values, closing=True)
    short = None if _is_exempt(say) else _short(say, context.knowledge.topic(answer.topic))
    return replace(say, response=short, values=values) if short else say


def _short(say: Say, topic: Topic) -> str | None:
    """The short form by the longest name that the response begins with, or by the kind of its topic."""
    family = _family(say.response)
    return SHORT.get(family) or (OF_KIND.get(topic.kind) if say.response.startswith(f"utter_{topic.id}") else None)


def _family(response: str) -> str:
    """The response without the form of its opening."""
    return max((name for name in SHORT if _is_form_of(response, name)), key=len, default=response)


def _is_form_of(response: str, name: str) -> bool:
    return response in (name, f"{name}_yes", f"{name}_no", f"{name}_leave")


def _is_exempt(say: Say) -> bool:
    return say.response.removeprefix("utter_").startswith(EXEMPT)


def _unsaid(response: str) -> tuple[str, ...]:
    """What makes no other answer: a reason left out, and lengths of time that the wording leaves out."""
    counted = response.removeprefix("utter_").startswith(COUNTED) and not response.endswith(UNCOUNTED)
    return REASONS if counted else (*REASONS, "days")


def _digest(say: Say) -> str:
    shorts = {*SHORT.values(), *OF_KIND.values()}
    family = _family(say.response)
    if SHORT.get(family) == NO_NUMBER and say.response.endswith(UNCOUNTED):
        return f"{NO_NUMBER}:{say.values.get('first_name')}"  # with other dates it is the same silence
    told = sorted((name, value) for name, value in say.values.items() if name not in _unsaid(say.response))
    values = crc32(json.dumps(told).encode())
    return f"{family}{AGAIN if say.response in shorts else ''}:{values}"
