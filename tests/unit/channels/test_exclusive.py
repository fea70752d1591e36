"""One turn of a conversation at a time, whichever process serves it; a lock never outlives who held it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.channels.exclusive import ConversationLocks
from bot.database import engine


@pytest.fixture
def bound(postgresql_url: str) -> Iterator[Engine]:
    made = engine(postgresql_url)
    yield made
    made.dispose()


async def turns(many: list[ConversationLocks], conversation: str) -> list[str]:
    """What happens when each process has a turn of the same conversation at the same moment."""
    seen: list[str] = []

    async def turn(locks: ConversationLocks) -> None:
        async with locks.hold(conversation):
            seen.append("begun")
            await asyncio.sleep(0.02)
            seen.append("ended")

    await asyncio.gather(*map(turn, many))
    return seen


async def test_no_two_turns_of_a_conversation_overlap(bound: Engine) -> None:
    assert await turns([ConversationLocks(bound) for _ in range(6)], "one") == ["begun", "ended"] * 6


async def test_turns_of_different_conversations_do_not_wait_for_each_other(bound: Engine) -> None:
    locks = ConversationLocks(bound)
    async with locks.hold("one"), ConversationLocks(bound).hold("another"), locks.hold("a third"):
        pass


async def test_a_turn_that_never_ends_is_not_awaited_for_ever(bound: Engine) -> None:
    async with ConversationLocks(bound).hold("one"):
        with pytest.raises(OperationalError, match="lock timeout"):
            async with ConversationLocks(bound, seconds=0.2).hold("one"):
                pass


async def test_a_turn_that_fails_lets_go(bound: Engine) -> None:
    locks = ConversationLocks(bound)
    with pytest.raises(ValueError):
        async with locks.hold("one"):
            raise ValueError
    async with ConversationLocks(bound).hold("one"):
        pass


async def test_who_is_broken_off_while_waiting_keeps_no_lock(bound: Engine) -> None:
    waiting = ConversationLocks(bound)
    async with ConversationLocks(bound).hold("one"):
        broken_off = asyncio.ensure_future(turns([waiting], "one"))
        await asyncio.sleep(0.2)
        broken_off.cancel()
        await asyncio.gather(broken_off, return_exceptions=True)
    async with ConversationLocks(bound).hold("one"):
        pass


async def test_a_lock_whose_connection_is_killed_hinders_nobody(bound: Engine) -> None:
    locks = ConversationLocks(bound)
    async with locks.hold("one"):
        with bound.begin() as connection:
            others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) {others}"))
    async with locks.hold("one"):
        pass


async def test_sqlite_s_one_process_needs_no_lock(tmp_path) -> None:  # type: ignore[no-untyped-def]
    locks = ConversationLocks(engine(f"sqlite:///{tmp_path}/tandem.db"))
    async with locks.hold("one"), locks.hold("one"):
        pass
