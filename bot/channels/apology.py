"""What is said when a turn fails: fixed, short, and with a way to reach a person.

It must work when Rasa does not; its words stand in data/wording/channels.yml.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from bot import languages
from bot.channels.output import merged
from bot.channels.texts import said
from bot.consult.types import Language


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


def apology(clinic: Reachable) -> Callable[[Language], dict[str, Any]]:
    """The answer of a turn that gave none, by language."""

    def answer(language: Language) -> dict[str, Any]:
        text = said("failed", language, contact=_contact(clinic, language))
        return merged([{"text": text, "answer": {"language": languages.spoken(language), "handoff_offered": True}}])

    return answer


def sorry(clinic: Reachable) -> str:
    """The same in one sentence, for a request that is no message."""
    return said("failed_request", languages.ids()[0], contact=_contact(clinic, languages.ids()[0]))


def _contact(clinic: Reachable, language: Language) -> str:
    if clinic.phone:
        return said("call", language, clinic=clinic.name, phone=clinic.phone)
    if clinic.email:
        return said("write", language, clinic=clinic.name, email=clinic.email)
    return said("contact", language, clinic=clinic.name)
