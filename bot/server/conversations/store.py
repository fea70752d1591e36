"""Conversations in SQL, kept or honestly refused: Rasa's SQL tracker store on the bot's own database.

Stock Rasa waits for ever for a database that is down, has no timeouts, and wraps the store so that a failed
read or write silently loses the turn. This store tries for seconds. A read that fails is told, so that the channel
says sorry; a turn that was answered is kept as soon as the database lets us. A conversation that another process
has carried on meanwhile is told as well: nobody's turn is overwritten or written twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.database import engine, is_in_memory, reading, session_factory, take_turns, writing, writing_anew
from bot.errors import TandemError
from bot.logs import place_of
from bot.migrations import touch
from bot.retrying import persistently
from bot.server.conversations.recent_events import BY_TYPE, EVENTS, recent
from bot.server.conversations.unkept import Unkept
from bot.settings import Settings

Result = TypeVar("Result")
logger = logging.getLogger(__name__)

# Built once: stock Rasa builds its queries anew several times in each turn.
_OF_SENDER = EVENTS.c.sender_id == sa.bindparam("sender")
ALL_SESSIONS = sa.select(EVENTS.c.id, EVENTS.c.data).where(_OF_SENDER).order_by(EVENTS.c.id)
LATEST = sa.select(sa.func.coalesce(sa.func.max(EVENTS.c.id), 0)).where(_OF_SENDER)
SINCE = sa.select(EVENTS.c.data).where(_OF_SENDER, EVENTS.c.id > sa.bindparam("latest")).order_by(EVENTS.c.id)
SAVING = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:sender, 19))")
JOB = 7_263_363
"""Any fixed number, for ``take_turns``."""

KEPT_OF_READING = {"text", "intent", "entities", "message_id", "metadata"}


class StoreError(TandemError):
    """The conversations cannot be kept."""


class GoneOnError(Exception):
    """Another process has carried the conversation on since it was read: this turn is not kept."""


class HonestTrackerStore(SQLTrackerStore):
    """Keeps conversations in the database of the settings."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: Any = None,
        bound: Engine | None = None,
        **_: Any,
    ) -> None:
        """Open the store and make its table where it is missing.

        Args:
            domain: The bot's domain; Rasa sets it once the model is loaded.
            host: The database's address (Rasa's name for it); that of the settings unless given.
            event_broker: Rasa's event broker, if any.
            bound: The engine of the database, where the process has one already.

        Raises:
            StoreError: the database does not answer.
        """
        # Not SQLTrackerStore's own: it builds an engine without timeouts and waits without an end.
        TrackerStore.__init__(self, domain, event_broker)
        self.engine = bound or engine(host or Settings.from_environment().database_url)
        self.sessionmaker = session_factory(self.engine)  # what is stock here, such as ``keys``, asks for it
        self._in_place = is_in_memory(self.engine)
        self.unkept = Unkept()
        self._create_table()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Read what the next turn needs of the conversation's latest session."""
        return await self._attempt(lambda: self._read(sender_id, recent))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Read the whole conversation."""
        return await self._attempt(lambda: self._read(conversation_id, _all_sessions))

    def init_tracker(self, sender_id: str) -> DialogueStateTracker:
        """Begin a conversation of which nothing is kept."""
        return _noted(super().init_tracker(sender_id), latest=0, kept=0)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the turn's new events, all or none; where the database is away, as soon as it is back.

        Raises:
            GoneOnError: another process has carried the conversation on.
        """
        await self.stream_events(tracker)
        sender, latest, rows = tracker.sender_id, *self._new_of(tracker)
        write = partial(self._write, sender, latest, rows)
        try:
            kept_until = await self._attempt(write)
        except (DBAPIError, asyncio.CancelledError) as error:
            self.unkept.add(sender, write)
            if isinstance(error, asyncio.CancelledError):
                raise
            logger.warning("A turn will be kept later: %s", place_of(error))
        else:
            _noted(tracker, kept_until, len(tracker.events))

    def ping(self) -> None:
        """Read and write where conversations are kept, and raise if either fails or the database is gone."""
        with writing_anew(self.engine) as connection:
            connection.execute(sa.select(self.SQLEvent.id).limit(1))
            touch(connection)

    def _create_table(self) -> None:
        try:
            if _is_laid_out(self.engine):
                return
            with writing(self.engine) as connection:
                take_turns(connection, JOB)
                if not _is_laid_out(connection):
                    self.Base.metadata.create_all(connection)
                    BY_TYPE.create(connection, checkfirst=True)
        except SQLAlchemyError:
            where = self.engine.url.render_as_string(hide_password=True)
            raise StoreError(f"The database {where} does not answer or refuses: nothing could be kept.") from None

    async def _attempt(self, work: Callable[[], Result]) -> Result:
        """Do the work, again while a fault may pass, in a thread: nobody else waits for the database."""
        return persistently(work) if self._in_place else await asyncio.to_thread(persistently, work)

    def _read(self, sender_id: str, rows_of: Callable[[Connection, str], list[Any]]) -> DialogueStateTracker | None:
        self.unkept.settle(sender_id)
        with reading(self.engine) as connection:
            kept = rows_of(connection, sender_id)
        if not kept:
            return None
        events = [json.loads(row.data) for row in kept]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        return _noted(tracker, kept[-1].id, len(events))

    def _new_of(self, tracker: DialogueStateTracker) -> tuple[int | None, list[dict[str, Any]]]:
        """What was last kept when the conversation was read, and what has come since.

        None where it was not read here: then all of it is meant to be there, and what is kept of it is the beginning.
        """
        latest, kept = getattr(tracker, "kept_until", (None, 0))
        return latest, [_row(tracker.sender_id, event) for event in islice(tracker.events, kept, None)]

    def _write(self, sender: str, latest: int | None, rows: list[dict[str, Any]]) -> int:
        """Keep rows behind the ones that were read, unless they are kept already; the id of the last one."""
        with writing(self.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(SAVING, {"sender": sender})
            last: int = connection.execute(LATEST, {"sender": sender}).scalar_one()
            if last != (latest or 0):
                since = connection.execute(SINCE, {"sender": sender, "latest": latest or 0}).scalars().all()
                rows = _still_new(since, rows)
            if rows:
                connection.execute(sa.insert(EVENTS), rows)
                last = connection.execute(LATEST, {"sender": sender}).scalar_one()
        return last


def _is_laid_out(bound: Engine | Connection) -> bool:
    """Whether the table is there, and its index: an older release made none."""
    inspected = sa.inspect(bound)
    return inspected.has_table(EVENTS.name) and BY_TYPE.name in {
        each["name"] for each in inspected.get_indexes(EVENTS.name)
    }


def _all_sessions(connection: Connection, sender: str) -> list[Any]:
    return list(connection.execute(ALL_SESSIONS, {"sender": sender}))


def _still_new(since: Sequence[str], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that are not kept yet: fewer, or none, where the connection broke after they were.

    Raises:
        GoneOnError: something else was kept.
    """
    for kept, row in zip(since, rows, strict=False):
        if kept != row["data"]:
            raise GoneOnError
    return rows[len(since) :]


def _noted(tracker: DialogueStateTracker, latest: int, kept: int) -> DialogueStateTracker:
    """Note on a conversation what is kept of it: up to which id, and how many of the events that it holds."""
    tracker.kept_until = (latest, kept)
    return tracker


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
