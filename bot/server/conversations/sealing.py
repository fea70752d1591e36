"""Seals what people type into the request form: the vault keeps it, and everybody else sees a token.

It works on a message as the components left it, before anything of it is written down.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import parse_obj_as
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import languages
from bot.consult.case.case import Case
from bot.consult.request.checks import problem_of
from bot.consult.request.fields import read_page
from bot.consult.request.progress import KNOWN, known_after, missing
from bot.consult.request.reader import RequestReader
from bot.consult.request.types import FIELD_OF, SEALED, Detail, FormAnswer, FormState, Problem, Wish, read_back
from bot.consult.types import to_json
from bot.handoff.contacts import plain_form, replaced
from bot.handoff.masking import without_known
from bot.handoff.vault import ContactVault
from bot.logs import place_of
from bot.nlu.requests import REQUEST_ANSWER, form_state
from bot.nlu.services import services
from bot.server.messages import FormMessage

logger = logging.getLogger(__name__)
CHOICE = "request"
"""The entity of the form's own buttons."""
WISHES: Mapping[str, Wish] = {"again": "again", "new": "new", "stop": "stop"}
_SHORT = 4
"""A message of this many words or fewer says little of its language."""
_TOKEN = re.compile(r"(?:phone|email)(?:-\d+)?")
Parsed = dict[str, Any]


@dataclass(frozen=True)
class Sealer:
    """Seals the messages of every conversation."""

    vault: ContactVault

    def hide_contacts(self, message: UserMessage) -> None:
        """Put tokens in place of numbers and addresses, where the channel has not done so."""
        text = message.text or ""
        if not text.startswith("/"):
            message.text = replaced(text, lambda kind, value: self.vault.keep(message.sender_id, kind, value))

    def seal(self, message: UserMessage, tracker: DialogueStateTracker, parsed: Parsed) -> Parsed:
        """Return the message as it may be written down; its own text is changed alike."""
        parsed = _in_language(message, parsed)
        state = form_state(tracker)
        answer = _answer_of(message, tracker, state, parsed)
        if answer is None:
            return _renamed(message, parsed, self._masked(message, tracker))
        sealed = self._sealed(message.sender_id, answer)
        parsed[REQUEST_ANSWER] = to_json(replace(sealed, shown=None))
        if not state.is_open and sealed.beside:
            parsed["entities"] = [*parsed["entities"], _told_in_passing(sealed, tracker)]
        if _is_for_the_form_alone(state, answer):
            parsed = _without_words(parsed, state, tracker)
        return parsed if answer.shown is None else _renamed(message, parsed, answer.shown)

    def forget(self, conversation: str) -> None:
        """Forget what is kept for a form that has ended; what went into a request stays with it."""
        try:
            self.vault.forget(conversation)
        except Exception as error:
            # It expires by itself, and the answer must not wait for it.
            logger.error("Contact data could not be forgotten: %s", place_of(error))

    def _masked(self, message: UserMessage, tracker: DialogueStateTracker) -> str:
        """Hide the names that a message gives, and what was given before: a cry for help may repeat it."""
        masked = _reader().masked(message.text or "")
        return without_known(masked, self.vault.known(message.sender_id)) if _has_named_somebody(tracker) else masked

    def _sealed(self, conversation: str, answer: FormAnswer) -> FormAnswer:
        """Keep the values that can be used; of the others say what is wrong with them."""
        problems, tokens = [*answer.problems], []
        for detail, value in answer.values:
            token, problem = self._kept(conversation, detail, value)
            if problem:
                problems.append((FIELD_OF[detail], problem))
            else:
                tokens.append((detail, token))
        if any(detail in SEALED for detail, _ in tokens):
            problems = [each for each in problems if each[0] != "contact"]  # there is one way that can be used
        return replace(answer, values=tuple(tokens), problems=tuple(dict(problems).items()))

    def _kept(self, conversation: str, detail: Detail, value: str) -> tuple[str, Problem | None]:
        if detail in SEALED and _TOKEN.fullmatch(value):
            return value, problem_of(detail, self.vault.redeem(conversation, value) or "")
        problem = problem_of(detail, value)
        if problem:
            return "", problem
        plain = plain_form(detail, value) if detail in ("phone", "email") else value
        return self.vault.keep(conversation, detail, plain), None


