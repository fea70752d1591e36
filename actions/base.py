"""The base of every action: it reads the turn, lets the consultation decide, says the reply, and never fails loudly.

A failure is logged without anything that the user said, and answered with an apology and the clinic's contact.
"""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from pydantic import parse_obj_as
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.services import Services, reach, services
from bot import languages
from bot.consult.answers.kinds import AnswerKind, answer_topic
from bot.consult.answers.parts import Answer, AnswerContext
from bot.consult.answers.safety import SAFETY_TEXT
from bot.consult.case.case import Case
from bot.consult.case.evidence import Evidence, Guess
from bot.consult.case.memory import Memory, remembered
from bot.consult.case.resolve import case_of
from bot.consult.consultation import Reply, consult
from bot.consult.decision.decide import decide
from bot.consult.decision.types import TopicDecision
from bot.consult.request.progress import ALL_SLOTS, KEY, KNOWN, known_later, tokens_in
from bot.consult.request.types import FORM, SLOTS
from bot.consult.timeline.date_card import CARD, ENTITY, TOPIC, days_told, timeline_of
from bot.consult.timeline.timeline import Timeline

logger = logging.getLogger(__name__)

Domain = dict[str, Any]
CONVERSATION_SLOT = "consultation"
LISTEN = "action_listen"
THANKS = "smalltalk_thanks"


class ConsultAction(Action, ABC):
    """Answers the last message, by its topic unless a subclass has another answer."""

    @abstractmethod
    def name(self) -> str:
        """The name that the domain knows the action by."""

    def answer(self, context: AnswerContext, topic: str) -> Answer:
        """Make the answer to a topic."""
        return answer_topic(context, topic)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Answer the last message and remember what a follow-up may need.

        Returns:
            The conversation's memory, and the wish to hear the user next: no further prediction is needed.
        """
        try:
            return await self.respond(dispatcher, tracker, domain)
        except Exception as error:  # the edge that answers the user
            logger.error("%s could not answer: %s", self.name(), type(error).__name__)
            self._apologise(dispatcher)
            return [FollowupAction(LISTEN)]

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Say the answer; a form that was interrupted by the question then asks its own again, but beside no alarm."""
        memory = consulted(dispatcher, tracker, domain, self.answer)
        alone = any(message.get("response") == SAFETY_TEXT for message in dispatcher.messages)
        if _is_done_with_form(tracker):
            return [memory, *ended(tracker), FollowupAction(LISTEN)]
        return [memory, FollowupAction(FORM if is_form_open(tracker) and not alone else LISTEN)]

    def _apologise(self, dispatcher: CollectingDispatcher) -> None:
        dispatcher.messages.clear()
        dispatcher.utter_message(response="utter_apology", apology=True, **contact())


def _is_done_with_form(tracker: Tracker) -> bool:
    """Tell whether somebody thanks for the form's offer, and has told nothing to it: it is not pressed on them."""
    thanks = (tracker.latest_message.get("intent") or {}).get("name") == THANKS
    consented = tracker.get_slot(SLOTS["consent"]) is not None
    return is_form_open(tracker) and thanks and not (consented or tokens_in(tracker.slots))


def consulted(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, answer: AnswerKind) -> EventType:
    """Say what ``answer`` makes of the last message; the conversation's memory of it is returned."""
    now, built = time.time(), services()
    context = context_of(tracker, built, now)
    reply = consult(context, now, answer)
    say(reply, dispatcher, context.knowledge.covered, domain)
    return SlotSet(CONVERSATION_SLOT, reply.conversation.as_json())


def ended(tracker: Tracker, **learnt: object) -> list[EventType]:
    """Return what ends the request form and empties it; nothing where there is none.

    Args:
        tracker: The conversation.
        learnt: What stays known of it: the reference of a request that was ``filed``, that somebody is ``under_age``.
    """
    if not is_form_open(tracker) and tracker.get_slot(KEY) is None:
        return []
    known = {**known_later(tracker.get_slot(KNOWN)), **learnt} or None
    emptied = [SlotSet(slot, None) for slot in ALL_SLOTS]
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), *emptied, SlotSet(KNOWN, known)]


