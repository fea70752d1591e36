"""The channel's stores on one database, at a moment that only a test moves, as phones and staff would see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.sms import people
from bot.channels.sms.inbox import Inbox, Reply, Waiting
from bot.channels.sms.limits import Caps, Limits
from bot.channels.sms.outbox import Letter, Outbox
from bot.channels.sms.people import Sender
from bot.channels.sms.received import Received
from bot.channels.sms.reception import Reception
from bot.channels.sms.seal import Seal
from bot.channels.sms.tables import inbox, outbox
from bot.channels.sms.wording import Wording
from bot.clinic import read_clinic
from bot.database import reading
from bot.handoff.vault import ContactVault
from bot.settings import PROJECT_ROOT
from tests.handoff import PHONE, SECRET, Clock, rows

OTHER = "+14035550111"
PAUSE = timedelta(minutes=10)
"""How long the stores wait after each failed try."""
WORDING = Wording(read_clinic(PROJECT_ROOT / "clinic.yml"))


def is_red_flag(text: str) -> bool:
    """Stands where the safety layer stands."""
    return "can't breathe" in text


class Stores:
    """What the channel keeps, with short ways to fill it and to look into it."""

    def __init__(self, bound: Engine, caps: Caps | None = None, secret: str = SECRET) -> None:
        self.bound, self.clock, self.seal, self.texts = bound, Clock(), Seal(secret), 0
        self.vault = ContactVault(bound, secret, self.clock)
        self.outbox = Outbox(bound, self.vault, self.seal, self.clock, lambda _: PAUSE)
        limits = Limits(caps or Caps(60, 120, 2000), self.clock)
        self.inbox = Inbox(bound, self.seal, self.outbox, limits, self.clock)
        self.reception = Reception(bound, self.vault, self.seal, self.outbox, limits, WORDING, is_red_flag, self.clock)

    def name(self, number: str = PHONE) -> str:
        return self.vault.senders.of(number)

    def text(self, text: str, number: str = PHONE, is_handled: bool = False) -> None:
        """A new text arrives."""
        self.texts += 1
        sid = f"SM{self.texts}"
        assert self.reception.accept(Received(sid, f"signature of {sid}", number, text, 0, is_handled))

    def taken(self, number: str = PHONE) -> Waiting:
        """The sender's next message, which the test knows to be there."""
        waiting = self.inbox.take(self.name(number))
        assert waiting
        return waiting

    def answer(self, text: str = "An answer.", number: str = PHONE, **reply: Any) -> None:
        """Answer the sender's next message."""
        assert self.inbox.reply(self.taken(number), Reply(text, **{"language": "en", **reply}))

    def letter(self, number: str = PHONE) -> Letter:
        """The sender's next text to be sent, which the test knows to be there."""
        letter = self.outbox.take(self.name(number))
        assert letter
        return letter

    def sending(self) -> Letter:
        """A question arrived, was answered, and the answer is being sent."""
        self.text("what is botox?")
        self.answer()
        return self.letter()

    def sent_bodies(self, number: str = PHONE) -> list[str]:
        """What goes out to a number now, one after the other."""
        bodies = []
        while letter := self.outbox.take(self.name(number)):
            self.outbox.sent(letter, f"SM-out-{letter.id}")
            bodies.append(letter.body)
        return bodies

    def sender(self, number: str = PHONE) -> Sender:
        with reading(self.bound) as connection:
            return people.known(connection, self.name(number), self.seal)

    def inbox_states(self) -> list[str]:
        return [row["state"] for row in rows(self.bound, inbox)]

    def outbox_states(self) -> list[str]:
        return [row["state"] for row in rows(self.bound, outbox)]

    def kept_letter(self) -> dict[str, Any]:
        """The row of the only letter."""
        (row,) = rows(self.bound, outbox)
        return row

    def spoil(self, table: sa.Table, **values: Any) -> None:
        """Set columns of every row of a table."""
        with self.bound.begin() as connection:
            connection.execute(sa.update(table).values(values))
