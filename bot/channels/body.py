"""What a client may send: a message's body and its text, checked before anything else looks at them.

Plain Python without a framework: ``tandem ask`` checks its lines with the same rules before it asks.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from bot.channels.errors import BadRequestError
from bot.consult.request.types import DETAILS
from bot.languages import HINT, hinted, spoken

LONGEST_TEXT = 1000
LONGEST_ID = 64
LONGEST_PAYLOAD = 200
LARGEST_BODY = 16 * 1024
YEARS = range(1900, 2200)
"""Outside of these no treatment was or will be, and the arithmetic on days has an end."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE_BREAKS = "\t\n\r"
_INVISIBLE = ("Cf", "Cc", "Mn", "Zs", "Zl", "Zp")


@dataclass(frozen=True)
class Incoming:
    """One message of a client: free text, a button's payload, the request form, or the date card."""

    id: str
    text: str | None = None
    payload: str | None = None
    form: Mapping[str, str] | None = None
    dates: Mapping[str, date | None] | None = None
    """The date card's fields."""
    language: str | None = None
    """The language that the page is read in, as a hint."""


Feedback = Literal["up", "down"]
FEEDBACK: tuple[Feedback, ...] = get_args(Feedback)
DateFields = Callable[[], Collection[str]]
"""Names the fields of the date card."""


def read_message(raw: bytes, date_fields: DateFields) -> Incoming:
    """Read the body of a message.

    Args:
        raw: The body.
        date_fields: Looks up the date card's fields; asked only for a form that is not the request form.

    Raises:
        BadRequestError: It is not what the API takes; the sentence says why.
    """
    fields = _object(raw)
    return replace(_said(fields, date_fields), language=_hint(fields.get(HINT)))


def _said(fields: Mapping[str, object], date_fields: DateFields) -> Incoming:
    message_id = check_id(fields.get("id"))
    given = [kind for kind in ("text", "payload", "form") if fields.get(kind) is not None]
    if len(given) != 1:
        raise BadRequestError('Send an "id" and one of "text", "payload" and "form".')
    value = fields[given[0]]
    if given[0] == "form":
        return _form(message_id, value, date_fields)
    if given[0] == "payload":
        return Incoming(message_id, payload=check_payload(value))
    return Incoming(message_id, text=check_text(value))


def read_feedback(raw: bytes) -> tuple[str, Feedback]:
    """Read what a user thinks of an answer: the id of the message that it answered, and the value.

    Raises:
        BadRequestError: It is not what the API takes; the sentence says why.
    """
    fields = _object(raw)
    value = next((each for each in FEEDBACK if fields.get("value") == each), None)
    if value is None:
        raise BadRequestError('"value" must be "up" or "down".')
    return check_id(fields.get("id")), value


def check_id(value: object) -> str:
    """Check a client's message id, which must be a short string."""
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_ID or not _printable(value):
        raise BadRequestError(f'"id" must be a string of 1 to {LONGEST_ID} characters.')
    return value


def check_text(value: object) -> str:
    """Check what a user typed; it comes back as it is."""
    if not isinstance(value, str):
        raise BadRequestError('"text" must be a string.')
    if len(value) > LONGEST_TEXT:
        raise BadRequestError(f"The message is too long: at most {LONGEST_TEXT:,} characters.")
    if not _printable(value):
        raise BadRequestError("The message has characters that are not text.")
    if not _visible(value):
        raise BadRequestError("The message is empty.")
    return value


def check_payload(value: object) -> str:
    """Check the form of a button's payload; whether it was offered only the conversation knows."""
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_PAYLOAD or not _printable(value):
        raise BadRequestError('"payload" must be the payload of a button that was offered.')
    return value


def read_hint(raw: bytes) -> str:
    """The language that a body hints at, whatever else is in it; else the default."""
    try:
        return spoken(_hint(_object(raw).get(HINT)))
    except BadRequestError:
        return spoken(None)


def _hint(value: object) -> str | None:
    """A language that the bot speaks, by its name or that of one of its countries ("fr-CA"); else no hint."""
    return hinted({HINT: value.lower().split("-")[0]}) if isinstance(value, str) else None


def _object(raw: bytes) -> dict[str, object]:
    try:
        fields = json.loads(raw.decode())
    except (ValueError, RecursionError):
        raise BadRequestError("The body is not valid JSON in UTF-8.") from None
    if not isinstance(fields, dict):
        raise BadRequestError("The body must be a JSON object.")
    return fields


def _printable(text: str) -> bool:
    """False for control characters and for halves of surrogate pairs, which no store can keep."""
    return not any(unicodedata.category(c) in ("Cc", "Cs") and c not in _LINE_BREAKS for c in text)


def _visible(text: str) -> bool:
    return any(unicodedata.category(c) not in _INVISIBLE for c in text)


def _form(message_id: str, value: object, date_fields: DateFields) -> Incoming:
    """Tell a form by the names of its fields."""
    if not isinstance(value, dict) or not value:
        raise BadRequestError('"form" must be an object of fields and their values.')
    if set(value) <= set(DETAILS):
        return Incoming(message_id, form={name: _field(name, given) for name, given in value.items()})
    names = date_fields()
    if set(value) <= set(names):
        return Incoming(message_id, dates={name: _day(name, value.get(name)) for name in names})
    raise BadRequestError(f"A form has fields of {_listed(DETAILS)}, or of {_listed(names)}; there is no other.")


def _listed(names: Collection[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}"


def _day(name: str, value: object) -> date | None:
    """A field of the date card; an empty one is None, as a page without script may send it."""
    if value is None or value == "":
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise BadRequestError(f'The field "{name}" must be a day of the calendar, such as 2026-11-12, or null.')
    return day


def _field(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadRequestError(f'The field "{name}" must be a string.')
    if len(value) > LONGEST_TEXT:
        raise BadRequestError(f'The field "{name}" is too long: at most {LONGEST_TEXT:,} characters.')
    if not _printable(value):
        raise BadRequestError(f'The field "{name}" has characters that are not text.')
    return value
