"""What has arrived and waits for its answer: kept before Twilio is told so, taken in order, settled once.

Whoever takes a message has it for a while, and with it its sender. If a process dies over it, its claim runs out:
that counts as a try, and another process takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.channels.sms import people
from bot.channels.sms.limits import Limits, Verdict
from bot.channels.sms.outbox import Kind, Outbox
from bot.channels.sms.people import NOTHING, Offer, Sender
from bot.channels.sms.seal import Seal
from bot.channels.sms.tables import inbox
from bot.clock import utc_now
from bot.consult.types import Language
from bot.database import reading, writing
from bot.handoff.backoff import is_over

MOST_DUE = 100
MOST_TRIES = 3
"""So often may a claim run out over a message before it is put aside for staff."""
LEASE = timedelta(seconds=20)
"""How long a message is one process's own: longer than a turn takes."""
FATAL, UNREADABLE, OVER_CAP = "gave_up", "cannot_be_opened", "daily_cap"


@dataclass(frozen=True)
class Waiting:
    """A message to be answered, with all that the channel knows of who wrote it."""

    id: int
    text: str = field(repr=False)
    pictures: int
    sender: Sender
    verdict: Verdict
    may_be_urgent: bool
    """Whether a red flag may still be answered beyond the limits."""
    was_told: bool
    """Whether the sender knows of the limit."""


@dataclass(frozen=True)
class Reply:
    """What answers a message."""

    text: str = field(repr=False)
    language: Language
    kind: Kind = "answer"
    offer: Offer = NOTHING
    stops: bool = False
    """Whether the message also wished for no more texts."""
    introduces: bool = False
    """Whether the text says who answers, as the first one must."""


class Inbox:
    """Reads and settles messages; every method is one short transaction."""

    def __init__(
        self, bound: Engine, seal: Seal, outbox: Outbox, limits: Limits, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._bound = bound
        self._seal = seal
        self._outbox = outbox
        self._limits = limits
        self._clock = clock

    def due(self) -> list[str]:
        """The senders with a message that waits, who waited longest first."""
        first = sa.select(sa.func.min(inbox.c.id)).where(inbox.c.state == "new").group_by(inbox.c.sender)
        waiting = sa.select(inbox.c.sender).where(inbox.c.id.in_(first), self._is_free())
        with reading(self._bound) as connection:
            return list(connection.execute(waiting.order_by(inbox.c.id).limit(MOST_DUE)).scalars())

    def take(self, sender: str) -> Waiting | None:
        """Claim a sender's oldest message that waits; None where there is none, or somebody has it."""
        first = sa.select(sa.func.min(inbox.c.id)).where(inbox.c.sender == sender, inbox.c.state == "new")
        # The oldest and no other: while somebody has it, no later one of its sender is taken.
        free = sa.select(inbox).where(inbox.c.id == first.scalar_subquery(), inbox.c.state == "new", self._is_free())
        with writing(self._bound) as connection:
            row = connection.execute(free.with_for_update(skip_locked=True)).first()
            return None if row is None else self._claimed(connection, row)

    def reply(self, waiting: Waiting, reply: Reply) -> bool:
        """Settle a message with its answer, in one transaction; False where it was settled already."""
        with writing(self._bound) as connection:
            if not self._settle(connection, waiting.id, "answered"):
                return False
            name, now = waiting.sender.name, self._clock()
            if reply.stops:
                people.set_consent(connection, (name,), now, "stop", "words")
                self._outbox.cancel(connection, name)
            self._outbox.add(connection, waiting.id, name, reply.kind, reply.text)
            if reply.kind in ("answer", "urgent"):
                people.remember(connection, name, reply.language, reply.offer, self._seal)
            if reply.introduces:
                people.introduced(connection, name, now)
            return True

    def ignore(self, waiting: Waiting) -> None:
        """Settle a message that gets no answer."""
        with writing(self._bound) as connection:
            self._settle(connection, waiting.id, "ignored")

    def put_aside(self, waiting: Waiting, problem: str) -> None:
        """Make a dead letter of a message."""
        with writing(self._bound) as connection:
            self._put_aside(connection, waiting.id, problem)

    def _is_free(self) -> Any:
        return is_over(inbox.c.claimed_until, self._clock(), LEASE)

    def _claimed(self, connection: Connection, row: Any) -> Waiting | None:
        text, attempts = self._seal.open(row.sealed), row.attempts + (row.claimed_until is not None)
        if text is None or attempts >= MOST_TRIES:
            self._put_aside(connection, row.id, UNREADABLE if text is None else FATAL)
            return None
        claim = {"attempts": attempts, "claimed_until": self._clock() + LEASE}
        connection.execute(sa.update(inbox).where(inbox.c.id == row.id).values(claim))
        return Waiting(
            id=row.id,
            text=text,
            pictures=row.pictures,
            sender=people.known(connection, row.sender, self._seal),
            verdict=self._limits.verdict(connection, row.sender),
            may_be_urgent=self._limits.urgent_left(connection, row.sender),
            was_told=self._limits.was_told(connection, row.sender),
        )

    def _settle(self, connection: Connection, message_id: int, state: str) -> bool:
        this = (inbox.c.id == message_id, inbox.c.state == "new")
        done = {"state": state, "sealed": None, "done_at": self._clock(), "problem": None}
        return bool(connection.execute(sa.update(inbox).where(*this).values(done)).rowcount)

    def _put_aside(self, connection: Connection, message_id: int, problem: str) -> None:
        this = (inbox.c.id == message_id, inbox.c.state == "new")
        dead = {"state": "dead", "problem": problem, "done_at": self._clock()}
        connection.execute(sa.update(inbox).where(*this).values(dead))
