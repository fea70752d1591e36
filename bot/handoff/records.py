"""Reads requests and their deliveries out of the tables, within a transaction."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.handoff.errors import UnknownReferenceError
from bot.handoff.tables import access_log, outbox, requests
from bot.handoff.types import Delivery, Request

PERSON = "the person"
"""Who changed or cancelled a request, where it was whoever made it."""


def of_reference(connection: Connection, reference: str) -> Row:
    """Find the row of a request; other writers of it wait until the transaction ends.

    Raises:
        UnknownReferenceError: There is no such request.
    """
    this = sa.select(requests).where(requests.c.reference == reference).with_for_update()
    row = connection.execute(this).first()
    if row is None:
        raise UnknownReferenceError(reference)
    return row


def of_id(connection: Connection, request_id: int) -> Row:
    """Find the row of a request that is surely there."""
    return connection.execute(sa.select(requests).where(requests.c.id == request_id)).one()


def request_of(connection: Connection, row: Row) -> Request:
    """Make the request of a row."""
    return Request(
        reference=row.reference,
        filed_at=row.created_at,
        state=row.state,
        closed_at=row.closed_at,
        channel=row.channel,
        language=row.language,
        topics=tuple(json.loads(row.topics)),
        consent_version=row.consent_version,
        consented_at=row.consented_at,
        deliveries=deliveries_of(connection, row.id),
        changed_at=connection.execute(changes_of(row.reference)).scalar(),
    )


def changes_of(reference: Any) -> Any:
    """Select when the person last changed a request, by its reference or a column that holds it."""
    by_person = (access_log.c.reference == reference, access_log.c.who == PERSON, access_log.c.what == "change")
    return sa.select(sa.func.max(access_log.c.at)).where(*by_person)


def deliveries_of(connection: Connection, request_id: int) -> tuple[Delivery, ...]:
    """Find what was and is to be delivered of a request."""
    rows = connection.execute(sa.select(outbox).where(outbox.c.request_id == request_id).order_by(outbox.c.id))
    return tuple(
        Delivery(
            channel=row.channel,
            delivery_id=row.delivery_id,
            attempts=row.attempts,
            next_attempt_at=row.next_attempt_at,
            delivered_at=row.delivered_at,
            dead_at=row.dead_at,
            last_problem=row.last_problem,
        )
        for row in rows
    )
