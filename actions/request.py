"""The actions of the request form: what starts it, takes its answers, asks its questions and files the request.

None of them sees what was typed: their values are tokens of the vault.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from itertools import takewhile
from typing import Any
from uuid import uuid4

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction

from actions.base import LISTEN, ConsultAction, Domain, consulted, ended, is_form_open
from actions.page import page_form
from actions.services import services
from actions.wording import wording
from bot import languages
from bot.clock import utc_now
from bot.consult.answers.parts import Answer, AnswerContext
from bot.consult.answers.requests import (
    answer_after,
    answer_filed,
    answer_line,
    answer_standing,
    is_pressing,
)
from bot.consult.request.consent import read_consent
from bot.consult.request.progress import (
    EMPTY,
    ENDING,
    KEY,
    KNOWN,
    NOTED,
    advance,
    fresh,
    is_unsent,
    missing,
    tokens_in,
    tried,
)
from bot.consult.request.questions import Asking, responses
from bot.consult.request.types import FIELDS, FORM, SEALED, SLOTS, Field, FormAnswer, read_back
from bot.handoff.errors import ForgottenError
from bot.handoff.types import OVER, Draft, Status

logger = logging.getLogger(__name__)
PAGE_CHANNEL = "website"
OFFER = "action_offer_person"
FILE = "action_file_request"
NOT_ASKED = frozenset({"consult", "emergency", "self_harm"})
"""Topics that do not travel with a request: the request itself, and what no request is for."""
Events = list[EventType]


def said_to_form(tracker: Tracker) -> FormAnswer | None:
    """Return what the last message says to the form, sealed."""
    return read_back(tracker.latest_message.get("request_answer"))


def acted(tracker: Tracker) -> set[str]:
    """Return the actions that have answered the last message before the form came to it."""
    since = takewhile(lambda event: event["event"] != "user", reversed(tracker.events))
    return {event["name"] for event in since if event["event"] == "action"} - {FORM, LISTEN}


def known_of(tracker: Tracker) -> dict[str, Any]:
    """Return what is known outside of the form."""
    return dict(tracker.get_slot(KNOWN) or {})


def opened(known: Mapping[str, Any]) -> Events:
    """Return what starts a form, with the details that were told before."""
    return [*(SlotSet(*slot) for slot in fresh(uuid4().hex, known).items()), FollowupAction(FORM)]


class OfferPerson(ConsultAction):
    """A way to a person, and the form that has somebody get back to the user."""

    def name(self) -> str:  # noqa: D102
        return OFFER

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Say how to reach the clinic, and start the form where there is none yet."""
        answer = said_to_form(tracker) or FormAnswer()
        if is_form_open(tracker):
            return [FollowupAction(FORM)]
        if is_unsent(tracker.slots) and answer.wish != "stop":
            return [FollowupAction(FILE)]
        if line := _line_instead(tracker, answer):
            return [consulted(dispatcher, tracker, domain, answer_line(line)), *ended(tracker), FollowupAction(LISTEN)]
        return await self._about_earlier(dispatcher, tracker, domain, answer)

    async def _about_earlier(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, answer: FormAnswer
    ) -> Events:
        """Name, change or cancel the request that was made before; start the form where there is none."""
        language = language_of(tracker)
        earlier = None if answer.wish == "new" else await asyncio.to_thread(_standing, tracker, answer)
        if earlier is None or (earlier.state == "cancelled" and answer.wish is None):
            return self._started(dispatcher, tracker, domain, answer)
        if answer.wish == "change":
            kind = answer_line("utter_request_changed" if answer.values else "utter_request_change_how")
        else:
            waits = answer.wish == "when" and earlier.state not in OVER
            hours = services().hours(language) if waits else None
            written = await asyncio.to_thread(_written, tracker, domain, answer, language)
            kind = answer_standing(services().standing(earlier, language), hours, written)
        return [consulted(dispatcher, tracker, domain, kind), FollowupAction(LISTEN)]

    def _started(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, answer: FormAnswer
    ) -> Events:
        pressing: list[bool] = []
        first = FIRST.get(answer.wish or "")

        def noted(context: AnswerContext, topic: str) -> Answer:
            pressing.append(is_pressing(context))
            kind = answer_after(first) if first and not pressing[0] else self.answer
            return kind(context, topic)

        memory = consulted(dispatcher, tracker, domain, noted)
        return [memory, FollowupAction(LISTEN)] if any(pressing) else [memory, *opened(known_of(tracker))]


