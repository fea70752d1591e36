"""A store of requests, and what a form hands it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.handoff.requests import RequestStore
from bot.handoff.types import Draft
from bot.handoff.vault import ContactVault

START = datetime(2026, 11, 22, 12, 0)
SECRET = "a secret for tests only"
NAME, PHONE, TIME, NOTE = "Testname Example", "+14035550110", "weekday mornings", "a line for the clinician"


class Clock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(migrated: Engine, clock: Clock) -> ContactVault:
    return ContactVault(migrated, SECRET, clock)


@pytest.fixture
def store(migrated: Engine, vault: ContactVault, clock: Clock) -> RequestStore:
    return RequestStore(migrated, vault, clock, ways=("mail",))


Drafted = Callable[..., Draft]


@pytest.fixture
def drafted(vault: ContactVault) -> Drafted:
    """Makes what the form hands over, its values sealed."""

    def made(conversation: str = "c", key: str = "k", **changed: Any) -> Draft:
        fields: dict[str, Any] = {
            "conversation": conversation,
            "channel": "website",
            "key": key,
            "name": vault.keep(conversation, "name", NAME),
            "contact": vault.keep(conversation, "phone", PHONE),
            "preferred_time": vault.keep(conversation, "time", TIME),
            "note": vault.keep(conversation, "note", NOTE),
            "topics": ("order", "pain"),
            "language": "en",
            "consent_version": "2026-11-22",
            "consented_at": START,
        }
        return Draft(**{**fields, **changed})

    return made
