"""The actions, one for each kind of answer. Each joins a rule to the function of ``bot/consult`` that decides."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import LISTEN, ConsultAction, Domain, consulted, ended
from bot.consult.answers.boundaries import answer_boundary
from bot.consult.answers.conversation import answer_small_talk, answer_unclear
from bot.consult.answers.facts import answer_facts
from bot.consult.answers.parts import Answer, AnswerContext
from bot.consult.answers.safety import answer_safety
from bot.consult.answers.timing import answer_timing


class AnswerTiming(ConsultAction):
    """Order, waiting, the same day, own dates."""

    def name(self) -> str:  # noqa: D102
        return "action_answer_timing"

    def answer(self, context: AnswerContext, topic: str) -> Answer:  # noqa: D102
        return answer_timing(context, topic)


class AnswerFacts(ConsultAction):
    """What the article says of a treatment."""

    def name(self) -> str:  # noqa: D102
        return "action_answer_facts"

    def answer(self, context: AnswerContext, topic: str) -> Answer:  # noqa: D102
        return answer_facts(context, topic)


class NameBoundary(ConsultAction):
    """What the article does not say, and what only a clinician may."""

    def name(self) -> str:  # noqa: D102
        return "action_name_boundary"

    def answer(self, context: AnswerContext, topic: str) -> Answer:  # noqa: D102
        return answer_boundary(context, topic)


class KeepSafe(ConsultAction):
    """The fixed texts for red flags and distress; nothing goes on beside them."""

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Say the text, and end the request form if it was open."""
        memory = consulted(dispatcher, tracker, domain, self.answer)
        return [memory, *ended(tracker), FollowupAction(LISTEN)]

    def name(self) -> str:  # noqa: D102
        return "action_keep_safe"

    def answer(self, context: AnswerContext, topic: str) -> Answer:  # noqa: D102
        return answer_safety(context, topic)


class SmallTalk(ConsultAction):
    """Greetings, thanks, and what is not ours."""

    def name(self) -> str:  # noqa: D102
        return "action_small_talk"

    def answer(self, context: AnswerContext, topic: str) -> Answer:  # noqa: D102
        return answer_small_talk(context, topic)


class Clarify(ConsultAction):
    """What was not understood."""

    def name(self) -> str:  # noqa: D102
        return "action_clarify"

    def answer(self, context: AnswerContext, topic: str) -> Answer:  # noqa: D102
        return answer_unclear(context, topic)
