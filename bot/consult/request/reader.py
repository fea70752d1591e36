"""What a message means to the request form: its details, a yes or a no, the wish to end it; or nothing at all.

Pure: numbers and addresses come as tokens ("[phone-1]"), sealed before anybody reads the message. What a message means
is the first row of a table that fits; ``PASSED`` means that it is about something else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import Reading
from bot.consult.request.details import DetailFinder, masked, tokens_of
from bot.consult.request.hearing import OF_HEALTH, SHORT_NAME, Ears, Heard
from bot.consult.request.names import Names
from bot.consult.request.times import Times
from bot.consult.request.types import FIELDS, OPTIONAL, TOKEN, Detail, Field, FormAnswer, FormState, Problem, Wish
from bot.consult.request.words import RequestWords
from bot.consult.text.characters import straight
from bot.consult.topics import COURTESIES, SAFETY, SMALL_TALK

Row = Callable[[Heard], FormAnswer | None]
PASSED = FormAnswer(beside=True)
FULL_NAME = (2, 3)
"""The words of a name that is taken as one although something else was asked."""
QUESTIONS: Mapping[str, Wish] = {
    "explains": "explain",
    "reads_back": "written",
    "asks_when": "when",
    "asks_status": "status",
}
OF_A_REQUEST: Mapping[str, Wish] = {
    "reads_back": "written",
    "asks_when": "when",
    "asks_status": "status",
    "another": "new",
}
WHY_OF_EARLIER = "why_of_it"
"""The row that takes a bare "why?" for one about an earlier answer."""
FIELD_WORDS: tuple[Field, ...] = ("name", "time", "note", "contact")


class RequestReader:
    """Reads messages for the request form."""

    def __init__(self, folder: Path) -> None:
        """Read the form's words from the language folder."""
        words = RequestWords(folder)
        names, times = Names(words), Times(words)
        self._ears = Ears(words, names, times, DetailFinder(words, names, times))

    def read(self, state: FormState, text: str, reading: Reading, settled: TopicDecision) -> FormAnswer | None:
        """Return what a message says to the form, or None where it says nothing to it.

        Args:
            state: Where the form stands.
            text: The message; numbers and addresses are tokens.
            reading: What was read in it.
            settled: Its topic, were there no form.
        """
        if settled.topic in SAFETY:
            return None
        heard = Heard(unicodedata.normalize("NFC", straight(text)), state, reading, settled, self._ears)
        answer = _first(_OPEN if state.is_open else _CLOSED, heard)
        return None if answer == PASSED else answer

    def masked(self, text: str) -> str:
        """Return a message without the names that it surely gives; for messages that the form does not keep."""
        places = self._ears.names.behind("sure_lead", straight(text))
        return masked(text, [(start, end, "name", "") for start, end in places])


def _first(rows: tuple[Row, ...], heard: Heard) -> FormAnswer | None:
    return next((answer for row in rows if (answer := row(heard))), None)


def _where(fits: Callable[[Heard], object], answer: FormAnswer | Callable[[Heard], FormAnswer]) -> Row:
    """A row of a table: where it fits, that is the answer."""
    return lambda heard: (answer(heard) if callable(answer) else answer) if fits(heard) else None


def _unread(field: Field, problem: Problem | None) -> FormAnswer:
    return FormAnswer(problems=((field, problem or field),), shown="[…]")


def _told(detail: Detail, value: str) -> FormAnswer:
    return FormAnswer(((detail, value.strip(" ,:.") if detail == "time" else value),), shown=f"[{detail}]")


# Whatever was asked for.
def _leaves(heard: Heard) -> FormAnswer | None:
    """Thanks or a goodbye: what is needed is there, or will not come any more."""
    says_bye = heard.says("bye")
    short_name = heard.requested == "name" and heard.is_capitalised_word and len(heard.text) <= SHORT_NAME
    if short_name or not (says_bye or heard.says("thanks")):
        return None
    politely = heard.settled.topic in COURTESIES
    if heard.requested in OPTIONAL:
        return FormAnswer(skipped=("time", "note"), beside=politely)
    return FormAnswer(wish="stop", beside=politely) if says_bye else None


def _stops(heard: Heard) -> FormAnswer | None:
    will_not = heard.requested in ("name", "contact") and heard.says("no")
    return FormAnswer(wish="stop", beside=heard.asks_beside) if will_not or heard.says("stop") or heard.stops else None


def _tells(heard: Heard) -> FormAnswer | None:
    """Details name themselves; what stands beside them may be the name or the time ("Sam, [phone-1], mornings")."""
    if not heard.found.places:
        return None
    asks = heard.asks_beside
    values = heard.found.values if asks else (*heard.found.values, *_with_rest(heard).items())
    wish = _wish(QUESTIONS, heard) if "?" in heard.text else None
    answer = FormAnswer(values, consent=_agreed(heard), wish=wish, manner=heard.manner, beside=asks)
    return replace(answer, shown=masked(heard.text, heard.found.places) if asks else tokens_of(answer))


