"""Lets the requests of one conversation through one at a time, in the order in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.channels.errors import TooManyError

LONGEST_QUEUE = 20
RETRY_SECONDS = 2


@dataclass
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Ordering:
    """One queue per conversation, which lives as long as somebody stands in it."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn_of(self, conversation: str) -> AsyncIterator[None]:
        """Wait until it is this request's turn; an asyncio lock is fair, so nobody overtakes.

        Raises:
            TooManyError: Too many requests of this conversation wait already.
        """
        line = self._lines.setdefault(conversation, _Line())
        if line.waiting >= LONGEST_QUEUE:
            raise TooManyError(RETRY_SECONDS)
        line.waiting += 1
        try:
            async with line.lock:
                yield
        finally:
            line.waiting -= 1
            if not line.waiting:
                del self._lines[conversation]