FIRST = dict.fromkeys(("written", "status", "when", "change", "cancel"), "utter_request_unknown") | {
    "late": "utter_request_late"
}
"""What is said before the form starts, where something was wanted that is not there."""


def _line_instead(tracker: Tracker, answer: FormAnswer) -> str | None:
    """The line with which no form starts: a no to one, an end, somebody under age."""
    if known_of(tracker).get("under_age"):
        return "utter_request_under_age"
    if answer.consent is False or answer.wish == "stop":
        return "utter_request_stopped" if is_unsent(tracker.slots) else "utter_request_none_open"
    return None


def _standing(tracker: Tracker, answer: FormAnswer) -> Status | None:
    """The earlier request of the conversation, once it was changed or cancelled as it was asked."""
    store, conversation = services().requests, tracker.sender_id
    if answer.wish == "cancel":
        return store.cancel(conversation)
    if answer.wish == "change" and answer.values:
        return store.change(conversation, _by_field(answer), answer.manner)
    latest = store.latest_of(conversation)
    return None if answer.wish == "change" and latest and latest.state in OVER else latest


def _by_field(answer: FormAnswer) -> dict[str, str]:
    contacts = " ".join(token for detail, token in answer.values if detail in SEALED)
    others = {str(detail): token for detail, token in answer.values if detail not in SEALED}
    return {**others, "contact": contacts} if contacts else others


