"""The actions that answer. The topic, not the action, says how: ``bot.consult.answers.kinds``."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import LISTEN, ConsultAction, Domain, consulted, ended


class AnswerQuestion(ConsultAction):
    """Any question, by its topic."""

    def name(self) -> str:  # noqa: D102
        return "action_answer"


class KeepSafe(ConsultAction):
    """The fixed texts for red flags and distress; nothing goes on beside them."""

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Say the text, and end the request form if it was open."""
        memory = consulted(dispatcher, tracker, domain, self.answer)
        return [memory, *ended(tracker), FollowupAction(LISTEN)]

    def name(self) -> str:  # noqa: D102
        return "action_keep_safe"


class Clarify(ConsultAction):
    """A question back: its buttons are titled with the domain's wording, which is sent to it alone."""

    def name(self) -> str:  # noqa: D102
        return "action_clarify"