def _with_rest(heard: Heard) -> dict[Detail, str]:
    parts, known = heard.ears.details.parts(heard.found.rest), dict(heard.found.values)
    names = filter(None, map(heard.name_in, parts if heard.requested in ("name", "contact", "consent") else ()))
    more = {"name": next(names, None), "time": next(filter(heard.ears.times.only, parts), None)}
    return {detail: told for detail, told in more.items() if told and detail not in known}  # type: ignore[misc]


def _decides(heard: Heard) -> FormAnswer | None:
    agreed = _agreed(heard)
    if agreed is None:
        return None
    shown = None if heard.says("yes", "no") else "yes" if agreed else "no"
    return FormAnswer(consent=agreed, beside=agreed and heard.asks_beside, shown=shown)


def _agreed(heard: Heard) -> bool | None:
    """A yes or a no; only once the form has asked for it."""
    if heard.requested != "consent":
        return None
    agrees = heard.says("yes")
    if not agrees and (heard.says("no") or heard.has("against") or _leads_with_no(heard)):
        return False
    return True if agrees or (heard.has("permits") and not heard.has("denied")) or _leads_with_yes(heard) else None


def _leads_with_no(heard: Heard) -> bool:
    return heard.starts("no_first") > heard.starts("no_problem")


def _leads_with_yes(heard: Heard) -> bool:
    led = heard.starts("yes_first") or (heard.found.places and heard.has("yes_too"))
    return bool(led) and not (heard.starts("yes_but") or heard.asks_beside or "?" in heard.text)


def _asks_about_the_form(heard: Heard) -> FormAnswer | None:
    """Why, what was written down, when somebody gets back, how it stands; in a note only as a question."""
    asked = _wish(QUESTIONS, heard) or ("explain" if _is_bare_why(heard) else None)
    return FormAnswer(wish=asked) if asked and not _is_about_others(heard, asked) else None


def _wish(kinds: Mapping[str, Wish], heard: Heard) -> Wish | None:
    return next((wish for kind, wish in kinds.items() if heard.has(kind)), None)


def _is_about_others(heard: Heard, wish: Wish) -> bool:
    certain = wish == "status" and heard.certain
    return certain or bool(heard.reading.mentions) or (heard.requested == "note" and not heard.asks)


def _is_bare_why(heard: Heard) -> bool:
    """A "why?" that takes up no earlier answer, where what was asked for is needed."""
    bare = heard.reading.follow_up == "why" and heard.settled.rule != WHY_OF_EARLIER
    return bare and heard.requested not in OPTIONAL


def _reopens(heard: Heard) -> FormAnswer | None:
    wrong = next((field for field in FIELD_WORDS if heard.has(f"wrong_{field}")), None) or _wrong_last(heard)
    return FormAnswer(reopened=(wrong,), shown="[…]") if wrong else None


def _wrong_last(heard: Heard) -> Field | None:
    """What was asked for before, where what was told last was wrong; in a note those are words like others."""
    if heard.requested not in ("contact", "time") or not heard.has("wrong_last"):
        return None
    return FIELDS[FIELDS.index(heard.requested) - 1]


# What answers the field that was asked for.
def _a_name(heard: Heard) -> FormAnswer | None:
    if heard.reading.mentions or heard.takes_up or heard.certain or "?" in heard.text:
        return None
    led = (heard.text[slice(*place)] for place in heard.ears.names.behind("likely_lead", heard.text))
    parts = (heard.text, *heard.ears.details.parts(heard.text)[:2])
    name = next(led, None) or next(filter(None, map(heard.name_in, parts)), None)
    return _told("name", name) if name else None


def _is_full_name(heard: Heard) -> bool:
    words = (heard.name or "").split()
    return not heard.certain and len(words) in FULL_NAME and all(word[:1].isupper() for word in words)


def _no_time(heard: Heard) -> FormAnswer | None:
    """A question, or small talk; one that names a time may well ask whether that time will do."""
    asks = bool(heard.reading.mentions) or heard.takes_up or (heard.certain and not heard.is_time)
    untimed = not heard.ears.times.any(heard.text) and (heard.asks or heard.settled.topic in SMALL_TALK)
    if not (asks or untimed):
        return None
    return PASSED if heard.elsewhere else FormAnswer(shown="[…]")


def _another_time(heard: Heard) -> FormAnswer | None:
    """A correction, where a note was asked for: "sorry, make it friday"."""
    corrected = heard.text
    while start := heard.ears.words.start("corrects", corrected):
        corrected = corrected[start:]
    return _told("time", corrected) if corrected != heard.text and heard.ears.times.only(corrected) else None


def _asks_in_a_note(heard: Heard) -> bool:
    asks = (heard.asks and not heard.starts("tells")) or heard.takes_up
    return (asks and heard.elsewhere) or (heard.by_safety and heard.settled.topic not in OF_HEALTH)


def _note(heard: Heard) -> FormAnswer:
    of_health = {heard.settled.topic, heard.reading.safety.route} <= OF_HEALTH and not heard.settled.follow_up
    return replace(_told("note", heard.text[heard.starts("note_label") :].strip()), beside=of_health)


