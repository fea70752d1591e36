"""Answers about a request for a person: how to reach one, how a request stands, how the form ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.consult.answers.boundaries import clinic_values, ways_to_a_person
from bot.consult.answers.parts import Answer, AnswerContext, Hours, Say
from bot.consult.answers.safety import has_fixed_text

AnswerKind = Callable[[AnswerContext, str], Answer]
PRESSING = frozenset({"emergency_911", "emergency_today", "self_harm"})
"""The safe states in which nobody should wait for a call back."""


@dataclass(frozen=True)
class Standing:
    """How far an earlier request has come, in words."""

    reference: str
    state: str
    asked: str


def is_pressing(context: AnswerContext) -> bool:
    """Whether what was said before cannot wait for a call back, or is asked about first."""
    return context.case.safe.held in PRESSING or has_fixed_text(context)


def answer_not_now(context: AnswerContext, topic: str) -> Answer:
    """Give the ways to a person, and take no request: a red flag does not wait."""
    of_self_harm = context.case.safe.held == "self_harm"
    not_now = "utter_request_not_now_self_harm" if of_self_harm else "utter_request_not_now"
    return Answer(topic, (ways_to_a_person(context), Say(not_now)), handoff_offered=True)


def answer_after(first: str) -> AnswerKind:
    """Say one line first, then give the ways to a person."""

    def answer(context: AnswerContext, topic: str) -> Answer:
        says = (Say(first), ways_to_a_person(context))
        return Answer(topic, says, handoff_offered=True)

    return answer


def answer_line(response: str) -> AnswerKind:
    """Say one line, with which a request is over."""

    def answer(context: AnswerContext, topic: str) -> Answer:
        return Answer("consult", (Say(response, clinic_values(context)),))

    return answer


def answer_standing(standing: Standing, hours: Hours | None = None, written: str = "") -> AnswerKind:
    """Say how an earlier request stands; where that was asked, what it holds, and when somebody is there."""

    def answer(context: AnswerContext, topic: str) -> Answer:
        values = {**context.contact(), "reference": standing.reference, "asked": standing.asked}
        holds = (Say("utter_request_holds", {**values, "written": written}),) if written else ()
        said = Say(f"utter_request_{standing.state}", values)
        when = (Say(f"utter_request_when{hours.state}", {**values, **hours.values}),) if hours else ()
        return Answer("consult", (*holds, said, *when), handoff_offered=True)

    return answer


def answer_filed(reference: str, hours: Hours) -> AnswerKind:
    """Confirm a request that is kept, with hours that are true."""

    def answer(context: AnswerContext, topic: str) -> Answer:
        values = {**context.contact(), **hours.values, "reference": reference}
        return Answer("consult", (Say(f"utter_request_filed{hours.state}", values),))

    return answer
