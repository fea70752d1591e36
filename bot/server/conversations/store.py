"""Conversations in SQL, kept or honestly refused: Rasa's SQL tracker store on the bot's own database.

Stock Rasa waits for ever for a database that is down, has no timeouts, and wraps the store so that a failed
read or write silently loses the turn. This store tries once more and then raises, so that the channel says
sorry instead of confirming what was never kept.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.database import engine, session_factory, writing, writing_anew
from bot.errors import TandemError
from bot.migrations import touch
from bot.server.conversations.recent_events import Kept, recent
from bot.settings import Settings

Result = TypeVar("Result")

# Built once: stock Rasa builds its queries anew several times in each turn.
EVENTS = SQLTrackerStore.SQLEvent.__table__
_OF_SENDER = EVENTS.c.sender_id == sa.bindparam("sender")
_SESSION_START = (
    sa.select(sa.func.coalesce(sa.func.max(EVENTS.c.timestamp), 0))
    .where(_OF_SENDER, EVENTS.c.type_name == SessionStarted.type_name)
    .scalar_subquery()
)
_OF_SESSION = sa.and_(_OF_SENDER, EVENTS.c.timestamp >= _SESSION_START)
_ROWS = sa.select(EVENTS.c.type_name, EVENTS.c.action_name, EVENTS.c.data).order_by(EVENTS.c.id)
LATEST_SESSION = _ROWS.where(_OF_SESSION)
ALL_SESSIONS = _ROWS.where(_OF_SENDER)
KEPT_OF_SESSION = sa.select(sa.func.count()).select_from(EVENTS).where(_OF_SESSION)

KEPT_OF_READING = {"text", "intent", "entities", "message_id", "metadata"}


class StoreError(TandemError):
    """The conversations cannot be kept."""


class HonestTrackerStore(SQLTrackerStore):
    """Keeps conversations in the database of the settings."""

    def __init__(
        self, domain: Domain | None = None, host: str | None = None, event_broker: Any = None, **_: Any
    ) -> None:
        """Open the store and make its table where it is missing.

        Args:
            domain: The bot's domain; Rasa sets it once the model is loaded.
            host: The database's address (Rasa's name for it); that of the settings unless given.
            event_broker: Rasa's event broker, if any.

        Raises:
            StoreError: the database does not answer.
        """
        # Not SQLTrackerStore's own: it builds an engine without timeouts and waits without an end.
        TrackerStore.__init__(self, domain, event_broker)
        self.engine = engine(host or Settings.from_environment().database_url)
        self.sessionmaker = session_factory(self.engine)  # what is stock here, such as ``keys``, asks for it
        self._blocking = self.engine.dialect.name == "sqlite"
        self._create_table()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Read what the next turn needs of the conversation's latest session."""
        return await self._attempt(lambda: self._read(sender_id, LATEST_SESSION, recent))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Read the whole conversation."""
        return await self._attempt(lambda: self._read(conversation_id, ALL_SESSIONS, list))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the turn's new events, all or none."""
        await self.stream_events(tracker)
        await self._attempt(lambda: self._write(tracker))

    def ping(self) -> None:
        """Read and write where conversations are kept, and raise if either fails or the database is gone."""
        with writing_anew(self.engine) as connection:
            connection.execute(sa.select(self.SQLEvent.id).limit(1))
            touch(connection)

    def _create_table(self) -> None:
        try:
            self.Base.metadata.create_all(self.engine)
        except SQLAlchemyError:
            where = self.engine.url.render_as_string(hide_password=True)
            raise StoreError(f"The database {where} does not answer or refuses: nothing could be kept.") from None

    async def _attempt(self, work: Callable[[], Result]) -> Result:
        """Do the work, a second time if the database fails; a server's answer is awaited in a thread."""
        try:
            return await self._run(work)
        except DBAPIError:
            return await self._run(work)

    async def _run(self, work: Callable[[], Result]) -> Result:
        return work() if self._blocking else await asyncio.to_thread(work)

    def _read(self, sender_id: str, statement: Any, needed: Callable[[Kept], Kept]) -> DialogueStateTracker | None:
        with self.engine.connect() as connection:
            kept = connection.execute(statement, {"sender": sender_id}).all()
        if not kept:
            return None
        events = [json.loads(row.data) for row in needed(kept)]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        tracker.left_out = len(kept) - len(events)
        return tracker

    def _write(self, tracker: DialogueStateTracker) -> None:
        with writing(self.engine) as connection:
            kept = connection.execute(KEPT_OF_SESSION, {"sender": tracker.sender_id}).scalar_one()
            first_new = kept - getattr(tracker, "left_out", 0)
            rows = [_row(tracker.sender_id, event) for event in islice(tracker.events, first_new, None)]
            if rows:
                connection.execute(sa.insert(EVENTS), rows)


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = _kept(event.as_dict())
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": event.timestamp,
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    """Drop what only the turn itself needs of a message's reading: every later turn would have to read it again."""
    parsed = data.get("parse_data")
    return {**data, "parse_data": {key: parsed[key] for key in KEPT_OF_READING & parsed.keys()}} if parsed else data
