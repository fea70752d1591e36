"""Deletes what has been kept for its time: conversations, contact data, requests.

The worker calls it daily, ``tandem privacy purge`` at once. It deletes in small transactions, so that people who
write meanwhile never wait long.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.database import is_mine_alone, reading, take_time, wipe, writing
from bot.handoff.conversation_tables import (
    SESSION_STARTED,
    events,
    sms_inbox,
    sms_outbox,
    sms_senders,
    website_conversations,
    website_turns,
)
from bot.handoff.senders import vault_place
from bot.handoff.tables import contact_vault, outbox, requests
from bot.handoff.types import OVER
from bot.handoff.vault import LIFETIME
from bot.settings import Settings

BATCH = 50
PAUSE_SECONDS = 0.02
"""Between two transactions: whoever waits to write goes first."""
JOB = 7_263_364
"""Any fixed number, for ``is_mine_alone``."""
CLOSED = requests.c.state.in_(OVER)
Ids = Sequence[Any]


@dataclass(frozen=True)
class Periods:
    """For how long things are kept."""

    conversations: timedelta = timedelta(days=30)
    """After a conversation's last message."""
    requests: timedelta = timedelta(days=30)
    """After a request was made."""

    @classmethod
    def of(cls, settings: Settings) -> Periods:
        """The periods that the clinic has set."""
        return cls(timedelta(days=settings.retention_days), timedelta(days=settings.request_retention_days))


@dataclass(frozen=True)
class Purged:
    """How much was deleted."""

    conversations: int = 0
    requests: int = 0
    never_closed: int = 0
    """Requests among them that no professional had closed."""
    contacts: int = 0
    """Sealed values that nobody could have asked for any more."""


def purge(bound: Engine, now: datetime, periods: Periods = Periods()) -> Purged | None:
    """Delete everything whose time is over; harmless when repeated. None where another process is at it.

    Args:
        bound: The bot's database.
        now: The present moment, in UTC without a zone.
        periods: For how long things are kept.
    """
    with bound.connect() as leading, leading.begin():
        return _purge(bound, now, periods) if is_mine_alone(leading, JOB) else None


def _purge(bound: Engine, now: datetime, periods: Periods) -> Purged:
    closed, never_closed = (_purge_requests(bound, now, periods, these) for these in (CLOSED, ~CLOSED))
    done = Purged(
        conversations=_purge_website(bound, now, periods)
        + _purge_senders(bound, now, periods)
        + _purge_trackers(bound, now, periods),
        requests=closed + never_closed,
        never_closed=never_closed,
        contacts=_purge_contacts(bound, now),
    )
    _purge_texts(bound, now, periods)
    wipe(bound)
    return done


def delete_conversations(connection: Connection, ids: Ids) -> None:
    """Delete conversations with all that was said in them, and the contact data that went into no request."""
    connection.execute(sa.delete(website_turns).where(website_turns.c.conversation_id.in_(ids)))
    connection.execute(sa.delete(website_conversations).where(website_conversations.c.id.in_(ids)))
    _delete_senders(connection, ids)
    places = (*ids, *map(vault_place, map(str, ids)))
    waiting = sa.and_(contact_vault.c.conversation_id.in_(places), contact_vault.c.request_id.is_(None))
    connection.execute(sa.delete(contact_vault).where(waiting))
    if sa.inspect(connection).has_table(events.name):
        connection.execute(sa.delete(events).where(events.c.sender_id.in_(ids)))


def _delete_senders(connection: Connection, ids: Ids) -> None:
    """Delete who wrote by SMS and what waits for them; of one who wants no texts just that stays, by an HMAC."""
    for table in (sms_outbox, sms_inbox):
        connection.execute(sa.delete(table).where(table.c.sender.in_(ids)))
    theirs = sms_senders.c.sender.in_(ids)
    connection.execute(sa.delete(sms_senders).where(theirs, sms_senders.c.opted_out_at.is_(None)))
    connection.execute(sa.update(sms_senders).where(theirs).values(sealed_offer=None, language=None))


def delete_requests(connection: Connection, ids: Ids) -> None:
    """Delete requests with their contact data and their deliveries; what the audit says of them stays."""
    for table in (contact_vault, outbox):
        connection.execute(sa.delete(table).where(table.c.request_id.in_(ids)))
    connection.execute(sa.delete(requests).where(requests.c.id.in_(ids)))


