import asyncio

import pytest
from rasa.core.lock_store import LockError

from bot.server.conversations.lock import HandOverLockStore


@pytest.fixture
def store():
    return HandOverLockStore()


async def test_the_turns_of_one_conversation_run_in_order_and_never_together(store):
    seen = []

    async def turn(number):
        async with store.lock("c1"):
            seen.append(f"{number} begins")
            await asyncio.sleep(0)
            seen.append(f"{number} ends")

    await asyncio.gather(*(turn(number) for number in range(8)))
    assert seen == [f"{number} {event}" for number in range(8) for event in ("begins", "ends")]


async def test_another_conversation_does_not_wait(store):
    async with store.lock("c1"):
        async with store.lock("c2", lock_lifetime=0.01):
            pass


async def test_a_waiter_gives_up_rather_than_overtake(store):
    async with store.lock("c1"):
        with pytest.raises(LockError, match="did not end in time"):
            async with store.lock("c1", lock_lifetime=0.01):
                pytest.fail("two turns at once")


async def test_a_turn_that_fails_hands_over_all_the_same(store):
    with pytest.raises(ValueError):
        async with store.lock("c1"):
            raise ValueError
    async with store.lock("c1", lock_lifetime=0.01):
        pass


async def test_nothing_is_remembered_of_conversations_that_nobody_waits_for(store):
    async with store.lock("c1"):
        assert list(store._locks) == ["c1"]
    assert (store._locks, store._interested) == ({}, {})
