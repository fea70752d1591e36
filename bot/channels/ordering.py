"""Lets the requests of one conversation through one at a time and in order, and those of one address a few at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.channels.errors import TooManyError

LONGEST_QUEUE = 20
RETRY_SECONDS = 2


@dataclass
class _Line:
    places: asyncio.Semaphore
    waiting: int = 0


class Ordering:
    """One queue for each conversation, or whatever a key stands for; it lives as long as somebody stands in it.

    Args:
        at_once: How many of a queue are let through at the same time.
        longest_queue: How many may be in a queue before more are sent away.
    """

    def __init__(self, at_once: int = 1, longest_queue: int = LONGEST_QUEUE) -> None:
        self._at_once = at_once
        self._longest_queue = longest_queue
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn_of(self, key: str) -> AsyncIterator[None]:
        """Wait until it is this request's turn; asyncio's semaphore is fair, so nobody overtakes.

        Raises:
            TooManyError: Too many requests wait in this queue already.
        """
        line = self._lines.setdefault(key, _Line(asyncio.Semaphore(self._at_once)))
        if line.waiting >= self._longest_queue:
            raise TooManyError(RETRY_SECONDS)
        line.waiting += 1
        try:
            async with line.places:
                yield
        finally:
            line.waiting -= 1
            if not line.waiting:
                del self._lines[key]
