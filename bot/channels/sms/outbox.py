"""What is to be sent: one text for each message, tried again only where it surely did not go out.

A text in doubt (the connection broke after it was handed over, or the process died) becomes a dead letter that
staff see, so that nobody gets a text twice unless staff decide so. Whoever takes a text has it for a while, and with
it its sender: while it is being sent, no other process sends that sender anything.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.channels.sms import people
from bot.channels.sms.received import Status
from bot.channels.sms.seal import Seal
from bot.channels.sms.tables import outbox
from bot.clock import utc_now
from bot.database import durably_writing, reading, writing
from bot.handoff.backoff import is_over, pause
from bot.handoff.senders import TOKEN, vault_place
from bot.handoff.vault import ContactVault

Kind = Literal["answer", "urgent", "limit", "confirmation"]
SENT_IN_ANY_CASE = ("urgent", "confirmation")
"""What goes to somebody who wants no more texts too: whom to call, and that their wish was heard."""
GIVE_UP_AFTER = timedelta(hours=1)
"""An answer that comes later than this helps nobody."""
OPTED_OUT = "21610"
"""Twilio's code for a number that wants no texts."""
INTERRUPTED, EXPIRED, LATE = "interrupted", "number_no_longer_kept", "too_late"
MOST_DUE = 100
LEASE = timedelta(seconds=30)
"""How long a text is one process's own: longer than Twilio may take to answer."""
_FAILED = ("failed", "undelivered")


@dataclass(frozen=True)
class Letter:
    """A text that is about to be sent."""

    id: int
    delivery_id: str
    sender: str
    number: str = field(repr=False)
    body: str = field(repr=False)
    attempt: int


