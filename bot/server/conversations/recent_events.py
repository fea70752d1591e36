"""What the next turn needs of a conversation: its last turns, and what earlier ones have left behind.

Rasa replays every event of the session at every prediction, so that a turn costs the more the longer people talk.
Nothing here looks further back than the memory that the slots hold: a rule is one message and its action. The database
picks the events, by an index: what a turn does not need is not even read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.engine import Connection

EVENTS = SQLTrackerStore.SQLEvent.__table__
BY_TYPE = sa.Index("ix_events_sender_type", EVENTS.c.sender_id, EVENTS.c.type_name, EVENTS.c.action_name, EVENTS.c.id)
"""Finds the messages and the slots of a conversation among all that was said in it, and tells its kinds of events."""

TURNS = 2
"""How many turns are read whole."""
_OVER = ("action", "user", "bot", "followup", "user_featurization", "active_loop", "action_execution_rejected")
"""Events that mean nothing to a turn after the next ones; what is neither listed nor a slot may mean anything."""

# By their ids, never by their times: a clock that is set back would hide what came before.
_OF_KIND = "FROM events WHERE sender_id = :sender AND type_name = '{}'"
_NAMELESS = _OF_KIND + " AND action_name IS NULL"
"""Neither messages nor sessions have an action's name: told so, the database finds the first and the last at once."""
_SAID = f"{_NAMELESS.format('user')} AND id >= :started"
_STARTED = sa.text(f"SELECT COALESCE(MAX(id), 0) {_NAMELESS.format('session_started')}")
# The first message, and the first one of the last turns.
_MESSAGES = sa.text(f"SELECT MIN(id), (SELECT id {_SAID} ORDER BY id DESC LIMIT 1 OFFSET {TURNS - 1}) {_SAID}")
_BEFORE = sa.text("SELECT id, action_name FROM events WHERE sender_id = :sender AND id < :id ORDER BY id DESC LIMIT 1")
# The signs before the ids keep SQLite from going by them, which would read each event for its kind.
_UNKNOWN = sa.text(f"""
    SELECT 1 FROM events WHERE sender_id = :sender AND +id >= :opened AND +id < :start
    AND type_name NOT IN ('slot', {", ".join(map(repr, _OVER))}) LIMIT 1
""")
_LOOP = sa.text(f"""
    SELECT action_name {_OF_KIND.format("active_loop")} AND +id >= :opened AND +id < :start ORDER BY +id DESC LIMIT 1
""")
_WHOLE = sa.text("SELECT id, data FROM events WHERE sender_id = :sender AND id >= :started ORDER BY id")
_RECENT = sa.text(f"""
    SELECT id, data FROM events WHERE sender_id = :sender AND id >= :started AND id < :opened
    UNION ALL SELECT id, data FROM events WHERE id IN (
        SELECT MAX(id) {_OF_KIND.format("slot")} AND +id >= :opened AND +id < :start GROUP BY action_name)
    UNION ALL SELECT id, data FROM events WHERE sender_id = :sender AND id >= :start
    ORDER BY id
""")


def recent(connection: Connection, sender: str) -> list[Any]:
    """The session's opening, the last value of each slot, and the last turns; everything where that might not do.

    The opening is what stands before the first message: the session's start and the slots that it took over. A form
    that was open before the last turns started needs the message that opened it, and keeps all.
    """
    place = {"sender": sender, "started": connection.execute(_STARTED, {"sender": sender}).scalar_one()}
    opened, asked = connection.execute(_MESSAGES, place).one()
    if asked is None or asked == opened:
        return _rows(connection, _WHOLE, place)
    place |= {"opened": opened, "start": _start(connection, sender, asked)}
    if connection.execute(_UNKNOWN, place).first() or connection.execute(_LOOP, place).scalar():
        return _rows(connection, _WHOLE, place)
    return _rows(connection, _RECENT, place)


def _rows(connection: Connection, statement: Any, place: Mapping[str, Any]) -> list[Any]:
    return list(connection.execute(statement, place))


def _start(connection: Connection, sender: str, asked: int) -> int:
    """Where the last turns start: with the bot's listening before the first of their messages."""
    before = connection.execute(_BEFORE, {"sender": sender, "id": asked}).first()
    return int(before.id) if before and before.action_name == "action_listen" else asked
