"""What the tests of the handoff share: a clock that stands still, an invented request, a way to look into tables."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.handoff.types import Draft
from bot.handoff.vault import ContactVault

START = datetime(2026, 11, 22, 12, 0)
SECRET = "a secret for tests only"
NAME, PHONE, TIME, NOTE = "Testname Example", "+14035550110", "weekday mornings", "a line for the clinician"


class Clock:
    """A clock that only a test moves."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def draft(vault: ContactVault, conversation: str = "c", key: str = "k", **changed: Any) -> Draft:
    """What the form hands over, its values sealed."""
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


def rows(bound: Engine, table: sa.Table) -> list[dict[str, Any]]:
    """All rows of a table."""
    with bound.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(table).order_by(table.c.id))]
