"""The consent: which text was agreed to, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

VERSION = "request-4"
"""Kept with every request. A change of ``utter_request_consent`` in meaning needs a new one: a test holds the two
together."""


@dataclass(frozen=True)
class Consent:
    """A yes to the consent text."""

    version: str
    at: datetime
    """In UTC, without a zone, as the stores keep it."""


def given(at: datetime) -> dict[str, str]:
    """Return a yes as the slot keeps it."""
    return {"version": VERSION, "at": at.isoformat(timespec="seconds")}


def read_consent(kept: dict[str, str]) -> Consent:
    """Read a yes back from the slot."""
    return Consent(kept["version"], datetime.fromisoformat(kept["at"]))
