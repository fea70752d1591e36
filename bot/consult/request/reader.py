"""What a message means to the request form: its details, a yes or a no, the wish to end it; or nothing at all.

Pure: numbers and addresses come as tokens ("[phone-1]"), sealed before anybody reads the message.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import Reading
from bot.consult.request import phrases
from bot.consult.request.beside import (
    OF_HEALTH,
    SURELY_ASKS_FROM,
    about_a_request,
    asks_beside,
    gives_a_contact,
    is_about_something_else,
    is_abuse,
    reopened,
    surely_asks,
    wants_to_know_why,
)
from bot.consult.request.details import DetailFinder, Found, masked, parts_of, tokens_of
from bot.consult.request.names import Names
from bot.consult.request.times import names_a_time, only_a_time
from bot.consult.request.types import OPTIONAL, TOKEN, Field, FormAnswer, FormState, Problem, Wish
from bot.consult.request.words import RequestWords
from bot.consult.text.characters import straight
from bot.consult.topics import SAFETY, SMALL_TALK

NEEDED: tuple[Field, ...] = ("consent", "name", "contact")
LONGEST_TIME = 200
LONGEST_NOTE = 500
FAREWELLS = frozenset({"smalltalk_thanks", "smalltalk_bye"})
SHORT_NAME = 3
"""A word of so few letters, written with a capital, may be a name: "Ty", "Ta"."""
FULL_NAME = (2, 3)
"""The words of a name that is taken as one although something else was asked."""
FEW_WORDS = 3
FEW_LETTERS = 8
"""Beside the wish to end it, this many letters say nothing else."""
FollowUpKind = frozenset({"why", "how_long", "source", "flip", "more", "number_only"})


class RequestReader:
    """Reads messages for the request form."""

    def __init__(self, path: Path) -> None:
        """Read the form's words from data/language/request.yml."""
        self._words = RequestWords(path)
        self._names = Names(self._words)
        self._details = DetailFinder(self._names)

    def read(self, state: FormState, text: str, reading: Reading, settled: TopicDecision) -> FormAnswer | None:
        """Return what a message says to the form, or None where it says nothing to it.

        Args:
            state: Where the form stands.
            text: The message; numbers and addresses are tokens.
            reading: What was read in it.
            settled: Its topic, were there no form.
        """
        text = unicodedata.normalize("NFC", straight(text))
        if settled.topic in SAFETY and not self._only_refuses(state, text, settled):
            return None
        if state.requested:
            return self._answered(state.requested, text, reading, settled)
        if state.unsent and (wish := self._about_unsent(text)):
            return FormAnswer(wish=wish)
        if settled.topic == "consult" or gives_a_contact(text, settled):
            return self._opening(text)
        wish = about_a_request(text, reading, settled)
        return FormAnswer(wish=wish) if wish else None

    def _only_refuses(self, state: FormState, text: str, settled: TopicDecision) -> bool:
        """As in "I don't want to leave my name": no red flag was found, the classifier only had a notion."""
        refuses = phrases.REFUSES.search(text) or phrases.STOP.search(text)
        inkling = settled.rule != "safety" and settled.confidence < SURELY_ASKS_FROM and settled.follow_up is None
        return state.is_open and inkling and bool(refuses)

    def _about_unsent(self, text: str) -> Wish | None:
        """A complete request waits to be sent: again, or not at all?"""
        if self._words.says("stop", text) or self._words.says("no", text) or phrases.STOP.search(text):
            return "stop"
        return "again" if self._words.says("again", text) or self._words.says("yes", text) else None

    def masked(self, text: str) -> str:
        """Return a message without the names that it surely gives; for messages that the form does not keep."""
        return masked(text, [(start, end, "name", "") for start, end in self._names.after_sure_lead(straight(text))])

    # No form is open: what a request brings with it.
    def _opening(self, text: str) -> FormAnswer:
        found = self._details.find(text, requested=None)
        wish: Wish | None = "status" if phrases.STATUS.search(text) else "new" if phrases.ANOTHER.search(text) else None
        shown = masked(text, found.spans) if found.spans else None
        return FormAnswer(found.values, wish=wish, shown=shown)

    # The form is open.
    def _answered(self, requested: Field, text: str, reading: Reading, settled: TopicDecision) -> FormAnswer | None:
        asks = asks_beside(text, settled)
        if leaving := self._leaves(requested, text, settled):
            return leaving
        if self._stops(requested, text):
            return FormAnswer(wish="stop", beside=asks)
        found = self._details.find(text, requested)
        answer = FormAnswer(found.values, consent=self._consent(requested, text, found, asks), beside=asks)
        if not found.spans:
            return self._bare(requested, text, reading, settled, answer)
        answer = self._with_rest(requested, found.rest, reading, settled, answer)
        return replace(answer, shown=masked(text, found.spans) if asks else tokens_of(answer))

    def _leaves(self, requested: Field, text: str, settled: TopicDecision) -> FormAnswer | None:
        """Thanks or a goodbye: what is needed is there, or will not come any more."""
        bye, thanks = self._words.says("bye", text), self._words.says("thanks", text)
        if not (bye or thanks) or (requested == "name" and _is_one_capitalised(text) and len(text) <= SHORT_NAME):
            return None
        politely = settled.topic in FAREWELLS
        if requested in OPTIONAL:
            return FormAnswer(skipped=("time", "note"), beside=politely)
        return FormAnswer(wish="stop", beside=politely) if bye else None

    def _stops(self, requested: Field, text: str) -> bool:
        if self._words.says("stop", text):
            return True
        if phrases.STOP.search(text) and not TOKEN.search(text):
            # A note may say anything: "I want to forget it all".
            return requested != "note" or sum(map(str.isalpha, phrases.STOP.sub("", text))) <= FEW_LETTERS
        return requested in ("name", "contact") and self._words.says("no", text)

    def _consent(self, requested: Field, text: str, found: Found, asks: bool) -> bool | None:
        """A yes or a no; only once the form has asked for it."""
        if requested != "consent":
            return None
        if self._words.says("yes", text):
            return True
        if self._words.says("no", text) or phrases.LEADING_NO.search(text) or phrases.AGAINST.search(text):
            return False
        if phrases.permits(text):
            return True
        if found.spans and phrases.OK_TO_BEGIN_WITH.search(text):
            return None
        led = phrases.LEADING_YES.search(text) or (found.spans and phrases.YES_WITHIN.search(text))
        return True if led and not asks and "?" not in text else None

    def _with_rest(
        self, requested: Field, rest: str, reading: Reading, settled: TopicDecision, answer: FormAnswer
    ) -> FormAnswer:
        """Details were named: what stands beside them may be the name or the time ("Sam, [phone-1], mornings")."""
        if answer.beside:
            return answer
        values = dict(answer.values)
        for part in parts_of(rest):
            name = None if "name" in values or requested not in ("name", "contact", "consent") else self._name(part)
            if name:
                values["name"] = name
            elif "time" not in values and only_a_time(part):
                values["time"] = part
        return replace(answer, values=tuple(values.items()))

    def _name(self, part: str) -> str | None:
        name = self._names.whole(part)
        return name if name and not self._words.says("yes", part) and not phrases.permits(part) else None

    def _bare(
        self, requested: Field, text: str, reading: Reading, settled: TopicDecision, answer: FormAnswer
    ) -> FormAnswer | None:
        """Nothing named itself: the message answers the field that was asked for, or is about something else."""
        if answer.consent is not None:
            return replace(answer, beside=answer.beside and answer.consent, shown=self._shown_choice(text, answer))
        if wants_to_know_why(requested, text, reading, settled):
            return FormAnswer(wish="explain")
        if wrong := reopened(text):
            return FormAnswer(reopened=(wrong,), shown="[…]")
        if requested in NEEDED and about_a_request(text, reading, settled):
            return FormAnswer()
        read = {
            "consent": self._for_consent,
            "name": self._for_name,
            "contact": self._for_contact,
            "time": self._for_time,
            "note": self._for_note,
        }[requested]
        return read(text, reading, settled)

    def _shown_choice(self, text: str, answer: FormAnswer) -> str | None:
        listed = self._words.says("yes", text) or self._words.says("no", text)
        return None if listed else ("yes" if answer.consent else "no")

    def _for_consent(self, text: str, reading: Reading, settled: TopicDecision) -> FormAnswer | None:
        if (name := self._full_name(text)) and not surely_asks(settled):
            return FormAnswer((("name", name),), shown="[name]")
        if only_a_time(text):
            return _timed(text)
        if is_about_something_else(settled) and not _like_a_number(text):
            return None
        if phrases.LIKE_A_CONTACT.search(text):
            return _unread("contact", _contact_problem(text))
        if settled.topic == "consult":
            return FormAnswer()
        return _unread("consent", "consent")

    def _full_name(self, text: str) -> str | None:
        """Two words or three written as a name, where none was asked for yet."""
        name = self._name(text)
        words = name.split() if name else []
        return name if len(words) in FULL_NAME and all(word[:1].isupper() for word in words) else None

    def _for_name(self, text: str, reading: Reading, settled: TopicDecision) -> FormAnswer | None:
        if _like_a_number(text) and phrases.LIKE_A_CONTACT.search(text):
            return _unread("contact", _contact_problem(text))
        if self._words.says("yes", text):
            return FormAnswer()
        if only_a_time(text) and not _is_one_capitalised(text):
            return _timed(text)
        name = self._likely_name(text, reading, settled)
        if name:
            return FormAnswer((("name", name),), shown="[name]")
        if is_about_something_else(settled) and not phrases.REFUSES.search(text):
            return None
        if settled.topic == "consult" and not phrases.REFUSES.search(text):
            return FormAnswer(shown="[…]")
        return _unread("name", "name_missing" if phrases.REFUSES.search(text) else "name")

    def _likely_name(self, text: str, reading: Reading, settled: TopicDecision) -> str | None:
        if reading.mentions or reading.follow_up in FollowUpKind or "?" in text:
            return None
        if surely_asks(settled):
            return None
        for start, end in self._names.after_likely_lead(text, strict=False):
            return text[start:end]
        return next((name for part in (text, *parts_of(text)[:2]) if (name := self._name(part))), None)

    def _for_contact(self, text: str, reading: Reading, settled: TopicDecision) -> FormAnswer | None:
        if self._words.says("yes", text):
            return FormAnswer()
        if only_a_time(text):
            return _timed(text)
        if phrases.LIKE_A_CONTACT.search(text):
            return _unread("contact", _contact_problem(text))
        if phrases.REFUSES.search(text):
            return _unread("contact", "contact_missing")
        if is_about_something_else(settled):
            return None
        return _unread("contact", "contact")

    def _for_time(self, text: str, reading: Reading, settled: TopicDecision) -> FormAnswer | None:
        if self._words.says("skip", text) or self._words.says("no", text) or phrases.REFUSES.search(text):
            return FormAnswer(skipped=("time",))
        timed = names_a_time(text)
        if reading.mentions or reading.follow_up in FollowUpKind or (surely_asks(settled) and not only_a_time(text)):
            return None if is_about_something_else(settled) else _unread("time", "time")
        if not timed and (phrases.ASKS.search(text) or settled.topic in SMALL_TALK or settled.rule == "safety"):
            return None if is_about_something_else(settled) else FormAnswer(shown="[…]")
        if self._words.says("yes", text):
            return FormAnswer()
        if len(text) > LONGEST_TIME:
            return _unread("time", "time")
        return _timed(text)

    def _for_note(self, text: str, reading: Reading, settled: TopicDecision) -> FormAnswer | None:
        if self._words.says("skip", text) or self._words.says("no", text):
            return FormAnswer(skipped=("note",))
        if self._words.says("yes", text):
            return FormAnswer()
        corrected = _after_correction(text)
        if corrected != text and only_a_time(corrected):
            return _timed(corrected)
        if settled.topic == "smalltalk_thanks" and reading.words <= FEW_WORDS:
            return FormAnswer(skipped=("note",))
        asks = (phrases.ASKS.search(text) and not phrases.TELL.search(text)) or reading.follow_up in FollowUpKind
        if (asks and is_about_something_else(settled)) or is_abuse(settled):
            return None
        if len(text) > LONGEST_NOTE:
            return _unread("note", "note")
        note = phrases.NOTE_LEAD.sub("", text).strip()
        beside = reading.safety.route in OF_HEALTH and settled.topic in OF_HEALTH and not settled.follow_up
        return FormAnswer((("note", note),), beside=beside, shown="[note]")


def _after_correction(text: str) -> str:
    """A message without the words that lead to a correction: "sorry, make it friday"."""
    while (shorter := phrases.CORRECTION.sub("", text, count=1)) != text:
        text = shorter
    return text


def _unread(field: Field, problem: Problem) -> FormAnswer:
    return FormAnswer(problems=((field, problem),), shown="[…]")


def _is_one_capitalised(text: str) -> bool:
    """ "June", "Sunday": asked for a name, one word with a capital is one."""
    return len(text.split()) == 1 and text.strip()[:1].isupper()


def _timed(text: str) -> FormAnswer:
    return FormAnswer((("time", text.strip(" ,:.")),), shown="[time]")


def _like_a_number(text: str) -> bool:
    """Digits and hardly a letter: a number, however few digits it has."""
    return sum(map(str.isdigit, text)) > sum(map(str.isalpha, text))


def _contact_problem(text: str) -> Problem:
    if phrases.LIKE_AN_ADDRESS.search(text):
        return "email"
    return "area_code" if phrases.SHORT_NUMBER.search(text) else "phone"
