"""What is held on a person as plain data, for a document that they can be given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.handoff.conversation_tables import (
    events,
    sms_consents,
    sms_inbox,
    sms_outbox,
    sms_senders,
    website_conversations,
    website_turns,
)
from bot.handoff.tables import access_log, outbox
from bot.handoff.vault import Kept

Document = dict[str, Any]
TOKENS = {"name": "name_token", "contact": "contact_token", "preferred_time": "time_token", "note": "note_token"}


def request_document(connection: Connection, row: Row, contacts: Iterable[Kept]) -> Document:
    """A request with its contact data, its deliveries and who looked at it."""
    own = {kept.token: kept.value for kept in contacts if kept.request_id == row.id}
    deliveries = sa.select(outbox).where(outbox.c.request_id == row.id).order_by(outbox.c.id)
    looks = sa.select(access_log).where(access_log.c.reference == row.reference).order_by(access_log.c.id)
    plain = ("reference", "conversation_id", "channel", "created_at", "state", "closed_at")
    return {
        **_document(row, (*plain, "language", "consent_version", "consented_at")),
        "topics": json.loads(row.topics),
        **{field: _joined(own, row._mapping[token]) for field, token in TOKENS.items()},
        "deliveries": [
            _document(each, ("channel", "created_at", "attempts", "delivered_at", "dead_at"))
            for each in connection.execute(deliveries)
        ],
        "access": [_document(each, ("at", "who", "what")) for each in connection.execute(looks)],
    }


def _joined(own: Mapping[str, str | None], tokens: str | None) -> str | None:
    """The values of a field: it may hold a number and an address."""
    return ", ".join(value for token in (tokens or "").split() if (value := own.get(token))) or None


def contact_document(kept: Kept) -> Document:
    """A value of the vault."""
    return {
        "conversation_id": kept.conversation,
        "token": kept.token,
        "value": kept.value,
        "expires_at": _moment(kept.expires_at),
    }


def conversation_document(connection: Connection, conversation: str) -> Document:
    """A conversation as its user sees it, and as Rasa's tracker keeps it."""
    known = sa.select(website_conversations).where(website_conversations.c.id == conversation)
    turns = website_turns.c
    said = sa.select(website_turns).where(turns.conversation_id == conversation).order_by(turns.id)
    row = connection.execute(known).first()
    return {
        "id": conversation,
        **(_document(row, ("started_at", "ended_at")) if row else {}),
        "turns": [_turn(each) for each in connection.execute(said)],
        **_sms(connection, conversation),
        "tracker": _tracker(connection, conversation),
    }


def _sms(connection: Connection, sender: str) -> Document:
    """What is kept of somebody who writes by SMS; nothing of anybody else."""
    row = connection.execute(sa.select(sms_senders).where(sms_senders.c.sender == sender)).first()
    if row is None:
        return {}
    known = _document(row, ("first_seen_at", "last_seen_at", "introduced_at", "opted_out_at", "language"))
    listed = {
        "consents": (sms_consents, ("at", "action", "keyword")),
        "received": (sms_inbox, ("received_at", "state")),
        "sent": (sms_outbox, ("created_at", "kind", "state", "sent_at", "delivered_at")),
    }
    return {"sms": {**known, **{key: _rows(connection, sender, *each) for key, each in listed.items()}}}


def _rows(connection: Connection, sender: str, table: sa.sql.TableClause, names: Sequence[str]) -> list[Document]:
    kept = sa.select(table).where(table.c.sender == sender).order_by(table.c.id)
    return [_document(row, names) for row in connection.execute(kept)]


def _turn(row: Row) -> Document:
    answer = json.loads(row.answer) if row.answer else None
    return {**_document(row, ("asked_at", "text", "answered_at", "feedback")), "answer": answer}


def _tracker(connection: Connection, conversation: str) -> list[Any]:
    if not sa.inspect(connection).has_table(events.name):
        return []
    kept = sa.select(events.c.data).where(events.c.sender_id == conversation).order_by(events.c.id)
    return [json.loads(data) for data in connection.execute(kept).scalars()]


def _document(row: Row, names: Sequence[str]) -> Document:
    return {name: _moment(row._mapping[name]) for name in names}


def _moment(value: Any) -> Any:
    """A moment of the stores, which are in UTC, as JSON writes it; anything else as it is."""
    return value.isoformat(timespec="seconds") + "Z" if isinstance(value, datetime) else value
