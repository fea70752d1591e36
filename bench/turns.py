"""Measures turns: from sending a message to having its whole answer, alone and with many users at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import aiohttp

from bench.conversations import Asker, Conversation

TURNS_A_CONVERSATION = 15
"""Below what the website channel lets one conversation say in a burst, and about as long as people talk."""


@dataclass(frozen=True)
class Turns:
    """What some turns took: each one's milliseconds, all of them by the clock, how many had no answer."""

    milliseconds: list[float]
    seconds: float
    unanswered: int

    @property
    def per_second(self) -> float:
        """Return the turns served in a second."""
        return len(self.milliseconds) / self.seconds


async def first_answer(http: aiohttp.ClientSession, ask: Asker, address: str, text: str) -> bool:
    """Try once to get an answer out of a system that may still be starting."""
    try:
        return await (await ask(http, address))(text)
    except aiohttp.ClientError:
        return False


async def one_after_the_other(http: aiohttp.ClientSession, ask: Asker, address: str, texts: Sequence[str]) -> Turns:
    """Say every text, a new conversation every few turns; opening one is not part of a turn."""
    spent: list[tuple[float, bool]] = []
    for talk in _talks(texts):
        say = await ask(http, address)
        spent += [await timed(say, text) for text in talk]
    return _turns(spent, sum(milliseconds for milliseconds, _ in spent) / 1000)


async def at_once(
    http: aiohttp.ClientSession, ask: Asker, address: str, texts: Sequence[str], users: int, turns_each: int
) -> Turns:
    """Have many users talk at the same time, each sending a message as soon as the last one is answered."""
    says = [await ask(http, address) for _ in range(users)]
    start = time.perf_counter()
    talks = [_talk(say, _from(texts, user * turns_each, turns_each)) for user, say in enumerate(says)]
    spent = [turn for talk in await asyncio.gather(*talks) for turn in talk]
    return _turns(spent, time.perf_counter() - start)


async def _talk(say: Conversation, texts: Sequence[str]) -> list[tuple[float, bool]]:
    return [await timed(say, text) for text in texts]


async def timed(say: Conversation, text: str) -> tuple[float, bool]:
    """Say a text; return the milliseconds until its answer, and whether there was one."""
    start = time.perf_counter()
    answered = await say(text)
    return (time.perf_counter() - start) * 1000, answered


def _turns(spent: Sequence[tuple[float, bool]], seconds: float) -> Turns:
    return Turns([each for each, _ in spent], seconds, sum(not answered for _, answered in spent))


def _talks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), TURNS_A_CONVERSATION):
        yield texts[start : start + TURNS_A_CONVERSATION]


def _from(texts: Sequence[str], start: int, count: int) -> list[str]:
    return [texts[i % len(texts)] for i in range(start, start + count)]