_NOTHING_NEW = _where(lambda heard: heard.says("yes"), FormAnswer())
_ASKS_FOR_A_PERSON = _where(lambda heard: heard.settled.topic == "consult", FormAnswer(shown="[…]"))
_ELSEWHERE = _where(lambda heard: heard.elsewhere, PASSED)
_A_TIME = _where(lambda heard: heard.is_time, lambda heard: _told("time", heard.text))
_A_NOTE = _where(lambda heard: heard.starts("tells"), _note)
_HALF_A_CONTACT = _where(lambda heard: heard.contact_problem, lambda heard: _unread("contact", heard.contact_problem))
_FIELDS: Mapping[Field | None, tuple[Row, ...]] = {
    "consent": (
        _where(_is_full_name, lambda heard: _told("name", heard.name or "")),
        _A_TIME,
        _where(lambda heard: heard.elsewhere and not heard.is_like_number, PASSED),
        _HALF_A_CONTACT,
        _ASKS_FOR_A_PERSON,
        lambda heard: _unread("consent", "consent"),
    ),
    "name": (
        _where(lambda heard: heard.is_like_number and heard.contact_problem, _HALF_A_CONTACT),  # type: ignore[arg-type]
        _NOTHING_NEW,
        _A_TIME,
        _a_name,
        _where(lambda heard: heard.has("refuses"), _unread("name", "name_missing")),
        _ELSEWHERE,
        _ASKS_FOR_A_PERSON,
        lambda heard: _unread("name", "name"),
    ),
    "contact": (
        _NOTHING_NEW,
        _A_TIME,
        _HALF_A_CONTACT,
        _where(lambda heard: heard.has("refuses"), _unread("contact", "contact_missing")),
        _ELSEWHERE,
        lambda heard: _unread("contact", "contact"),
    ),
    "time": (
        _A_NOTE,
        _where(lambda heard: heard.says("skip", "no") or heard.has("refuses"), FormAnswer(skipped=("time",))),
        _no_time,
        _NOTHING_NEW,
        lambda heard: _told("time", heard.text),
    ),
    "note": (
        _where(lambda heard: heard.says("skip", "no"), FormAnswer(skipped=("note",))),
        _NOTHING_NEW,
        _another_time,
        _where(_asks_in_a_note, PASSED),
        _note,
    ),
}


# No form is open.
def _about_filed(heard: Heard) -> FormAnswer | None:
    """A request was filed before: it is taken back, or something in it is changed."""
    if not heard.state.filed or (heard.certain and heard.settled.topic not in SMALL_TALK):
        return None
    if heard.has("cancels"):
        return FormAnswer(wish="cancel")
    return _first(_CHANGES, heard)


def _kept(heard: Heard) -> FormAnswer:
    """What a message brings before there is a form, or after."""
    shown = masked(heard.text, heard.found.places) if heard.found.places else None
    return FormAnswer(heard.found.values, manner=heard.manner, shown=shown)


def _changing(told: Row) -> Row:
    """What a message tells changes the request that was filed."""
    return lambda heard: replace(answer, wish="change") if (answer := told(heard)) else None


_CHANGES: tuple[Row, ...] = (
    _changing(_where(lambda heard: heard.found.places and not heard.asks_beside, _kept)),
    _changing(_another_time),
    _changing(_A_NOTE),
    _changing(_reopens),
    lambda heard: FormAnswer(wish=wish) if (wish := _wish(OF_A_REQUEST, heard)) else None,
)


def _asks_for_somebody(heard: Heard) -> FormAnswer | None:
    """Somebody is wanted, or a number is given and nothing that is understood: they want to be reached."""
    if heard.settled.topic != "consult" and not (heard.lost and TOKEN.search(heard.text)):
        return None
    return replace(_kept(heard), wish=_wish(OF_A_REQUEST, heard))


def _is_told_in_passing(heard: Heard) -> bool:
    return any(detail in ("name", "phone", "email") for detail, _ in heard.found.values)


_OPEN: tuple[Row, ...] = (
    _where(lambda heard: heard.under_age, FormAnswer(wish="under_age", beside=True)),
    _leaves,
    _stops,
    _tells,
    _decides,
    _asks_about_the_form,
    _reopens,
    lambda heard: _first(_FIELDS[heard.requested], heard),
)
_CLOSED: tuple[Row, ...] = (
    _where(lambda heard: heard.under_age, FormAnswer(wish="under_age", beside=True)),
    _where(lambda heard: heard.state.unsent and (heard.says("stop", "no") or heard.stops), FormAnswer(wish="stop")),
    _where(lambda heard: heard.state.unsent and heard.says("again", "yes"), FormAnswer(wish="again")),
    _about_filed,
    _asks_for_somebody,
    # Nothing that a classifier can know: "any news?".
    _where(lambda heard: heard.lost and heard.has("another"), FormAnswer(wish="new")),
    _where(lambda heard: heard.lost and (heard.has("asks_status") or _reopens(heard)), FormAnswer(wish="status")),
    # Kept, so that it is not asked for again: "I'm ..., my number is [phone-1]; how long …?".
    _where(_is_told_in_passing, lambda heard: replace(_kept(heard), beside=True)),
)
