"""What a person may ask the clinic for: everything that is held on them, and that it be forgotten.

Contact data is stored under seal only, so that a person is found by opening all of it: at a clinic's size that
takes no time, and it works with every key that still opens something. A conversation in which the person's number
or address was given is theirs as a whole, with the requests that it led to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from bot.clock import utc_now
from bot.database import reading, wipe, writing
from bot.handoff.conversation_tables import sms_senders
from bot.handoff.held import contact_document, conversation_document, request_document
from bot.handoff.person import Person
from bot.handoff.retention import delete_conversations, delete_requests
from bot.handoff.senders import sender_at
from bot.handoff.tables import access_log, contact_vault, requests
from bot.handoff.vault import ContactVault, Kept

NO_REQUEST = "-"
"""Stands in the audit for a reference where the person had made no request."""


@dataclass(frozen=True)
class Forgotten:
    """How much of what was held on a person was deleted."""

    requests: int
    contacts: int
    conversations: int
    unreadable: int
    """Values that no present key opens: whether they are this person's, nobody can say."""


@dataclass(frozen=True)
class _Trail:
    """Where a person is found."""

    conversations: tuple[str, ...]
    unreadable: int


@dataclass(frozen=True)
class _Held:
    """What is held there."""

    trail: _Trail
    contacts: tuple[Kept, ...]
    requests: tuple[Row, ...]


class Privacy:
    """Exports and forgets what is held on a person; that it was done, and by whom, is kept."""

    def __init__(self, bound: Engine, vault: ContactVault, clock: Callable[[], datetime] = utc_now) -> None:
        self._bound = bound
        self._vault = vault
        self._clock = clock

    def export(self, person: Person, who: str) -> dict[str, Any]:
        """Everything that is held on a person, as plain data for JSON.

        Args:
            person: Whose data.
            who: Who exports it, for the audit.
        """
        trail = self._trail(person)
        with writing(self._bound) as connection:
            found = self._held(connection, trail)
            # Made before the audit's own row, which is not about the person.
            document = self._document(connection, person, found)
            self._note(connection, who, "export", found.requests)
        return document

    def forget(self, person: Person, who: str) -> Forgotten:
        """Delete everything that is held on a person, in one transaction.

        Args:
            person: Whose data.
            who: Who has it deleted, for the audit.
        """
        trail = self._trail(person)
        with writing(self._bound) as connection:
            found = self._held(connection, trail)
            delete_requests(connection, [row.id for row in found.requests])
            delete_conversations(connection, trail.conversations)
            self._note(connection, who, "forget", found.requests)
        wipe(self._bound)
        return Forgotten(len(found.requests), len(found.contacts), len(trail.conversations), trail.unreadable)

    def _trail(self, person: Person) -> _Trail:
        """Look for a person; without the lock that writers need, for it opens all that there is."""
        with reading(self._bound) as connection:
            everything = self._vault.everything(connection)
        theirs = {kept.conversation for kept in everything if kept.value and person.is_named_in(kept.token, kept.value)}
        # By SMS somebody is known by an HMAC of the number, which stays when the number itself is no longer kept.
        by_sms = {sender_at(each) for each in theirs}
        named = self._vault.senders.all_of(person.value) if person.kind == "phone" else ()
        theirs |= by_sms | self._writing_by_sms(named)
        return _Trail(tuple(sorted(theirs)), sum(kept.value is None for kept in everything))

    def _writing_by_sms(self, names: Iterable[str]) -> set[str]:
        with reading(self._bound) as connection:
            known = sa.select(sms_senders.c.sender).where(sms_senders.c.sender.in_(names))
            return set(connection.execute(known).scalars())

    def _held(self, connection: Connection, trail: _Trail) -> _Held:
        of_them = requests.c.conversation_id.in_(trail.conversations)
        return _Held(
            trail,
            tuple(self._vault.everything(connection, contact_vault.c.conversation_id.in_(trail.conversations))),
            tuple(connection.execute(sa.select(requests).where(of_them).order_by(requests.c.id))),
        )

    def _document(self, connection: Connection, person: Person, found: _Held) -> dict[str, Any]:
        return {
            "person": {person.kind: person.value},
            "made_at": self._clock().isoformat(timespec="seconds") + "Z",
            "requests": [request_document(connection, row, found.contacts) for row in found.requests],
            "contacts": [contact_document(kept) for kept in found.contacts],
            "conversations": [conversation_document(connection, each) for each in found.trail.conversations],
            "unreadable_values": found.trail.unreadable,
        }

    def _note(self, connection: Connection, who: str, what: str, rows: Iterable[Row]) -> None:
        references = [row.reference for row in rows] or [NO_REQUEST]
        notes = [{"at": self._clock(), "who": who[:128], "reference": each, "what": what} for each in references]
        connection.execute(sa.insert(access_log), notes)
