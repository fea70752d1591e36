"""Requests of one conversation, one at a time and in order."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.errors import TooManyError
from bot.channels.ordering import LONGEST_QUEUE, Ordering


async def test_a_conversations_requests_go_through_in_the_order_in_which_they_came() -> None:
    ordering, log = Ordering(), []

    async def request(number: int) -> None:
        async with ordering.turn_of("c"):
            log.append(("in", number))
            await asyncio.sleep(0.001 if number % 2 else 0)
            log.append(("out", number))

    await asyncio.gather(*(request(number) for number in range(10)))
    assert log == [(step, number) for number in range(10) for step in ("in", "out")]


async def test_another_conversation_does_not_wait() -> None:
    ordering = Ordering()
    async with ordering.turn_of("a"), ordering.turn_of("b"):
        pass


async def test_a_full_queue_sends_away_and_is_forgotten_when_it_is_empty() -> None:
    ordering = Ordering()
    release = asyncio.Event()

    async def request() -> None:
        async with ordering.turn_of("c"):
            await release.wait()

    waiting = [asyncio.create_task(request()) for _ in range(LONGEST_QUEUE)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyError):
        async with ordering.turn_of("c"):
            pass
    release.set()
    await asyncio.gather(*waiting)
    assert ordering._lines == {}


async def test_a_few_at_once_are_let_through_where_that_is_wished() -> None:
    ordering, inside, most = Ordering(at_once=2, longest_queue=5), 0, 0

    async def request() -> None:
        nonlocal inside, most
        async with ordering.turn_of("address"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(request() for _ in range(5)))
    assert most == 2
    with pytest.raises(TooManyError):
        await asyncio.gather(*(request() for _ in range(6)))


async def test_a_request_that_fails_lets_the_next_one_through() -> None:
    ordering = Ordering()
    with pytest.raises(ZeroDivisionError):
        async with ordering.turn_of("c"):
            raise ZeroDivisionError
    async with ordering.turn_of("c"):
        pass
