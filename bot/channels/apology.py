"""What is said when a turn fails: fixed, short, and with a way to reach a person.

It stands here and not among the domain's responses because it must work when Rasa does not.
"""

from __future__ import annotations

from typing import Any, Protocol

FAILED = "Sorry, something went wrong on our side; please try again in a moment, or {contact}."
TEXT = "Sorry, something went wrong and I could not answer. Please try again, or {contact}. In an emergency, call 911."


class Reachable(Protocol):
    """A clinic, as far as it can be reached."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def phone(self) -> str | None:
        """Its phone number."""

    @property
    def email(self) -> str | None:
        """Its e-mail address."""


def apology(clinic: Reachable) -> dict[str, Any]:
    """The answer of a turn that gave none."""
    return {
        "messages": [{"text": TEXT.format(contact=_contact(clinic)), "buttons": []}],
        "topic": "fallback",
        "language": "en",
        "timing": None,
        "sources": [],
        "handoff_offered": True,
    }


def sorry(clinic: Reachable) -> str:
    """The same in one sentence, for a request that is no message."""
    return FAILED.format(contact=_contact(clinic))


def _contact(clinic: Reachable) -> str:
    if clinic.phone:
        return f"call {clinic.name} at {clinic.phone}"
    return f"write to {clinic.name} at {clinic.email}" if clinic.email else f"contact {clinic.name}"
