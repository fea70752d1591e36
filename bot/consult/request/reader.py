"""What a message means to the request form: its details, a yes or a no, the wish to end it; or nothing at all.

Pure: numbers and addresses come as tokens ("[phone-1]"), sealed before anybody reads the message.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from bot.consult.reading import Reading
from bot.consult.request import phrases
from bot.consult.request.names import Names
from bot.consult.request.times import names_a_time, only_a_time, time_to_reach
from bot.consult.request.types import TOKEN, Detail, Field, FormAnswer, FormState, Problem, Wish
from bot.consult.request.words import RequestWords, straight
from bot.consult.topics import NOT_OURS, SMALL_TALK, Settled

SAFETY = frozenset({"emergency", "self_harm"})
LONGEST_TIME = 200
LONGEST_NOTE = 500
SURELY_ASKS_FROM = 0.75
"""From this confidence on, a single word is a question of its own and not somebody's name."""
OF_HEALTH = frozenset({"clinician_only", "side_effect_mild"})
"""Topics that speak up also where no question is asked."""
WRONG_FIELDS: dict[str, Field] = {
    "name": "name",
    "nom": "name",
    "time": "time",
    "heure": "time",
    "moment": "time",
    "note": "note",
}
Span = tuple[int, int, Detail, str]
FEW_WORDS = 3
FollowUpKind = frozenset({"why", "how_long", "source", "flip", "more", "number_only"})


@dataclass(frozen=True)
class _Found:
    """The details that a message names, with their places, and what is left of it without them."""

    spans: tuple[Span, ...]
    rest: str

    @property
    def values(self) -> tuple[tuple[Detail, str], ...]:
        """Each detail once; what was said last counts."""
        return tuple({detail: (detail, value) for _, _, detail, value in self.spans}.values())