class ValidateRequestForm(FormValidationAction):
    """Takes an answer into the form; a message that says nothing to it is left to the other actions."""

    def name(self) -> str:  # noqa: D102
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Return the slots that the answer fills, and the next one to ask for; none of it for an interruption."""
        answer, before = said_to_form(tracker), acted(tracker)
        if not before and (answer is None or answer.beside):
            return []  # its question is answered first; the form comes here again when it is resumed
        if answer is None and not before - {OFFER, FILE}:
            answer = FormAnswer()  # the form has only just started: nothing was passed over
        progress = advance(answer, tracker.slots, utc_now())
        requested = SLOTS[progress.requested] if progress.requested else None
        return [*(SlotSet(*slot) for slot in progress.slots.items()), SlotSet(REQUESTED_SLOT, requested)]


class AskForField(Action, ABC):
    """Asks for one field of the form, or says what is wrong with the answer to it."""

    @property
    @abstractmethod
    def field(self) -> Field:
        """The field that it asks for."""

    def name(self) -> str:  # noqa: D102
        return f"action_ask_{FORM}_{SLOTS[self.field]}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """Ask; a page is also given what is missing as a form."""
        answer, language = said_to_form(tracker), language_of(tracker)
        page = self._page(tracker, domain, answer, language)
        written = await asyncio.to_thread(_written, tracker, domain, answer, language)
        hours = services().hours(language)
        asking = Asking(
            field=self.field,
            answer=answer,
            started=bool({OFFER, FILE} & acted(tracker)),
            noted=tried(tracker.slots, NOTED) > 0,
            tried=tried(tracker.slots, answer.problems[0][0] if answer and answer.problems else self.field),
            shows_page=bool(page and len(page["fields"]) > 1),
            written=bool(written),
            hours=hours.state,
        )
        values = {**_values(language), **hours.values, "written": written}
        said = responses(asking)
        for response in said:
            extra = {"form": page} if page and response == said[-1] else {}
            dispatcher.utter_message(response=response, answer=_envelope(language), **values, **extra)
        return []

    def _page(
        self, tracker: Tracker, domain: Domain, answer: FormAnswer | None, language: str
    ) -> dict[str, Any] | None:
        if self.field == "consent" or tracker.get_latest_input_channel() != PAGE_CHANNEL:
            return None
        problems = dict(answer.problems) if answer else {}
        return page_form(domain, missing(tracker.slots), problems, language, _values(language))


def _written(tracker: Tracker, domain: Domain, answer: FormAnswer | None, language: str) -> str:
    """What the form, or the request that was filed, holds, in words that give nothing away; where it was asked for."""
    if answer is None or answer.wish != "written":
        return ""
    store, conversation = services().requests, tracker.sender_id
    filling = is_form_open(tracker)
    hints = store.hints(conversation, tokens_in(tracker.slots)) if filling else store.hints_of_latest(conversation)
    return ", ".join(wording(domain, f"utter_written_{kind}", language, {"hint": hint}) for kind, hint in hints)


ASKING: Mapping[Field, type[AskForField]] = {
    field: type(f"AskFor{field.title()}", (AskForField,), {"field": field, "__module__": __name__}) for field in FIELDS
}
"""An action for each field; the action server finds them among the subclasses."""


class FileRequest(ConsultAction):
    """Ends the form: files the request and only then confirms it, or says that nothing was kept."""

    def name(self) -> str:  # noqa: D102
        return FILE

    def answer(self, context: AnswerContext, topic: str) -> Answer:
        """Say that nothing was passed on."""
        return answer_line("utter_request_stopped")(context, topic)

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        """File what was collected, or end without it."""
        ending = tracker.get_slot(ENDING)
        if ending == "left":
            return [*ended(tracker), FollowupAction(LISTEN)]
        if ending or missing(tracker.slots):
            line = answer_line(f"utter_request_{ending or 'stopped'}")
            minor = {"under_age": True} if ending == "under_age" else {}
            return [consulted(dispatcher, tracker, domain, line), *ended(tracker, **minor), FollowupAction(LISTEN)]
        return await self._filed(dispatcher, tracker, domain)

    async def _filed(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        try:
            filed = await asyncio.to_thread(services().requests.file, draft_of(tracker))
        except ForgottenError:
            return [consulted(dispatcher, tracker, domain, answer_line("utter_request_forgotten")), *opened({})]
        except Exception as error:
            logger.error("A request could not be filed: %s", type(error).__name__)
            memory = consulted(dispatcher, tracker, domain, answer_line("utter_request_failed"))
            return [memory, FollowupAction(LISTEN)]  # what was collected stays: the next try has the same key
        confirmed = answer_filed(filed.reference, services().hours(language_of(tracker)))
        memory = consulted(dispatcher, tracker, domain, confirmed)
        return [memory, *ended(tracker, filed=filed.reference), FollowupAction(LISTEN)]


def draft_of(tracker: Tracker) -> Draft:
    """Lay out what the form collected."""
    held = tracker.slots
    consent = read_consent(held[SLOTS["consent"]])
    optional = {field: None if held[SLOTS[field]] == EMPTY else held[SLOTS[field]] for field in ("time", "note")}
    return Draft(
        conversation=tracker.sender_id,
        channel=tracker.get_latest_input_channel() or "",
        key=held[KEY],
        name=held[SLOTS["name"]],
        contact=held[SLOTS["contact"]],
        preferred_time=optional["time"],
        note=optional["note"],
        topics=topics_asked(tracker),
        language=language_of(tracker),
        consent_version=consent.version,
        consented_at=consent.at,
    )


def topics_asked(tracker: Tracker) -> tuple[str, ...]:
    """Return what was asked about before, each topic once; small talk and red flags do not travel."""
    said = (event for event in tracker.events if event.get("event") == "user")
    asked = dict.fromkeys(event.get("parse_data", {}).get("intent", {}).get("name") for event in said)
    ours = {topic.id for topic in services().knowledge.current().topics if topic.kind in ("article", "boundary")}
    return tuple(topic for topic in asked if topic in ours - NOT_ASKED)


def language_of(tracker: Tracker) -> str:
    """Return the language that the wording is said in."""
    return languages.spoken(tracker.get_slot("language"))


def _envelope(language: str) -> dict[str, Any]:
    return {"topic": "consult", "language": language, "timing": None, "sources": [], "handoff_offered": True}


def _values(language: str) -> Mapping[str, str]:
    """What the form's wording is filled in with."""
    built = services()
    clinic = built.clinic_facts(language)
    return {
        "clinic_name": clinic.name,
        "phone": clinic.phone,
        "contact": clinic.email or clinic.phone,
        "days": str(built.settings.request_retention_days),
    }
