"""Works off what waits, sender by sender: each sender's in order and one at a time, several senders at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.logs import place_of

AT_ONCE = 8
IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 5.0
logger = logging.getLogger(__name__)


class Drain:
    """Looks for senders with work, when it is woken and every second.

    Args:
        due: The senders with work, the most urgent first.
        work: Does a sender's next piece of work; False when there is none left.
        at_once: For how many senders it works at the same time.
        idle_seconds: How long it sleeps when nobody wakes it.
        trouble_seconds: How long a sender waits whose work failed, or everybody where nothing can be looked up.
    """

    def __init__(
        self,
        due: Callable[[], Awaitable[list[str]]],
        work: Callable[[str], Awaitable[bool]],
        at_once: int = AT_ONCE,
        idle_seconds: float = IDLE_SECONDS,
        trouble_seconds: float = TROUBLE_SECONDS,
    ) -> None:
        self._due = due
        self._work = work
        self._at_once = at_once
        self._idle_seconds = idle_seconds
        self._trouble_seconds = trouble_seconds
        self._awake = asyncio.Event()
        self._stopping = False
        self._loop: asyncio.Task[None] | None = None
        self._running: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Start to work, in tasks of the running loop."""
        self._loop = asyncio.ensure_future(self._for_ever())

    def wake(self) -> None:
        """Say that there may be work."""
        self._awake.set()

    async def stop(self, grace: float) -> None:
        """Take nothing new; what is under way may end first, and is broken off if it does not."""
        self._stopping = True
        self._awake.set()
        running = [*self._running.values(), *([self._loop] if self._loop else [])]
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _for_ever(self) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                for sender in await self._due():
                    self._begin(sender)
            except Exception as error:
                logger.error("What waits cannot be looked up: %s", place_of(error))
                await asyncio.sleep(self._trouble_seconds)
            await self._rest()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._awake.wait(), self._idle_seconds)
        except asyncio.TimeoutError:
            pass

    def _begin(self, sender: str) -> None:
        if sender in self._running or len(self._running) >= self._at_once or self._stopping:
            return
        self._running[sender] = asyncio.ensure_future(self._work_off(sender))

    async def _work_off(self, sender: str) -> None:
        try:
            while not self._stopping and await self._work(sender):
                pass
        except Exception as error:
            logger.error("A sender's work failed: %s", place_of(error))
            await asyncio.sleep(self._trouble_seconds)
        finally:
            del self._running[sender]
            self._awake.set()