class RequestReader:
    """Reads messages for the request form."""

    def __init__(self, path: Path) -> None:
        """Read the form's words from data/language/request.yml."""
        self._words = RequestWords(path)
        self._names = Names(self._words)

    def read(self, state: FormState, text: str, reading: Reading, settled: Settled) -> FormAnswer | None:
        """Return what a message says to the form, or None where it says nothing to it.

        Args:
            state: Where the form stands.
            text: The message; numbers and addresses are tokens.
            reading: What was read in it.
            settled: Its topic, were there no form.
        """
        text = unicodedata.normalize("NFC", straight(text))
        if settled.topic in SAFETY:
            return None
        if state.requested:
            return self._answered(state.requested, text, reading, settled)
        if state.unsent and (wish := self._about_unsent(text)):
            return FormAnswer(wish=wish)
        if settled.topic == "consult":
            return self._opening(text)
        wish = _about_a_request(text, reading, settled)
        return FormAnswer(wish=wish) if wish else None

    def _about_unsent(self, text: str) -> Wish | None:
        """A complete request waits to be sent: again, or not at all?"""
        if self._words.says("stop", text) or self._words.says("no", text) or phrases.STOP.search(text):
            return "stop"
        return "again" if self._words.says("again", text) or self._words.says("yes", text) else None

    def masked(self, text: str) -> str:
        """Return a message without the names that it surely gives; for messages that the form does not keep."""
        spans = [(*span, "name", "") for span in self._names.after_sure_lead(straight(text))]
        return _masked(text, [(start, end, "name", "") for start, end, *_ in spans])

    # No form is open: what a request brings with it.
    def _opening(self, text: str) -> FormAnswer:
        found = self._details(text, requested=None)
        wish: Wish | None = "status" if phrases.STATUS.search(text) else "new" if phrases.ANOTHER.search(text) else None
        shown = _masked(text, found.spans) if found.spans else None
        return FormAnswer(found.values, wish=wish, shown=shown)

    # The form is open.
    def _answered(self, requested: Field, text: str, reading: Reading, settled: Settled) -> FormAnswer | None:
        asks = _asks_beside(text, settled)
        if self._stops(requested, text):
            return FormAnswer(wish="stop", beside=asks)
        found = self._details(text, requested)
        answer = FormAnswer(found.values, consent=self._consent(requested, text, found, asks), beside=asks)
        if not found.spans:
            return self._bare(requested, text, reading, settled, answer)
        answer = self._with_rest(requested, found.rest, reading, settled, answer)
        return replace(answer, shown=_masked(text, found.spans) if asks else _tokens_of(answer, text))

    def _stops(self, requested: Field, text: str) -> bool:
        if self._words.says("stop", text):
            return True
        if phrases.STOP.search(text) and not TOKEN.search(text):
            return True
        needed = requested in ("name", "contact")
        return needed and self._words.says("no", text)

    def _consent(self, requested: Field, text: str, found: _Found, asks: bool) -> bool | None:
        """A yes or a no; only once the form has asked for it."""
        if requested != "consent":
            return None
        if self._words.says("yes", text):
            return True
        if self._words.says("no", text) or phrases.LEADING_NO.search(text) or phrases.AGAINST.search(text):
            return False
        if phrases.permits(text):
            return True
        led = phrases.LEADING_YES.search(text) or (found.spans and phrases.YES_WITHIN.search(text))
        return True if led and not asks and "?" not in text else None

    def _with_rest(
        self, requested: Field, rest: str, reading: Reading, settled: Settled, answer: FormAnswer
    ) -> FormAnswer:
        """Details were named: what stands beside them may be the name or the time ("Sam, [phone-1], mornings")."""
        if answer.beside:
            return answer
        values = dict(answer.values)
        for part in _parts(rest):
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
        self, requested: Field, text: str, reading: Reading, settled: Settled, answer: FormAnswer
    ) -> FormAnswer | None:
        """Nothing named itself: the message answers the field that was asked for, or is about something else."""
        if answer.consent is not None:
            return replace(answer, beside=answer.beside and answer.consent, shown=self._shown_choice(text, answer))
        if _wants_to_know_why(requested, text, reading, settled):
            return FormAnswer(wish="explain")
        if reopened := _reopened(text, requested):
            return FormAnswer(reopened=(reopened,), shown="[…]")
        if _about_a_request(text, reading, settled):
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

    def _for_consent(self, text: str, reading: Reading, settled: Settled) -> FormAnswer | None:
        if _is_about_something_else(settled):
            return None
        if settled.topic == "consult":
            return FormAnswer()
        return _unread("consent", "consent")

    def _for_name(self, text: str, reading: Reading, settled: Settled) -> FormAnswer | None:
        if self._words.says("yes", text):
            return FormAnswer()
        if only_a_time(text) and not _is_one_capitalised(text):
            return _timed(text)
        name = self._likely_name(text, reading, settled)
        if name:
            return FormAnswer((("name", name),), shown="[name]")
        if _is_about_something_else(settled) and not phrases.REFUSES.search(text):
            return None
        if settled.topic == "consult" and not phrases.REFUSES.search(text):
            return FormAnswer(shown="[…]")
        return _unread("name", "name_missing" if phrases.REFUSES.search(text) else "name")

    def _likely_name(self, text: str, reading: Reading, settled: Settled) -> str | None:
        if reading.mentions or reading.follow_up in FollowUpKind or "?" in text:
            return None
        if _surely_asks(settled):
            return None
        for start, end in self._names.after_likely_lead(text, strict=False):
            return text[start:end]
        return next((name for part in (text, *_parts(text)[:2]) if (name := self._name(part))), None)

    def _for_contact(self, text: str, reading: Reading, settled: Settled) -> FormAnswer | None:
        if self._words.says("yes", text):
            return FormAnswer()
        if only_a_time(text):
            return _timed(text)
        if phrases.LIKE_A_CONTACT.search(text):
            return _unread("contact", _contact_problem(text))
        if phrases.REFUSES.search(text):
            return _unread("contact", "contact_missing")
        if _is_about_something_else(settled):
            return None
        return _unread("contact", "contact")

    def _for_time(self, text: str, reading: Reading, settled: Settled) -> FormAnswer | None:
        if self._words.says("skip", text) or self._words.says("no", text) or phrases.REFUSES.search(text):
            return FormAnswer(skipped=("time",))
        timed = names_a_time(text)
        if reading.mentions or reading.follow_up in FollowUpKind or (_surely_asks(settled) and not only_a_time(text)):
            return None if _is_about_something_else(settled) else _unread("time", "time")
        if not timed and (phrases.ASKS.search(text) or settled.topic in SMALL_TALK or settled.rule == "safety"):
            return None if _is_about_something_else(settled) else FormAnswer(shown="[…]")
        if self._words.says("yes", text):
            return FormAnswer()
        if len(text) > LONGEST_TIME:
            return _unread("time", "time")
        return _timed(text)

    def _for_note(self, text: str, reading: Reading, settled: Settled) -> FormAnswer | None:
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
        if (asks and _is_about_something_else(settled)) or _is_abuse(settled):
            return None
        if len(text) > LONGEST_NOTE:
            return _unread("note", "note")
        note = phrases.NOTE_LEAD.sub("", text).strip()
        beside = reading.safety.route in OF_HEALTH and settled.topic in OF_HEALTH and not settled.follow_up
        return FormAnswer((("note", note),), beside=beside, shown="[note]")

    # Details that name themselves.
    def _details(self, text: str, requested: Field | None) -> _Found:
        if requested == "note" and not phrases.CORRECTION.search(text) and not _only_contacts(text):
            return _Found((), text)
        contacts = [(m.start(), m.end(), m[2], m[1]) for m in TOKEN.finditer(text)]
        names = [(a, b, "name", text[a:b]) for a, b in self._named(text, requested)]
        times = [(*span, "time", text[slice(*span)]) for span in [_time(text, requested)] if span]
        spans: list[Span] = _apart([*contacts, *names[:1], *times])  # type: ignore[list-item]
        return _Found(tuple(spans), _rest(text, spans))

    def _before_a_question(self, text: str, requested: Field | None) -> list[tuple[int, int]]:
        """Asked for the name: "Sam, how long …?" gives it first."""
        head, comma, tail = text.partition(",")
        is_name = requested == "name" and comma and self._names.whole(head) == head and phrases.ASKS.search(tail)
        return [(0, len(head))] if is_name else []

    def _named(self, text: str, requested: Field | None) -> list[tuple[int, int]]:
        sure = list(self._names.after_sure_lead(text)) or self._before_a_question(text, requested)
        if sure or requested in ("name", "time", "note"):
            return sure  # asked for the name, the message itself is read as one
        return list(self._names.after_likely_lead(text, strict=True))


