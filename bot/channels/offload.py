"""Runs the stores' short transactions without holding up the server.

SQLite answers in less time than a thread takes to start work; a database elsewhere may not, so its calls run
in a small pool.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.engine import Engine

THREADS = 4
Result = TypeVar("Result")


class Offload:
    """Calls functions in place for SQLite, in a thread for other databases."""

    def __init__(self, bound: Engine) -> None:
        local = bound.dialect.name == "sqlite"
        self._pool = None if local else ThreadPoolExecutor(THREADS, thread_name_prefix="website-store")

    async def __call__(self, function: Callable[..., Result], *args: object) -> Result:
        """Call ``function`` with ``args`` and return its result."""
        if self._pool is None:
            return function(*args)
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *args)
