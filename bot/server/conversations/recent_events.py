"""What the next turn needs of a conversation: its last turns, and what earlier ones have left behind.

Rasa replays every event of the session at every prediction, so that a turn costs the more the longer people talk.
Nothing here looks further back than the memory that the slots hold: a rule is one message and its action. The database
picks the events, by an index: what a turn does not need is not even read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.engine import Connection

EVENTS = SQLTrackerStore.SQLEvent.__table__
BY_TYPE = sa.Index("ix_events_sender_type", EVENTS.c.sender_id, EVENTS.c.type_name, EVENTS.c.id)
"""Finds the messages and the slots of a conversation among all that was said in it."""

TURNS = 2
"""How many turns are read whole."""
_OVER = ("action", "user", "bot", "followup", "user_featurization", "active_loop", "action_execution_rejected")
"""Events that mean nothing to a turn after the next ones; what is neither listed nor a slot may mean anything."""

# By their ids, never by their times: a clock that is set back would hide what came before.
_STARTED = sa.text(
    "SELECT COALESCE(MAX(id), 0) FROM events WHERE sender_id = :sender AND type_name = 'session_started'"
)
# The first message, and the first one of the last turns.
_MESSAGES = sa.text(f"""
    SELECT MIN(id),
        (SELECT id FROM events WHERE sender_id = :sender AND type_name = 'user' AND id >= :started
         ORDER BY id DESC LIMIT 1 OFFSET {TURNS - 1})
    FROM events WHERE sender_id = :sender AND type_name = 'user' AND id >= :started
""")
_BEFORE = sa.text("SELECT id, action_name FROM events WHERE sender_id = :sender AND id < :id ORDER BY id DESC LIMIT 1")
_UNKNOWN = sa.text(f"""
    SELECT 1 FROM events WHERE sender_id = :sender AND id >= :opened AND id < :start
    AND type_name NOT IN ('slot', {", ".join(map(repr, _OVER))}) LIMIT 1
""")
_LOOP = sa.text("""
    SELECT action_name FROM events WHERE sender_id = :sender AND type_name = 'active_loop'
    AND id >= :opened AND id < :start ORDER BY id DESC LIMIT 1
""")
_WHOLE = sa.text("SELECT id, data FROM events WHERE sender_id = :sender AND id >= :started ORDER BY id")
_RECENT = sa.text("""
    SELECT id, data FROM events WHERE sender_id = :sender AND id >= :started AND (
        id < :opened OR id >= :start OR id IN (
            SELECT MAX(id) FROM events WHERE sender_id = :sender AND type_name = 'slot'
            AND id >= :opened AND id < :start GROUP BY action_name))
    ORDER BY id
""")


def recent(connection: Connection, sender: str) -> Sequence[Any]:
    """The session's opening, the last value of each slot, and the last turns; everything where that might not do.

    The opening is what stands before the first message: the session's start and the slots that it took over. A form
    that was open before the last turns started needs the message that opened it, and keeps all.
    """
    place = {"sender": sender, "started": connection.execute(_STARTED, {"sender": sender}).scalar_one()}
    opened, asked = connection.execute(_MESSAGES, place).one()
    if asked is None or asked == opened:
        return connection.execute(_WHOLE, place).all()
    place |= {"opened": opened, "start": _start(connection, sender, asked)}
    if connection.execute(_UNKNOWN, place).first() or connection.execute(_LOOP, place).scalar():
        return connection.execute(_WHOLE, place).all()
    return connection.execute(_RECENT, place).all()


def _start(connection: Connection, sender: str, asked: int) -> int:
    """Where the last turns start: with the bot's listening before the first of their messages."""
    before = connection.execute(_BEFORE, {"sender": sender, "id": asked}).first()
    return int(before.id) if before and before.action_name == "action_listen" else asked