class Outbox:
    """Hands out what is due, and keeps what became of it; every method is one short transaction."""

    def __init__(
        self,
        bound: Engine,
        vault: ContactVault,
        seal: Seal,
        clock: Callable[[], datetime] = utc_now,
        backoff: Callable[[int], timedelta] = pause,
    ) -> None:
        self._bound = bound
        self._vault = vault
        self._seal = seal
        self._clock = clock
        self._backoff = backoff

    def add(self, connection: Connection, inbox_id: int, sender: str, kind: Kind, body: str) -> None:
        """Keep a text to be sent, within the transaction that settles the message it answers."""
        now = self._clock()
        row = {
            "delivery_id": secrets.token_hex(16),
            "inbox_id": inbox_id,
            "sender": sender,
            "kind": kind,
            "created_at": now,
            "next_attempt_at": now,
            "give_up_at": now + GIVE_UP_AFTER,
            "attempts": 0,
            "state": "queued",
            "in_doubt": False,
            "sealed": self._seal.close(body),
        }
        connection.execute(sa.insert(outbox).values(row))

    def cancel(self, connection: Connection, sender: str) -> None:
        """Call back what was not sent yet, within the transaction of a wish to get no more."""
        waiting = (outbox.c.sender == sender, outbox.c.state == "queued", outbox.c.kind.not_in(SENT_IN_ANY_CASE))
        connection.execute(sa.update(outbox).where(*waiting).values(state="cancelled", sealed=None))

    def due(self) -> list[str]:
        """The senders for whom a text can be sent now, who waited longest first."""
        self._give_up_interrupted()
        first = sa.select(sa.func.min(outbox.c.id)).where(outbox.c.state == "queued").group_by(outbox.c.sender)
        firsts = sa.select(outbox.c.sender).where(outbox.c.id.in_(first), *self._is_ready())
        with reading(self._bound) as connection:
            return list(connection.execute(firsts.order_by(outbox.c.id).limit(MOST_DUE)).scalars())

    def take(self, sender: str) -> Letter | None:
        """Claim a sender's oldest text, if it is due; from now on it counts as perhaps sent."""
        first = sa.select(sa.func.min(outbox.c.id)).where(outbox.c.sender == sender, outbox.c.state == "queued")
        # The oldest and no other: while somebody sends it, no later one of its sender is taken.
        due = sa.select(outbox).where(
            outbox.c.id == first.scalar_subquery(), outbox.c.state == "queued", *self._is_ready()
        )
        with durably_writing(self._bound) as connection:
            row = connection.execute(due.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            number = self._vault.read(connection, vault_place(sender), TOKEN)
            return self._marked(connection, row, number, self._seal.open(row.sealed))

    def _is_ready(self) -> tuple[Any, ...]:
        others = outbox.alias("others")
        sending = sa.exists().where(others.c.sender == outbox.c.sender, others.c.state == "sending")
        return sa.or_(outbox.c.attempts == 0, is_over(outbox.c.next_attempt_at, self._clock())), ~sending

    def _give_up_interrupted(self) -> None:
        """Make a dead letter of every text whose claim ran out: the process that sent it has died over it."""
        over = (outbox.c.state == "sending", is_over(outbox.c.claimed_until, self._clock(), LEASE))
        with reading(self._bound) as connection:
            if connection.execute(sa.select(outbox.c.id).where(*over).limit(1)).first() is None:
                return  # without asking for SQLite's one write lock, which a turn may need
        with writing(self._bound) as connection:
            dead = {"state": "dead", "in_doubt": True, "problem": INTERRUPTED}
            connection.execute(sa.update(outbox).where(*over).values(dead))

    def sent(self, letter: Letter, twilio_sid: str) -> None:
        """Keep that Twilio has taken a text; a status that was faster stands."""
        done = {"state": "sent", "in_doubt": False, "problem": None, "sent_at": self._clock(), "sealed": None}
        open_states = (outbox.c.id == letter.id, outbox.c.state.in_(("sending", "dead")))
        with writing(self._bound) as connection:
            named = sa.update(outbox).where(outbox.c.id == letter.id).values(twilio_sid=twilio_sid)
            connection.execute(named)
            connection.execute(sa.update(outbox).where(*open_states).values(done))

    def not_sent(self, letter: Letter, problem: str) -> None:
        """Keep that a text surely did not go out: it is tried again, for as long as it helps anybody."""
        with writing(self._bound) as connection:
            at = self._clock() + self._backoff(letter.attempt)
            this = (outbox.c.id == letter.id, outbox.c.state == "sending")
            again = {"state": "queued", "next_attempt_at": at, "problem": problem}
            connection.execute(sa.update(outbox).where(*this).values(again))
            over = (outbox.c.id == letter.id, outbox.c.state == "queued", outbox.c.give_up_at <= at)
            connection.execute(sa.update(outbox).where(*over).values(state="dead"))
            if people.has_opted_out(connection, letter.sender):
                self.cancel(connection, letter.sender)

    def refused(self, letter: Letter, problem: str) -> None:
        """Keep that Twilio refused a text for good."""
        with writing(self._bound) as connection:
            if problem == OPTED_OUT:
                self._opted_out(connection, letter.sender, letter.id)
            else:
                self._die(connection, letter.id, problem)

    def in_doubt(self, letter: Letter, problem: str) -> None:
        """Keep that nobody knows whether a text went out; a status that was faster stands."""
        with writing(self._bound) as connection:
            self._die(connection, letter.id, problem, in_doubt=True)

    def told(self, status: Status) -> None:
        """Keep what a status callback tells of a text, that of a dead letter in doubt too."""
        by_id = outbox.c.delivery_id == (status.delivery_id or "")
        by_sid = outbox.c.twilio_sid == (status.message_sid or "")
        with writing(self._bound) as connection:
            found = connection.execute(sa.select(outbox).where(sa.or_(by_id, by_sid)).limit(1)).first()
            if found is None or found.state in ("delivered", "cancelled"):
                return
            self._told(connection, found, status)

    def _told(self, connection: Connection, row: Any, status: Status) -> None:
        if status.status in _FAILED and status.error == OPTED_OUT:
            self._opted_out(connection, row.sender, row.id)
        elif status.status in _FAILED:
            self._die(connection, row.id, status.error or status.status)
        else:
            self._went_out(connection, row, status)

    def _went_out(self, connection: Connection, row: Any, status: Status) -> None:
        now = self._clock()
        is_delivered = status.status in ("delivered", "read")
        if row.state == "dead" and not (row.in_doubt or is_delivered):
            return  # a callback that was overtaken by the one that said it failed
        values = {
            "state": "delivered" if is_delivered else "sent",
            "sent_at": row.sent_at or now,
            "delivered_at": now if is_delivered else None,
            "twilio_sid": row.twilio_sid or status.message_sid,
            "in_doubt": False,
            "problem": None,
            "sealed": None,
        }
        connection.execute(sa.update(outbox).where(outbox.c.id == row.id).values(values))

    def _marked(self, connection: Connection, row: Any, number: str | None, body: str | None) -> Letter | None:
        if row.kind not in SENT_IN_ANY_CASE and people.has_opted_out(connection, row.sender):
            self.cancel(connection, row.sender)
            return None
        if not number or body is None:
            self._die(connection, row.id, EXPIRED)
            return None
        if row.give_up_at <= self._clock():
            self._die(connection, row.id, LATE)
            return None
        attempt = row.attempts + 1
        this = sa.update(outbox).where(outbox.c.id == row.id)
        connection.execute(this.values(state="sending", attempts=attempt, claimed_until=self._clock() + LEASE))
        return Letter(row.id, row.delivery_id, row.sender, number, body, attempt)

    def _die(self, connection: Connection, letter_id: int, problem: str, in_doubt: bool = False) -> None:
        still_open = outbox.c.state == "sending" if in_doubt else outbox.c.state != "delivered"
        open_states = (outbox.c.id == letter_id, still_open)
        dead = {"state": "dead", "problem": problem[:64], "in_doubt": in_doubt}
        connection.execute(sa.update(outbox).where(*open_states).values(dead))

    def _opted_out(self, connection: Connection, sender: str, letter_id: int) -> None:
        """Twilio says that the number wants no texts: then that is so here too."""
        gone = {"state": "cancelled", "problem": OPTED_OUT, "sealed": None, "in_doubt": False}
        connection.execute(sa.update(outbox).where(outbox.c.id == letter_id).values(gone))
        if not people.has_opted_out(connection, sender):
            people.set_consent(connection, (sender,), self._clock(), "refused", OPTED_OUT)
        self.cancel(connection, sender)