def _told_in_passing(answer: FormAnswer, tracker: DialogueStateTracker) -> dict[str, Any]:
    """The entity that fills the slot of what is known outside of the form."""
    value = known_after(answer, tracker.get_slot(KNOWN) if KNOWN in tracker.slots else None)
    return {"entity": KNOWN, "value": value, "start": 0, "end": 0, "extractor": "Sealer"}


def _reader() -> RequestReader:
    return services().requests


def _answer_of(
    message: UserMessage, tracker: DialogueStateTracker, state: FormState, parsed: Parsed
) -> FormAnswer | None:
    """What a message says to the form: by its page, by a button, or in words that the components have read."""
    if isinstance(message, FormMessage):
        held = {name: slot.value for name, slot in tracker.slots.items()}
        return read_page(message.filled, missing(held)) if state.is_open else FormAnswer(wish="late")
    if parsed.get("intent", {}).get("name") == "consult" and "case" not in parsed:
        return _chosen(parsed, state)
    return read_back(parsed.get(REQUEST_ANSWER))


def _has_named_somebody(tracker: DialogueStateTracker) -> bool:
    return any("[name" in (event.text or "") for event in tracker.events if isinstance(event, UserUttered))


def _in_language(message: UserMessage, parsed: Parsed) -> Parsed:
    """Put the language that a page is read in beside a button or a form, which has no words to tell it by."""
    hint = languages.hinted(message.metadata)
    if hint is None or "case" in parsed:
        return parsed
    return {**parsed, "entities": [*parsed.get("entities", []), _language_entity(hint)]}


def _language_entity(language: str) -> Parsed:
    return {"entity": "language", "value": language, "start": 0, "end": 0, "extractor": "QuestionReader"}


def _chosen(parsed: Parsed, state: FormState) -> FormAnswer:
    """What a button chose; the one that leads to a person chooses nothing, and a yes counts only when it was asked."""
    choices = [entity.get("value") for entity in parsed.get("entities", []) if entity.get("entity") == CHOICE]
    choice = choices[0] if choices else None
    if choice == "yes" and not state.is_open:
        return FormAnswer(wish="late")
    if choice in ("yes", "no"):
        return _decided(choice == "yes", state)
    return FormAnswer(wish=WISHES.get(choice or ""))


def _decided(agrees: bool, state: FormState) -> FormAnswer:
    """A pressed yes or no; once the form asks for other things, an old yes says nothing new, and a no ends it."""
    return FormAnswer(consent=agrees) if state.requested == "consent" or not agrees else FormAnswer()


def _renamed(message: UserMessage, parsed: Parsed, shown: str) -> Parsed:
    """Change a message's text wherever it stands."""
    if shown != message.text:
        message.text = parsed["text"] = shown
        parsed.pop("text_tokens", None)
    return parsed


def _is_for_the_form_alone(state: FormState, answer: FormAnswer) -> bool:
    """Whether no other answer needs the message's words: a note may hold anything, a question is asked in the open."""
    return (state.is_open and not answer.beside) or (answer.shown is not None and "note" in dict(answer.values))


def _without_words(parsed: Parsed, state: FormState, tracker: DialogueStateTracker) -> Parsed:
    """Leave out of a message's reading all that repeats its words."""
    if "case" not in parsed:
        return parsed
    case = parse_obj_as(Case, parsed["case"])
    short = len(parsed["text"].split()) <= _SHORT
    language = languages.spoken(tracker.get_slot("language") if short else case.language)
    kept = Case(language, case.safe, pair=case.pair)
    return {**parsed, "case": to_json(kept), "entities": [_language_entity(language)]}
