"""One turn at a time in each conversation, handed over at once and in order.

Stock Rasa's waiters look once a second whether it is their turn, and a lock that outlives its ticket lets two
turns run at the same time. Here a waiter is woken by the turn before it, and gives up rather than overtake.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import InMemoryLockStore, LockError

WAIT_SECONDS = 60.0
"""How long a message waits for the turns before it."""


class HandOverLockStore(InMemoryLockStore):
    """Locks in this process, one for each conversation that is being served."""

    def __init__(self, **_: object) -> None:
        """Start without locks; Rasa passes what ``endpoints.yml`` says, and nothing is needed."""
        super().__init__()
        self._locks: dict[str, asyncio.Lock] = {}
        self._interested: dict[str, int] = {}

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = WAIT_SECONDS,
        wait_time_in_seconds: float = 0,
    ) -> AsyncIterator[TicketLock]:
        """Hold the conversation for the length of a turn.

        Raises:
            LockError: the turns before it did not end in time.
        """
        lock = self._enter(conversation_id)
        try:
            await _acquire(lock, lock_lifetime)
            try:
                yield self.create_lock(conversation_id)
            finally:
                lock.release()
        finally:
            self._leave(conversation_id)

    def _enter(self, conversation_id: str) -> asyncio.Lock:
        self._interested[conversation_id] = self._interested.get(conversation_id, 0) + 1
        return self._locks.setdefault(conversation_id, asyncio.Lock())

    def _leave(self, conversation_id: str) -> None:
        self._interested[conversation_id] -= 1
        if not self._interested[conversation_id]:
            del self._interested[conversation_id], self._locks[conversation_id]


async def _acquire(lock: asyncio.Lock, seconds: float) -> None:
    try:
        await asyncio.wait_for(lock.acquire(), seconds)
    except asyncio.TimeoutError:
        raise LockError("The turns before this one did not end in time.") from None
