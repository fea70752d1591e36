"""One turn of a conversation at a time, whichever process serves it.

On PostgreSQL a turn holds an advisory lock on a connection of its own, from before its id is looked up until its
answer is kept. The lock belongs to that connection's transaction: it ends with it, whatever becomes of the process.
SQLite's one process has its own order (``ordering.py``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.database import lock_engine
from bot.logs import place_of
from bot.retrying import persistently

AT_ONCE = 8
"""How many turns of this process may hold or await a lock: each keeps a connection, and a turn is mostly computing."""
WAIT_SECONDS = 6.0
"""How long to wait for another process's turn in the same conversation."""
_TAKE = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:conversation, 18))")
logger = logging.getLogger(__name__)


class ConversationLocks:
    """Locks in the database that every process uses."""

    def __init__(self, bound: Engine, seconds: float = WAIT_SECONDS) -> None:
        shared = bound.dialect.name == "postgresql"
        self._bound = lock_engine(bound.url, AT_ONCE, seconds) if shared else None
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="conversation-lock")
        self._places = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        """Hold a conversation for the length of a turn.

        Raises:
            DBAPIError: the turn before did not end in time, or the database does not answer.
        """
        if self._bound is None:
            yield
            return
        async with self._places:
            held = await self._taken(self._bound, conversation)
            try:
                yield
            finally:
                self._threads.submit(_let_go, held)

    async def _taken(self, bound: Engine, conversation: str) -> Connection:
        taking = self._threads.submit(persistently, _take, bound, conversation)
        try:
            return await asyncio.wrap_future(taking)
        except asyncio.CancelledError:
            taking.add_done_callback(_let_go_unused)
            raise


def _take(bound: Engine, conversation: str) -> Connection:
    connection = bound.connect()
    try:
        connection.execute(_TAKE, {"conversation": conversation})
    except BaseException:
        connection.close()
        raise
    return connection


def _let_go(held: Connection) -> None:
    try:
        held.close()  # which ends the transaction, and with it the lock
    except Exception as error:
        logger.warning("A conversation's lock was lost: %s", place_of(error))


def _let_go_unused(taking: Future[Connection]) -> None:
    """Let go of a lock that came when nobody waited for it any more."""
    if not taking.cancelled() and taking.exception() is None:
        _let_go(taking.result())
