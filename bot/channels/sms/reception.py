"""Takes a message in: kept for good before Twilio is answered, and a wish about consent fulfilled at once.

A wish to get no more texts does not wait behind other messages: it holds from the moment it arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.channels.sms import people, wording
from bot.channels.sms.consent import Wish, is_reaction, wish_of
from bot.channels.sms.limits import Limits
from bot.channels.sms.outbox import Outbox
from bot.channels.sms.received import Received
from bot.channels.sms.red_flags import IsRedFlag
from bot.channels.sms.seal import Seal
from bot.channels.sms.tables import inbox
from bot.channels.sms.wording import TextName, Wording
from bot.clock import utc_now
from bot.database import durably_writing
from bot.handoff.senders import vault_place
from bot.handoff.vault import ContactVault

NUMBER_LIFETIME = timedelta(days=7)
"""How long after their last message somebody can be answered, as staff may wish to with a dead letter."""
MOST_TRIES = 5
_SAID: dict[str, TextName] = {"stop": wording.STOPPED, "start": wording.STARTED, "help": wording.HELP}


class Reception:
    """Keeps what arrives."""

    def __init__(
        self,
        bound: Engine,
        vault: ContactVault,
        seal: Seal,
        outbox: Outbox,
        limits: Limits,
        said: Wording,
        is_red_flag: IsRedFlag,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._bound = bound
        self._vault = vault
        self._seal = seal
        self._outbox = outbox
        self._limits = limits
        self._wording = said
        self._is_red_flag = is_red_flag
        self._clock = clock

    def accept(self, message: Received) -> bool:
        """Keep a message; False where it was kept before."""
        for _ in range(MOST_TRIES):
            try:
                return self._accept(message)
            except IntegrityError:
                continue  # the same message, or the first one of the same number, arrived at the same moment
        raise RuntimeError("A message could not be kept.")

    def _accept(self, message: Received) -> bool:
        names = self._vault.senders.all_of(message.number)
        # Read before the lock is taken: what reads a text is made at the first one, which takes a second or more.
        wish, reacts = self._wish(message), is_reaction(message.text)
        with durably_writing(self._bound) as connection:
            if self._is_known(connection, message):
                return False
            people.seen(connection, names, self._clock())
            until = self._clock() + NUMBER_LIFETIME
            self._vault.hold(connection, vault_place(names[0]), "phone", message.number, until)
            inbox_id = self._keep(connection, names[0], message)
            if wish:
                self._fulfil(connection, inbox_id, names, wish, message.is_handled)
            elif reacts:
                self._settle(connection, inbox_id)
            return True

    def _wish(self, message: Received) -> Wish | None:
        """What is wished; a red flag beside it is answered first, and its wish is fulfilled with the answer."""
        wish = wish_of(message.text)
        if wish and self._is_red_flag(message.text):
            return None
        return wish or (Wish(message.handled_as, message.handled_as.upper(), None) if message.handled_as else None)

    def _is_known(self, connection: Connection, message: Received) -> bool:
        same = sa.or_(inbox.c.message_sid == message.message_sid, inbox.c.signature == message.signature)
        return connection.execute(sa.select(inbox.c.id).where(same).limit(1)).first() is not None

    def _keep(self, connection: Connection, sender: str, message: Received) -> int:
        row = {
            "message_sid": message.message_sid,
            "signature": message.signature,
            "sender": sender,
            "received_at": self._clock(),
            "pictures": message.pictures,
            "sealed": self._seal.close(message.text),
            "state": "new",
            "attempts": 0,
        }
        kept: int = connection.execute(sa.insert(inbox).values(row)).inserted_primary_key[0]
        return kept

    def _fulfil(
        self, connection: Connection, inbox_id: int, names: Sequence[str], wish: Wish, is_handled: bool
    ) -> None:
        """Do what a message wishes, and say so once, unless Twilio has said it."""
        sender = people.known(connection, names[0], self._seal)
        self._heed(connection, names, wish, sender.has_opted_out)
        if wish.language:
            people.speaks(connection, names[0], wish.language)
        is_silent = sender.has_opted_out and wish.action != "start"
        free = self._limits.verdict(connection, names[0]) == "free"
        self._settle(connection, inbox_id)
        if free and not (is_silent or is_handled):
            text = self._wording.say(_SAID[wish.action], wish.language or sender.language or "en")
            self._outbox.add(connection, inbox_id, names[0], "confirmation", text)

    def _heed(self, connection: Connection, names: Sequence[str], wish: Wish, was_out: bool) -> None:
        if wish.action == "stop" or (wish.action == "start" and was_out):
            people.set_consent(connection, names, self._clock(), wish.action, wish.keyword)
        if wish.action == "stop":
            self._call_back(connection, names[0])

    def _call_back(self, connection: Connection, sender: str) -> None:
        """Leave unanswered what still waits, red flags excepted, and unsent what was answered."""
        self._outbox.cancel(connection, sender)
        waiting = sa.select(inbox.c.id, inbox.c.sealed).where(inbox.c.sender == sender, inbox.c.state == "new")
        passed_over = [
            row.id for row in connection.execute(waiting) if not self._is_red_flag(self._seal.open(row.sealed) or "")
        ]
        done = {"state": "ignored", "sealed": None, "done_at": self._clock()}
        connection.execute(sa.update(inbox).where(inbox.c.id.in_(passed_over)).values(done))

    def _settle(self, connection: Connection, inbox_id: int) -> None:
        done = {"state": "answered", "sealed": None, "done_at": self._clock()}
        connection.execute(sa.update(inbox).where(inbox.c.id == inbox_id).values(done))
