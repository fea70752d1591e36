"""The words that the parts of the request form share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import parse_obj_as

FORM = "request_form"
Field = Literal["consent", "name", "contact", "time", "note"]
"""What the form asks for, in this order."""
FIELDS: tuple[Field, ...] = ("consent", "name", "contact", "time", "note")
OPTIONAL: tuple[Field, ...] = ("time", "note")
SLOTS: dict[Field, str] = {field: f"request_{field}" for field in FIELDS}
FIELD_OF_SLOT: dict[str, Field] = {slot: field for field, slot in SLOTS.items()}

Detail = Literal["name", "phone", "email", "time", "note"]
"""What a person tells; a phone number or an e-mail address is the contact."""
DETAILS: tuple[Detail, ...] = get_args(Detail)
SEALED: frozenset[Detail] = frozenset({"phone", "email"})
"""The details that are tokens already when a message is read."""
FIELD_OF: dict[Detail, Field] = {
    "name": "name",
    "phone": "contact",
    "email": "contact",
    "time": "time",
    "note": "note",
}
Problem = Literal[
    "consent", "name", "contact", "phone", "area_code", "email", "time", "note", "name_missing", "contact_missing"
]
"""What is wrong with an answer; each has its wording."""
PROBLEMS: tuple[Problem, ...] = get_args(Problem)
Wish = Literal["stop", "explain", "written", "when", "status", "again", "new", "change", "cancel", "late", "under_age"]
"""What is wanted instead of answering: to end it; to know why it is asked, what was written down, when somebody gets
back, how a request stands; to have it sent again, a second one, a filed one changed or cancelled. Or the form came when
none was open any more, or somebody said that they are under age."""
Manner = Literal["also", "instead"]
"""How what is told stands to what was told before: beside it, or in its place."""

TOKEN = re.compile(r"\[((phone|email)(?:-\d+)?)\]")
"""What stands in a message for a number or an address that was sealed already."""


@dataclass(frozen=True)
class FormAnswer:
    """What a message says to the form: values as typed, or their tokens once they are sealed."""

    values: tuple[tuple[Detail, str], ...] = ()
    skipped: tuple[Field, ...] = ()
    """Optional fields that shall stay empty."""
    reopened: tuple[Field, ...] = ()
    """Fields that were filled in wrongly and shall be asked again."""
    consent: bool | None = None
    wish: Wish | None = None
    problems: tuple[tuple[Field, Problem], ...] = ()
    beside: bool = False
    """The message also asks a question, which is answered first."""
    shown: str | None = None
    """The message without anything that the form keeps; None where it may stay as it is."""
    manner: Manner | None = None

    @property
    def is_private(self) -> bool:
        """Whether what was typed holds anything that only the vault may keep."""
        return self.shown is not None


@dataclass(frozen=True)
class FormState:
    """Where the form stands when a message comes."""

    requested: Field | None = None
    """The field asked for; None where no form is open."""
    unsent: bool = False
    """A complete request waits because it could not be filed."""
    filed: bool = False
    """A request of this conversation was filed before."""

    @property
    def is_open(self) -> bool:
        """Whether the form waits for an answer."""
        return self.requested is not None


def read_back(kept: Mapping[str, object] | None) -> FormAnswer | None:
    """Read an answer back from the JSON that travels with a message."""
    return parse_obj_as(FormAnswer, dict(kept)) if kept is not None else None