def is_form_open(tracker: Tracker) -> bool:
    """Whether the request form waits for an answer."""
    return (tracker.active_loop or {}).get("name") == FORM


def context_of(tracker: Tracker, built: Services, now: float) -> AnswerContext:
    """Lay out what an answer is made from: the case of the last message, the memory, the knowledge."""
    memory = remembered(tracker.get_slot(CONVERSATION_SLOT), now)
    decision, case = _understood(tracker.latest_message, memory, now)
    return AnswerContext(
        decision=decision,
        case=case,
        memory=memory.without_dates() if decision.rule == CARD else memory,
        knowledge=built.knowledge.current(),
        clinic=built.clinic_facts(case.language),
        today=built.today(),
        profile=built.clinic,
        moment=built.moment(),
    )


def _understood(message: dict[str, Any], memory: Memory, now: float) -> tuple[TopicDecision, Case]:
    """Take what the pipeline made of a message; a button and a date card pass it by and name their topic themselves."""
    if "case" in message:
        return parse_obj_as(TopicDecision, message["decision"]), parse_obj_as(Case, message["case"])
    built = services()
    evidence = Evidence((Guess(message["intent"]["name"], 1.0),))
    reading = built.button_reading(languages.hinted(message.get("metadata")) or memory.language)
    case = case_of(reading, memory, evidence, built.today(), now)
    card = next((str(each["value"]) for each in message.get("entities", []) if each["entity"] == ENTITY), None)
    return _of_card(timeline_of(days_told(card, reading.pair)), case) if card else (decide(case), case)


def _of_card(days: Timeline, case: Case) -> tuple[TopicDecision, Case]:
    """A date card tells its days and nothing else; where safety speaks or holds, it is a question like any other."""
    case = replace(case, told=days, known=days, first=None, thread=None)
    return (decide(case) if case.safe.route or case.safe.held else TopicDecision(TOPIC, CARD)), case


def contact() -> dict[str, str]:
    """Name the clinic and its phone, if even that can be read."""
    try:
        clinic = services().clinic
        return {"clinic_name": clinic.name, "phone": reach(clinic)}
    except Exception:  # the apology is the last thing that may fail
        return {"clinic_name": "the clinic", "phone": "its phone number"}


def say(reply: Reply, dispatcher: CollectingDispatcher, covered: tuple[str, ...], domain: Domain) -> None:
    """Say a reply: each answer's first message carries what the channel needs to know of it."""
    if reply.introduction:
        introduction = reply.introduction
        dispatcher.utter_message(response=introduction.response, introduction=True, **introduction.values)
    for answer in reply.answers:
        envelope: dict[str, Any] | None = envelope_of(answer, reply.conversation.language, covered)
        for each in answer.says:
            extra: dict[str, Any] = {"answer": envelope} if envelope else {}
            extra |= {"closing": True} if each.closing else {}
            extra |= {"form": each.form} if each.form else {}
            dispatcher.utter_message(
                response=each.response, buttons=choice_buttons(answer, domain), **each.values, **extra
            )
            envelope = None


def envelope_of(answer: Answer, language: str, covered: tuple[str, ...]) -> dict[str, Any]:
    """Return the contract's facts on an answer: topic, language, timing, sources, whether a person was offered."""
    return {
        "topic": answer.topic,
        "language": language,
        "timing": answer.timing.as_json(covered) if answer.timing else None,
        "sources": [{"id": cited.id, "heading": cited.heading, "quote": cited.quote} for cited in answer.sources],
        "handoff_offered": answer.handoff_offered,
    }


def choice_buttons(answer: Answer, domain: Domain) -> list[dict[str, str]]:
    """Offer the topics to choose from; their titles are wording of the domain."""
    titles = domain.get("responses", {})
    return [{"title": titles[f"utter_title_{topic}"][0]["text"], "payload": f"/{topic}"} for topic in answer.choices]
