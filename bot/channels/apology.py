"""What is said when a turn fails: fixed, short, and with a way to reach a person.

It stands here and not among the domain's responses because it must work when Rasa does not.
"""

from __future__ import annotations

from typing import Any, Protocol

TEXT = (
    "Sorry, something went wrong and I could not answer. Please try again, or call {name} at {phone}. "
    "In an emergency, call 911."
)


class Reachable(Protocol):
    """A clinic, as far as it can be called."""

    @property
    def name(self) -> str:
        """What it calls itself."""

    @property
    def phone(self) -> str:
        """The number that patients call."""


def apology(clinic: Reachable) -> dict[str, Any]:
    """The answer of a turn that gave none."""
    return {
        "messages": [{"text": TEXT.format(name=clinic.name, phone=clinic.phone), "buttons": []}],
        "topic": "fallback",
        "language": "en",
        "timing": None,
        "sources": [],
        "handoff_offered": True,
    }
