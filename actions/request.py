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
from bot.clock import utc_now
from bot.consult.answers.kinds import AnswerKind
from bot.consult.answers.parts import Answer, AnswerContext
from bot.consult.answers.requests import (
    answer_after,
    answer_filed,
    answer_line,
    answer_not_now,
    answer_standing,
    is_pressing,
)
from bot.consult.request.consent import read_consent
from bot.consult.request.progress import EMPTY, ENDING, KEY, advance, fresh, is_unsent, missing, tried
from bot.consult.request.questions import Asking, responses
from bot.consult.request.types import FORM, SLOTS, Field, FormAnswer, read_back
from bot.handoff.errors import ForgottenError
from bot.handoff.types import Draft

logger = logging.getLogger(__name__)
PAGE_CHANNEL = "website"
OFFER = "action_offer_person"
FILE = "action_file_request"
NOT_ASKED = frozenset({"consult", "emergency", "self_harm"})
"""Topics that do not travel with a request: the request itself, and what no request is for."""


def said_to_form(tracker: Tracker) -> FormAnswer | None:
    """Return what the last message says to the form, sealed."""
    return read_back(tracker.latest_message.get("request_answer"))


def acted(tracker: Tracker) -> set[str]:
    """Return the actions that have answered the last message before the form came to it."""
    since = takewhile(lambda event: event["event"] != "user", reversed(tracker.events))
    return {event["name"] for event in since if event["event"] == "action"} - {FORM, LISTEN}


class OfferPerson(ConsultAction):
    """A way to a person, and the form that has somebody get back to the user."""

    def name(self) -> str:  # noqa: D102
        return OFFER

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Say how to reach the clinic, and start the form where there is none yet."""
        answer = said_to_form(tracker) or FormAnswer()
        if is_form_open(tracker):
            return [FollowupAction(FORM)]
        if is_unsent(tracker.slots):
            return self._unsent(dispatcher, tracker, domain, answer)
        if answer.consent is False or answer.wish == "stop":
            memory = consulted(dispatcher, tracker, domain, answer_line("utter_request_none_open"))
            return [memory, FollowupAction(LISTEN)]
        return await self._asked(dispatcher, tracker, domain, answer)

    def _unsent(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, answer: FormAnswer
    ) -> list[EventType]:
        if answer.wish != "stop":
            return [FollowupAction(FILE)]
        memory = consulted(dispatcher, tracker, domain, answer_line("utter_request_stopped"))
        return [memory, *ended(tracker), FollowupAction(LISTEN)]

    async def _asked(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, answer: FormAnswer
    ) -> list[EventType]:
        store, wanted = services().requests, answer.wish == "new"
        earlier = None if wanted else await asyncio.to_thread(store.latest_of, tracker.sender_id)
        if earlier:
            standing = services().standing(earlier, language_of(tracker))
            return [consulted(dispatcher, tracker, domain, answer_standing(standing)), FollowupAction(LISTEN)]
        first = {"late": "utter_request_late", "status": "utter_request_unknown"}.get(answer.wish or "")
        return self._started(dispatcher, tracker, domain, answer_after(first) if first else self.answer)

    def _started(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, kind: AnswerKind
    ) -> list[EventType]:
        pressing: list[bool] = []

        def noted(context: AnswerContext, topic: str) -> Answer:
            pressing.append(is_pressing(context))
            return answer_not_now(context, topic) if pressing[0] else kind(context, topic)

        memory = consulted(dispatcher, tracker, domain, noted)
        if any(pressing):
            return [memory, FollowupAction(LISTEN)]
        opened = [SlotSet(slot, value) for slot, value in fresh(uuid4().hex).items()]
        return [memory, *opened, FollowupAction(FORM)]


class ValidateRequestForm(FormValidationAction):
    """Takes an answer into the form; a message that says nothing to it is left to the other actions."""

    def name(self) -> str:  # noqa: D102
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Return the slots that the answer fills, and the next one to ask for; none of it for an interruption."""
        answer = said_to_form(tracker)
        if not acted(tracker) and (answer is None or answer.beside):
            return []  # its question is answered first; the form comes here again when it is resumed
        if not acted(tracker) - {OFFER, FILE} and answer is None:
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

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """Ask; a page is also given what is missing as a form."""
        answer = said_to_form(tracker)
        language = language_of(tracker)
        page = self._page(tracker, domain, answer, language)
        said = responses(self._asking(tracker, answer, page))
        for response in said:
            extra = {"form": page} if page and response == said[-1] else {}
            dispatcher.utter_message(response=response, answer=_envelope(language), **_values(language), **extra)
        return []

    def _asking(self, tracker: Tracker, answer: FormAnswer | None, page: dict[str, Any] | None) -> Asking:
        wrong = answer.problems[0][0] if answer and answer.problems else self.field
        return Asking(
            field=self.field,
            answer=answer,
            started=bool({OFFER, FILE} & acted(tracker)),
            tried=tried(tracker.slots, wrong),
            shows_page=bool(page and len(page["fields"]) > 1),
        )

    def _page(
        self, tracker: Tracker, domain: Domain, answer: FormAnswer | None, language: str
    ) -> dict[str, Any] | None:
        if self.field == "consent" or tracker.get_latest_input_channel() != PAGE_CHANNEL:
            return None
        problems = dict(answer.problems) if answer else {}
        return page_form(domain, missing(tracker.slots), problems, language, _values(language))


class AskForConsent(AskForField):
    """Asks whether the details may be used."""

    field: Field = "consent"


class AskForName(AskForField):
    """Asks for the name."""

    field: Field = "name"


class AskForContact(AskForField):
    """Asks for a phone number or an e-mail address."""

    field: Field = "contact"


class AskForTime(AskForField):
    """Asks when it suits."""

    field: Field = "time"


class AskForNote(AskForField):
    """Asks for a line to the clinician."""

    field: Field = "note"


class FileRequest(ConsultAction):
    """Ends the form: files the request and only then confirms it, or says that nothing was kept."""

    def name(self) -> str:  # noqa: D102
        return FILE

    def answer(self, context: AnswerContext, topic: str) -> Answer:
        """Say that nothing was passed on."""
        return answer_line("utter_request_stopped")(context, topic)

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        """File what was collected, or end without it."""
        ending = tracker.get_slot(ENDING)
        if ending == "left":
            return [*ended(tracker), FollowupAction(LISTEN)]
        if ending or missing(tracker.slots):
            kind = answer_line(f"utter_request_{ending or 'stopped'}")
            return self._over(dispatcher, tracker, domain, kind)
        try:
            filed = await asyncio.to_thread(services().requests.file, draft_of(tracker))
        except ForgottenError:
            return self._start_over(dispatcher, tracker, domain)
        except Exception as error:
            logger.error("A request could not be filed: %s", type(error).__name__)
            memory = consulted(dispatcher, tracker, domain, answer_line("utter_request_failed"))
            return [memory, FollowupAction(LISTEN)]  # what was collected stays: the next try has the same key
        confirmation = services().confirmation(filed, language_of(tracker))
        return self._over(dispatcher, tracker, domain, answer_filed(confirmation))

    def _over(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain, kind: AnswerKind
    ) -> list[EventType]:
        return [consulted(dispatcher, tracker, domain, kind), *ended(tracker), FollowupAction(LISTEN)]

    def _start_over(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        memory = consulted(dispatcher, tracker, domain, answer_line("utter_request_forgotten"))
        opened = [SlotSet(slot, value) for slot, value in fresh(uuid4().hex).items()]
        return [memory, *opened, FollowupAction(FORM)]


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
    return "fr" if tracker.get_slot("language") == "fr" else "en"


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
