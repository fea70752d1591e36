"""The requests for a professional: filed once, found again by their reference, closed by staff.

Free of any user interface: the form files, and the command line (or a web desk) sits on the same few functions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from bot.clock import utc_now
from bot.consult.request.progress import contacts_after
from bot.consult.request.types import Manner
from bot.database import durably_writing, engine, reading, writing
from bot.handoff.errors import NothingToRetryError
from bot.handoff.masking import hint_of
from bot.handoff.records import PERSON, deliveries_of, of_id, of_reference, request_of
from bot.handoff.references import SHORTEST, new_reference, tidied
from bot.handoff.tables import access_log, delivery_channels, outbox, requests
from bot.handoff.types import OVER, Contact, Draft, Filed, Request, Shown, State, Status
from bot.handoff.vault import ContactVault
from bot.handoff.ways import ways_out
from bot.settings import Settings

RETENTION = timedelta(days=30)
DEAD_AFTER = timedelta(days=5)
"""How long delivery is tried: longer than any outage that somebody notices, shorter than a request is kept."""
TRIES = 8
MOST_NOTES = 3
"""A note that comes later stands beside the earlier ones; so many are kept."""
CLOSED = "closed"
"""The "problem" of a delivery that nobody needs any more."""


class RequestStore:
    """Keeps requests, and with each, in the same transaction, what is to be delivered of it."""

    def __init__(
        self,
        bound: Engine,
        vault: ContactVault,
        clock: Callable[[], datetime] = utc_now,
        ways: Iterable[str] = ("console",),
        retention: timedelta = RETENTION,
    ) -> None:
        self._bound = bound
        self._vault = vault
        self._clock = clock
        self._ways = tuple(ways)
        self._retention = retention

    @classmethod
    def from_settings(cls, settings: Settings, bound: Engine | None = None) -> RequestStore:
        """Make the store of a running bot."""
        bound = bound or engine(settings.database_url)
        vault = ContactVault(bound, settings.secret_key())
        kept = timedelta(days=settings.request_retention_days)
        return cls(bound, vault, ways=ways_out(settings), retention=kept)

    def file(self, draft: Draft) -> Filed:
        """Keep a request for good; once this returns, it will be delivered.

        Raises:
            ForgottenError: What was typed is no longer kept.
        """
        for attempt in range(TRIES):
            try:
                with durably_writing(self._bound) as connection:
                    return self._filed_before(connection, draft.key) or self._file(connection, draft, attempt)
            except IntegrityError:
                if attempt == TRIES - 1:
                    raise
                # The reference is taken, or the same request was filed a moment ago: the next try will tell.
        raise AssertionError  # pragma: no cover

    def latest_of(self, conversation: str) -> Status | None:
        """How far the latest request of a conversation has come."""
        with reading(self._bound) as connection:
            row = self._latest(connection, conversation)
        return _status(row) if row else None

    def change(self, conversation: str, tokens: Mapping[str, str], manner: Manner | None = None) -> Status | None:
        """Change what the latest request of a conversation holds, and have the clinic told again.

        Args:
            conversation: The conversation in which it was made.
            tokens: The new tokens by field: ``name``, ``contact``, ``time``, ``note``.
            manner: How a number or an address stands to those that were given before.

        Returns:
            How far the request has come; None where none is open any more.
        """
        with writing(self._bound) as connection:
            row = self._latest(connection, conversation)
            if row is None or row.state in OVER:
                return None
            given = {f"{field}_token": token for field, token in tokens.items()}
            if "contact" in tokens:
                given["contact_token"] = contacts_after(row.contact_token, tokens["contact"], manner)
            if "note" in tokens:
                given["note_token"] = " ".join([*(row.note_token or "").split(), tokens["note"]][-MOST_NOTES:])
            self._promote(connection, conversation, given, row)
            connection.execute(sa.update(requests).where(requests.c.id == row.id).values(state="waiting"))
            self._tell_again(connection, row, "change")
            changed = of_id(connection, row.id)
            self._vault.forget_of_request(connection, row.id, but=_tokens_of(changed))
            return _status(changed)

    def cancel(self, conversation: str) -> Status | None:
        """Cancel the latest request of a conversation; its number, address, time and note are deleted at once.

        Returns:
            The cancelled request; None where none is open any more.
        """
        with writing(self._bound) as connection:
            row = self._latest(connection, conversation)
            if row is None or row.state in OVER:
                return None
            self._close(connection, row, "cancelled")
            self._vault.forget_of_request(connection, row.id, but=[row.name_token])
            self._tell_again(connection, row, "cancel")
            return _status(of_id(connection, row.id))

    def hints(self, conversation: str, tokens: Iterable[str]) -> list[tuple[str, str]]:
        """What may be said of the values behind some tokens: their kinds, with a letter or two figures of each."""
        known = self._vault.known(conversation)
        return [hint_of(token, known[token]) for token in tokens if token in known]

    def hints_of_latest(self, conversation: str) -> list[tuple[str, str]]:
        """The same of what the latest request of a conversation holds."""
        with reading(self._bound) as connection:
            row = self._latest(connection, conversation)
            values = self._vault.of_request(connection, row.id) if row else {}
        return [hint_of(token, values[token]) for token in (_tokens_of(row) if row else ()) if token in values]

    def listed(self, *states: State) -> list[Request]:
        """The requests in these states, or in any, the oldest first; without contact data."""
        wanted = sa.select(requests).order_by(requests.c.created_at, requests.c.id)
        if states:
            wanted = wanted.where(requests.c.state.in_(states))
        with reading(self._bound) as connection:
            return [request_of(connection, row) for row in connection.execute(wanted).all()]

    def show(self, reference: str, who: str) -> Shown:
        """A request with its contact data; that ``who`` looked is kept before anything is shown.

        Raises:
            UnknownReferenceError: There is no such request.
        """
        with writing(self._bound) as connection:
            row = of_reference(connection, tidied(reference))
            self._note(connection, who, row.reference, "show")
            return Shown(request_of(connection, row), self._contact(connection, row))

    def close(self, reference: str, who: str) -> Request:
        """Close a request: somebody has taken care of it. Closing it again changes nothing.

        Raises:
            UnknownReferenceError: There is no such request.
        """
        with writing(self._bound) as connection:
            row = of_reference(connection, tidied(reference))
            if row.state != "closed":
                self._close(connection, row, "closed")
                self._note(connection, who, row.reference, "close")
            return request_of(connection, of_reference(connection, row.reference))

    def retry(self, reference: str, who: str) -> Request:
        """Try at once again to deliver a request, a dead one too, on every way out that the settings name.

        Raises:
            UnknownReferenceError: There is no such request.
            NothingToRetryError: It was delivered, or closed.
        """
        with writing(self._bound) as connection:
            row = of_reference(connection, tidied(reference))
            if row.state in OVER or not self._put_back(connection, row):
                raise NothingToRetryError(row.reference)
            self._note(connection, who, row.reference, "retry")
            return request_of(connection, row)

    def _filed_before(self, connection: Connection, key: str) -> Filed | None:
        same = sa.select(requests.c.reference, requests.c.created_at).where(requests.c.idempotency_key == key)
        row = connection.execute(same).first()
        return Filed(row.reference, row.created_at, repeated=True) if row else None

    def _file(self, connection: Connection, draft: Draft, attempt: int) -> Filed:
        now = self._clock()
        reference = new_reference(SHORTEST + attempt // 4)
        request_id = self._insert(connection, draft, reference, now)
        fields = {"name": draft.name, "contact": draft.contact, "time": draft.preferred_time, "note": draft.note}
        given = {f"{field}_token": token for field, token in fields.items() if token}
        self._promote(connection, draft.conversation, given, of_id(connection, request_id))
        self._post(connection, request_id, now, self._ways)
        return Filed(reference, now, repeated=False)

    def _insert(self, connection: Connection, draft: Draft, reference: str, now: datetime) -> int:
        values = {
            "reference": reference,
            "idempotency_key": draft.key,
            "conversation_id": draft.conversation,
            "channel": draft.channel,
            "created_at": now,
            "topics": json.dumps(draft.topics),
            "language": draft.language,
            "consent_version": draft.consent_version,
            "consented_at": draft.consented_at,
            "name_token": draft.name,
            "contact_token": draft.contact,
            "time_token": draft.preferred_time,
            "note_token": draft.note,
            "state": "waiting",
        }
        inserted: int = connection.execute(sa.insert(requests).values(values)).inserted_primary_key[0]
        return inserted

    def _promote(self, connection: Connection, conversation: str, given: Mapping[str, str], row: Row) -> None:
        """Give values to a request, by the columns of their tokens."""
        tokens = [token for several in given.values() for token in several.split()]
        own = self._vault.promote(connection, conversation, tokens, row.id, row.created_at + self._retention)
        columns = {column: " ".join(own[token] for token in several.split()) for column, several in given.items()}
        connection.execute(sa.update(requests).where(requests.c.id == row.id).values(columns))

    def _post(self, connection: Connection, request_id: int, now: datetime, ways: Iterable[str]) -> None:
        rows = [
            {
                "request_id": request_id,
                "delivery_id": uuid4().hex,
                "channel": way,
                "created_at": now,
                "next_attempt_at": now,
                "give_up_at": now + DEAD_AFTER,
                "attempts": 0,
            }
            for way in ways
        ]
        if rows:
            connection.execute(sa.insert(outbox), rows)

    def _contact(self, connection: Connection, row: Row) -> Contact:
        values = self._vault.of_request(connection, row.id)
        return Contact(
            name=values.get(row.name_token, ""),
            contact=", ".join(filter(None, map(values.get, row.contact_token.split()))),
            preferred_time=values.get(row.time_token),
            note="\n".join(filter(None, map(values.get, (row.note_token or "").split()))) or None,
        )

    def _latest(self, connection: Connection, conversation: str) -> Row | None:
        of_it = requests.c.conversation_id == conversation
        return connection.execute(sa.select(requests).where(of_it).order_by(requests.c.id.desc()).limit(1)).first()

    def _tell_again(self, connection: Connection, row: Row, what: str) -> None:
        """Note what the person did, and post anew what the clinic was told before."""
        now = self._clock()
        self._note(connection, PERSON, row.reference, what)
        told = sa.select(outbox.c.id).where(outbox.c.request_id == row.id, outbox.c.delivered_at.is_not(None))
        fresh = {"delivered_at": None, "attempts": 0, "next_attempt_at": now, "give_up_at": now + DEAD_AFTER}
        for outbox_id in connection.execute(told).scalars().all():
            anew = sa.update(outbox).where(outbox.c.id == outbox_id)
            connection.execute(anew.values(**fresh, delivery_id=uuid4().hex))

    def _close(self, connection: Connection, row: Row, state: State) -> None:
        now = self._clock()
        connection.execute(sa.update(requests).where(requests.c.id == row.id).values(state=state, closed_at=now))
        undelivered = sa.and_(outbox.c.request_id == row.id, outbox.c.delivered_at.is_(None))
        connection.execute(sa.update(outbox).where(undelivered).values(dead_at=now, last_problem=CLOSED))

    def _put_back(self, connection: Connection, row: Row) -> bool:
        """Let what is undelivered of a request be tried at once, and open its ways; whether there is any."""
        now = self._clock()
        deliveries = deliveries_of(connection, row.id)
        self._post(connection, row.id, now, [way for way in self._ways if way not in {d.channel for d in deliveries}])
        again = sa.and_(outbox.c.request_id == row.id, outbox.c.delivered_at.is_(None))
        fresh = {"dead_at": None, "next_attempt_at": now, "give_up_at": now + DEAD_AFTER}
        count: int = connection.execute(sa.update(outbox).where(again).values(fresh)).rowcount
        connection.execute(sa.update(delivery_channels).values(failures=0, paused_until=None))
        return count > 0

    def _note(self, connection: Connection, who: str, reference: str, what: str) -> None:
        values = {"at": self._clock(), "who": who[:128], "reference": reference, "what": what}
        connection.execute(sa.insert(access_log).values(values))


def _tokens_of(row: Row) -> list[str]:
    columns = (row.name_token, row.contact_token, row.time_token, row.note_token)
    return [token for several in columns if several for token in several.split()]


def _status(row: Row) -> Status:
    return Status(row.reference, row.created_at, row.state, row.closed_at)
