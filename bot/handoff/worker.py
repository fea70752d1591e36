"""Empties the outbox: takes what is due, delivers it, keeps what became of it, day and night.

It shares a process with the conversations, so it waits wherever it can: the database is asked in threads of its
own, each way out has a task of its own, and nothing that goes wrong here leaves it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from bot.handoff.delivery.notifier import DeliveryError, Notifier
from bot.handoff.outbox import Outbox
from bot.handoff.types import Notice

IDLE_SECONDS = 1.0
TRY_SECONDS = 120.0
"""The longest that one try may take, whatever its steps may; shorter than a claim lasts."""
TROUBLE_SECONDS = 10.0
"""How long to wait when the database itself fails."""
GRACE_SECONDS = 5.0
DAY_SECONDS = 24 * 60 * 60.0
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class Worker:
    """Delivers what is in the outbox, on every way out at once."""

    def __init__(
        self,
        outbox: Outbox,
        notifiers: Mapping[str, Notifier],
        housekeeping: Callable[[], None] = lambda: None,
        idle_seconds: float = IDLE_SECONDS,
        try_seconds: float = TRY_SECONDS,
    ) -> None:
        self._outbox = outbox
        self._notifiers = notifiers
        self._housekeeping = housekeeping
        self._idle_seconds = idle_seconds
        self._try_seconds = try_seconds
        self._name = secrets.token_hex(8)
        self._threads = ThreadPoolExecutor(len(notifiers) + 1, thread_name_prefix="handoff")
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start to work, in tasks of the running loop."""
        ways = [self._for_ever(partial(self._deliver_all, way), self._idle_seconds) for way in self._notifiers]
        daily = self._for_ever(self._keep_house, DAY_SECONDS)
        self._tasks = [asyncio.ensure_future(each) for each in (*ways, daily)]

    async def stop(self, grace: float = GRACE_SECONDS) -> None:
        """Stop; a try that is under way may end first, and is given back if it does not."""
        self._stopping.set()
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks, timeout=grace)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        self._threads.shutdown(wait=False)

    async def deliver_due(self) -> int:
        """Deliver what is due now, on every way out; how many tries that took."""
        return sum(await asyncio.gather(*(self._deliver_all(way) for way in self._notifiers)))

    async def _for_ever(self, work: Callable[[], Awaitable[object]], pause: float) -> None:
        while not self._stopping.is_set():
            wait = pause
            try:
                await work()
            except Exception:
                logger.exception("The delivery of requests is held up.")
                wait = TROUBLE_SECONDS
            await self._wait(wait)

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except asyncio.TimeoutError:
            pass

    async def _deliver_all(self, way: str) -> int:
        tries = 0
        while not self._stopping.is_set() and await self._deliver_next(way):
            tries += 1
        return tries

    async def _deliver_next(self, way: str) -> bool:
        notice = await self._in_thread(self._outbox.claim, way, self._name)
        if notice is None:
            return False
        try:
            await self._send(notice)
        except DeliveryError as error:
            await self._note_failure(notice, error)
        except asyncio.CancelledError:
            self._outbox.let_go(notice)  # in place: nothing is awaited any more
            raise
        else:
            await self._in_thread(self._outbox.delivered, notice)
        return True

    async def _send(self, notice: Notice) -> None:
        try:
            await asyncio.wait_for(self._notifiers[notice.way].send(notice), self._try_seconds)
        except asyncio.TimeoutError:
            raise DeliveryError("timeout") from None
        except DeliveryError:
            raise
        except Exception as error:
            # A fault of ours: it must not end the worker, nor be tried without a pause.
            logger.exception("A notice could not be sent.")
            raise DeliveryError(type(error).__name__[:64]) from None

    async def _note_failure(self, notice: Notice, error: DeliveryError) -> None:
        failed = self._outbox.notice_failed if error.of_notice else self._outbox.way_failed
        given_up, again = await self._in_thread(failed, notice, error.problem)
        tried = f"{notice.reference} did not arrive by {notice.way} ({error.problem}, try {notice.attempt})"
        logger.warning("%s; the next try is at %s UTC.", tried, again.isoformat(" ", "seconds"))
        if given_up:
            logger.error("Given up by %s: %d; tandem handoffs list shows which.", notice.way, given_up)

    async def _keep_house(self) -> None:
        await self._in_thread(self._outbox.give_up_without_way, list(self._notifiers))
        await self._in_thread(self._housekeeping)

    async def _in_thread(self, function: Callable[..., Result], *args: object) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)
