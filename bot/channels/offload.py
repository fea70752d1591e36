"""Runs the stores' short transactions without holding up the server, and again while a fault may pass.

A database may be locked, slow or away: whoever waits for it waits in a thread of a small pool.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.engine import Engine

from bot.database import is_in_memory
from bot.retrying import persistently

THREADS = 4
Result = TypeVar("Result")


class Offload:
    """Calls functions in a thread; in place only for a database in memory, which has one connection."""

    def __init__(self, bound: Engine) -> None:
        self._pool = None if is_in_memory(bound) else ThreadPoolExecutor(THREADS, thread_name_prefix="store")

    async def __call__(self, function: Callable[..., Result], *args: object) -> Result:
        """Call ``function``, which may be done twice, with ``args`` and return its result."""
        if self._pool is None:
            return persistently(function, *args)
        return await asyncio.get_running_loop().run_in_executor(self._pool, persistently, function, *args)