def _time(text: str, requested: Field | None) -> tuple[int, int] | None:
    # A token's number is no hour.
    return None if requested == "time" else time_to_reach(TOKEN.sub(lambda token: "~" * len(token[0]), text))


def _after_correction(text: str) -> str:
    """A message without the words that lead to a correction: "sorry, make it friday"."""
    while (shorter := phrases.CORRECTION.sub("", text, count=1)) != text:
        text = shorter
    return text


def _only_contacts(text: str) -> bool:
    """A number or an address and hardly anything else: a correction, also where a note was asked for."""
    return bool(TOKEN.search(text)) and sum(map(str.isalpha, phrases.CONTACT.sub("", text))) <= 12


def _apart(spans: list[Span]) -> list[Span]:
    """Spans in order, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: s[0]):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _rest(text: str, spans: list[Span]) -> str:
    for start, end, detail, _ in reversed(spans):
        if detail not in ("phone", "email"):
            text = f"{text[:start]}\n{text[end:]}"
    return phrases.CONTACT.sub("\n", text)


def _parts(rest: str) -> list[str]:
    """A message's parts: a list that somebody wrote in one line."""
    pieces = re.split(r"[,;\n|/]+|\.\s|\s-+\s|\b(?:and|et)\b", rest)
    return [piece.strip() for piece in pieces if any(map(str.isalnum, piece))]


def _masked(text: str, spans: object) -> str:
    for start, end, detail, _ in sorted(spans, reverse=True):  # type: ignore[call-overload]
        if detail not in ("phone", "email"):
            text = f"{text[:start]}[{detail}]{text[end:]}"
    return text


def _tokens_of(answer: FormAnswer, text: str) -> str:
    """What a message shows once all that it says is kept: which details it gave, and a yes or no."""
    said = {True: "yes", False: "no", None: ""}[answer.consent]
    details = [f"[{value}]" if detail in ("phone", "email") else f"[{detail}]" for detail, value in answer.values]
    return " ".join(part for part in (said, *details) if part)


def _unread(field: Field, problem: Problem) -> FormAnswer:
    return FormAnswer(problems=((field, problem),), shown="[…]")


def _is_one_capitalised(text: str) -> bool:
    """ "June", "Sunday": asked for a name, one word with a capital is one."""
    return len(text.split()) == 1 and text.strip()[:1].isupper()


def _timed(text: str) -> FormAnswer:
    return FormAnswer((("time", text.strip(" ,:.")),), shown="[time]")


def _contact_problem(text: str) -> Problem:
    if phrases.LIKE_AN_ADDRESS.search(text):
        return "email"
    return "area_code" if phrases.SHORT_NUMBER.search(text) else "phone"


def _wants_to_know_why(requested: Field, text: str, reading: Reading, settled: Settled) -> bool:
    """Asks what the details are for; a bare "why?" does, unless it takes up an earlier answer."""
    bare = reading.follow_up == "why" and requested in ("consent", "name", "contact")
    return bool(phrases.EXPLAIN.search(text) and not reading.mentions) or (bare and settled.rule != "follow_up_why")


def _reopened(text: str, requested: Field) -> Field | None:
    found = phrases.WRONG.search(text)
    if not found:
        return None
    what = (found["what"] or found["that"] or "").lower()
    return WRONG_FIELDS.get(what, "contact")


def _is_about_something_else(settled: Settled) -> bool:
    if settled.topic in ("off_topic", "injection", "abuse"):
        return _surely_asks(settled)  # an inkling of the classifier's, where an answer was asked for
    return settled.topic not in ("consult", "fallback", "gibberish")


def _surely_asks(settled: Settled) -> bool:
    """A topic of its own, read with certainty from the words alone."""
    if settled.rule == "safety":
        return True
    return settled.topic not in ("consult", "fallback", "gibberish") and settled.confidence >= SURELY_ASKS_FROM


def _is_abuse(settled: Settled) -> bool:
    return settled.rule == "safety" and settled.topic in ("injection", "abuse")


def _asks_beside(text: str, settled: Settled) -> bool:
    """A question stands beside what is told to the form."""
    if settled.topic in NOT_OURS | SMALL_TALK | SAFETY | {"consult"}:
        return False
    return settled.topic in OF_HEALTH or bool(phrases.ASKS.search(text))


def _about_a_request(text: str, reading: Reading, settled: Settled) -> Wish | None:
    """ "Any news?" is nothing that a classifier can know: only a request can be meant."""
    if settled.topic not in NOT_OURS | SMALL_TALK - {"abuse"} or settled.rule == "safety" or reading.mentions:
        return None
    if phrases.ANOTHER.search(text):
        return "new"
    return "status" if phrases.STATUS.search(text) or phrases.WRONG.search(text) else None
