"""What a request is, on its way from the form to the professional who closes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["waiting", "passed_on", "closed", "cancelled"]
STATES: tuple[State, ...] = ("waiting", "passed_on", "closed", "cancelled")
OVER: tuple[State, ...] = ("closed", "cancelled")
News = Literal["new", "changed", "cancelled"]
"""What the clinic is told of a request."""


@dataclass(frozen=True)
class Draft:
    """What the form collected: tokens of the vault, never the values."""

    conversation: str
    channel: str
    key: str
    """The same key is the same request, however often it is filed."""
    name: str
    contact: str
    """One token or several, with blanks between them: a number and an address, a second number."""
    preferred_time: str | None
    note: str | None
    topics: tuple[str, ...]
    language: str
    consent_version: str
    consented_at: datetime


@dataclass(frozen=True)
class Filed:
    """A request that is kept: only now may it be confirmed."""

    reference: str
    filed_at: datetime
    repeated: bool
    """Whether it had been filed before."""


@dataclass(frozen=True)
class Status:
    """How far a request has come, for the person who made it."""

    reference: str
    filed_at: datetime
    state: State
    closed_at: datetime | None


@dataclass(frozen=True)
class Delivery:
    """One way out to the clinic, and how far a request has come on it."""

    channel: str
    delivery_id: str
    attempts: int
    next_attempt_at: datetime
    delivered_at: datetime | None
    dead_at: datetime | None
    last_problem: str | None


@dataclass(frozen=True)
class Request:
    """A request as staff sees it, without any contact data."""

    reference: str
    filed_at: datetime
    state: State
    closed_at: datetime | None
    channel: str
    language: str
    topics: tuple[str, ...]
    consent_version: str
    consented_at: datetime
    deliveries: tuple[Delivery, ...]
    changed_at: datetime | None = None
    """When the person last changed something in it."""

    @property
    def is_stuck(self) -> bool:
        """Whether it waits, and nobody tries any more to tell the clinic of it."""
        return self.state == "waiting" and all(delivery.dead_at for delivery in self.deliveries)


@dataclass(frozen=True)
class Contact:
    """Who made a request and how to reach them; every look at it is noted. ``repr`` shows nothing of it."""

    name: str
    contact: str
    preferred_time: str | None
    note: str | None

    def __repr__(self) -> str:
        return "Contact(…)"


@dataclass(frozen=True)
class Shown:
    """A request with its contact data."""

    request: Request
    contact: Contact


@dataclass(frozen=True)
class Notice:
    """What the clinic is told of a request, once it is taken out of the outbox: nothing of the person."""

    outbox_id: int
    delivery_id: str
    """The same on every repeat."""
    attempt: int
    """Which try this is, from 1."""
    way: str
    reference: str
    filed_at: datetime
    topics: tuple[str, ...]
    channel: str
    language: str
    news: News = "new"
