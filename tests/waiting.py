"""Time that passes when a test says so: no time-out depends on how fast the machine is."""

from __future__ import annotations

import asyncio
import time

AN_AGE = 60.0
"""Longer than any time-out that a test gives, shorter than what a test's own server allows."""
TURNS = 100
"""Of the loop: by then, whoever waits in it has begun to."""


async def time_flies() -> None:
    """Put the running loop's clock forward: whoever waits for an answer has waited in vain."""
    for _ in range(TURNS):
        await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    ahead = loop.time() + AN_AGE - time.monotonic()
    loop.time = lambda: time.monotonic() + ahead  # type: ignore[method-assign]


async def hang() -> None:
    """Never answer, and let whoever waits for it give up at once."""
    await time_flies()
    await asyncio.Event().wait()
