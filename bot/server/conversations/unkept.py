"""What was answered and could not be kept yet: tried again in the background until it is kept.

It is tried in its order, conversation by conversation, and before anything newer is read of that conversation.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import defaultdict, deque
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from bot.logs import place_of

PAUSE_SECONDS = 0.5
MOST_KEPT = 10_000
"""How much waits at most; beyond it the database has been away for so long that the newest is dropped, and logged."""
logger = logging.getLogger(__name__)
Write = Callable[[], object]


class Unkept:
    """Writes that may be done twice, waiting for the database."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Write]] = defaultdict(deque)
        self._one_at_a_time = threading.Lock()
        self._working: asyncio.Task[None] | None = None

    def add(self, conversation: str, write: Write) -> None:
        """Have a write done as soon as the database lets us; call it within the running loop."""
        if sum(map(len, self._waiting.values())) >= MOST_KEPT:
            logger.error("Too much waits for the database: an answer will be missing from its conversation.")
            return
        self._waiting[conversation].append(write)
        if self._working is None or self._working.done():
            self._working = asyncio.ensure_future(self._work_off())

    def settle(self, conversation: str) -> None:
        """Do now what waits for a conversation.

        Raises:
            DBAPIError: the database still does not let us.
        """
        if conversation not in self._waiting:
            return
        with self._one_at_a_time:
            writes = self._waiting.get(conversation, deque())
            while writes:
                self._do(writes[0])
                writes.popleft()
            self._waiting.pop(conversation, None)

    async def drain(self, seconds: float) -> None:
        """Wait until nothing is left, or the time is over: for a server that stops."""
        if self._working is not None and not self._working.done():
            await asyncio.wait({self._working}, timeout=seconds)

    def _do(self, write: Write) -> None:
        try:
            write()
        except DBAPIError:
            raise
        except Exception as error:
            # Nothing that time mends; the conversation has gone on without it.
            logger.error("What was answered could not be kept: %s", place_of(error))

    async def _work_off(self) -> None:
        while self._waiting:
            await asyncio.sleep(PAUSE_SECONDS)
            for conversation in list(self._waiting):
                try:
                    await asyncio.to_thread(self.settle, conversation)
                except Exception as error:
                    logger.warning("What was answered is not kept yet: %s", place_of(error))
                    break