def _purge_requests(bound: Engine, now: datetime, periods: Periods, which: Any) -> int:
    """Delete the requests of ``which`` that are too old, or whose contact data the person was promised would go."""
    reachable = sa.exists().where(contact_vault.c.request_id == requests.c.id, contact_vault.c.expires_at > now)
    over = sa.or_(requests.c.created_at <= now - periods.requests, ~reachable)
    return _in_batches(bound, sa.select(requests.c.id).where(which, over), delete_requests)


def _purge_website(bound: Engine, now: datetime, periods: Periods) -> int:
    last_message = (
        sa.select(sa.func.max(website_turns.c.asked_at))
        .where(website_turns.c.conversation_id == website_conversations.c.id)
        .scalar_subquery()
    )
    # The row of an ended conversation is what makes its token void: it stays for as long as the token would.
    over = sa.or_(
        website_conversations.c.ended_at <= now - LIFETIME,
        sa.func.coalesce(last_message, website_conversations.c.started_at) <= now - periods.conversations,
    )
    return _in_batches(bound, sa.select(website_conversations.c.id).where(over), delete_conversations)


def _purge_senders(bound: Engine, now: datetime, periods: Periods) -> int:
    """Delete the conversations by SMS of those who have been silent for the period; an opt-out stays."""
    silent = (sms_senders.c.last_seen_at <= now - periods.conversations, sms_senders.c.opted_out_at.is_(None))
    return _in_batches(bound, sa.select(sms_senders.c.sender).where(*silent), delete_conversations)


def _purge_texts(bound: Engine, now: datetime, periods: Periods) -> None:
    """Delete what was written down of single texts whose sender goes on writing, or has opted out."""
    old = sa.select(sms_inbox.c.id).where(sms_inbox.c.received_at <= now - periods.conversations)
    _in_batches(bound, old, _delete_texts)


def _delete_texts(connection: Connection, ids: Ids) -> None:
    connection.execute(sa.delete(sms_outbox).where(sms_outbox.c.inbox_id.in_(ids)))
    connection.execute(sa.delete(sms_inbox).where(sms_inbox.c.id.in_(ids)))


def _purge_trackers(bound: Engine, now: datetime, periods: Periods) -> int:
    """Delete what only Rasa's tracker holds: conversations of the shell, and old sessions of those that go on."""
    if not sa.inspect(bound).has_table(events.name):
        return 0
    until = (now - periods.conversations).replace(tzinfo=timezone.utc).timestamp()
    silent = sa.select(events.c.sender_id).group_by(events.c.sender_id).having(sa.func.max(events.c.timestamp) <= until)
    conversations = _in_batches(bound, silent, delete_conversations)
    _in_batches(bound, _of_old_sessions(until), _delete_events)
    return conversations


def _of_old_sessions(until: float) -> Any:
    latest = events.alias("latest")
    session_start = (
        sa.select(sa.func.max(latest.c.id))
        .where(latest.c.sender_id == events.c.sender_id, latest.c.type_name == SESSION_STARTED)
        .scalar_subquery()
    )
    return sa.select(events.c.id).where(events.c.timestamp <= until, events.c.id < session_start)


def _delete_events(connection: Connection, ids: Ids) -> None:
    connection.execute(sa.delete(events).where(events.c.id.in_(ids)))


def _purge_contacts(bound: Engine, now: datetime) -> int:
    expired = sa.select(contact_vault.c.id).where(contact_vault.c.expires_at <= now)
    return _in_batches(bound, expired, _delete_contacts)


def _delete_contacts(connection: Connection, ids: Ids) -> None:
    connection.execute(sa.delete(contact_vault).where(contact_vault.c.id.in_(ids)))


def _in_batches(bound: Engine, found: Any, delete: Callable[[Connection, Ids], None]) -> int:
    """Delete what is found, a few at a time, each time in a transaction of its own; returns how much it was.

    It is searched for outside of those transactions, once, because that takes long; in each it is looked at again,
    because somebody may have written meanwhile. In between whoever waits may write.
    """
    (key,) = found.selected_columns
    with reading(bound) as connection:
        take_time(connection)
        waiting = connection.execute(found).scalars().all()
    deleted = 0
    for start in range(0, len(waiting), BATCH):
        with writing(bound) as connection:
            ids = connection.execute(found.where(key.in_(waiting[start : start + BATCH]))).scalars().all()
            if ids:
                delete(connection, ids)
        deleted += len(ids)
        time.sleep(PAUSE_SECONDS)
    return deleted
