"""The database's clock, which every process sees alike: for moments that one process writes and another one reads."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.clock import utc_now
from bot.database import lock_engine
from bot.logs import place_of

FRESH_SECONDS = 30.0
PATIENCE_SECONDS = 2.0
_NOW = sa.text("SELECT clock_timestamp() AT TIME ZONE 'utc'")
logger = logging.getLogger(__name__)


class DatabaseClock:
    """Tells the server's time in UTC without a zone, asked for now and then; SQLite's is this machine's.

    In between it goes by the time that has passed, so that a machine whose clock is set changes nothing.
    """

    def __init__(self, bound: Engine) -> None:
        is_shared = bound.dialect.name == "postgresql"
        # A connection of its own: it may be asked within a transaction.
        self._bound = lock_engine(bound.url, 1, PATIENCE_SECONDS) if is_shared else None
        self._asking = threading.Lock()
        self._known: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        """The present moment."""
        if self._bound is not None and self._is_old() and self._asking.acquire(blocking=False):
            try:
                self._ask(self._bound)
            finally:
                self._asking.release()
        if self._known is None:
            return utc_now()
        told, at = self._known
        return told + timedelta(seconds=time.monotonic() - at)

    def _is_old(self) -> bool:
        return self._known is None or time.monotonic() - self._known[1] > FRESH_SECONDS

    def _ask(self, bound: Engine) -> None:
        try:
            with bound.connect() as connection:
                self._known = (connection.execute(_NOW).scalar_one(), time.monotonic())
        except sa.exc.SQLAlchemyError as error:
            logger.warning("The database's clock could not be read: %s", place_of(error))
