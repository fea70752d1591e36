"""How what waits is worked off: each sender's in order, several senders at once, and trouble is nobody else's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest

from bot.channels.sms.drain import Drain


class Work:
    """Senders' pieces of work, and what became of them."""

    def __init__(self, **pieces: int) -> None:
        self.left = dict(pieces)
        self.done: list[str] = []
        self.busy: set[str] = set()
        self.most_at_once = 0
        self.fails: set[str] = set()
        self.lookups_that_fail = 0
        self.hold = asyncio.Event()
        self.hold.set()

    async def due(self) -> list[str]:
        if self.lookups_that_fail:
            self.lookups_that_fail -= 1
            raise RuntimeError("away")
        return [sender for sender, count in self.left.items() if count]

    async def one(self, sender: str) -> bool:
        assert sender not in self.busy, "a sender's work is done one piece at a time"
        self.busy.add(sender)
        self.most_at_once = max(self.most_at_once, len(self.busy))
        try:
            await self.hold.wait()
            await asyncio.sleep(0)
            if sender in self.fails:
                self.fails.discard(sender)
                raise RuntimeError("a text that no log may hold")
            if not self.left[sender]:
                return False
            self.left[sender] -= 1
            self.done.append(sender)
            return True
        finally:
            self.busy.discard(sender)

    def drain(self, **settings: float) -> Drain:
        return Drain(self.due, self.one, **{"idle_seconds": 0.01, "trouble_seconds": 0.01, **settings})  # type: ignore[arg-type]


async def until(holds: Callable[[], object]) -> None:
    for _ in range(10_000):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("It did not happen in time.")


async def test_everything_that_waits_is_done() -> None:
    work = Work(ann=3, ben=2)
    drain = work.drain()
    drain.start()
    await until(lambda: len(work.done) == 5)
    await drain.stop(60)

    assert sorted(work.done) == ["ann", "ann", "ann", "ben", "ben"]


async def test_what_comes_later_is_done_when_it_is_woken() -> None:
    work = Work(ann=0)
    drain = work.drain(idle_seconds=60)
    drain.start()
    await asyncio.sleep(0.02)
    work.left["ann"] = 1
    drain.wake()
    await until(lambda: work.done == ["ann"])
    await drain.stop(60)


async def test_no_more_senders_than_allowed_are_worked_for_at_once() -> None:
    work = Work(**{f"s{n}": 2 for n in range(9)})
    drain = work.drain(at_once=3)
    work.hold.clear()
    drain.start()
    await until(lambda: len(work.busy) == 3)
    await asyncio.sleep(0.03)
    work.hold.set()
    await until(lambda: len(work.done) == 18)
    await drain.stop(60)

    assert work.most_at_once == 3


async def test_trouble_with_one_sender_is_logged_without_its_words_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = Work(ann=1, ben=1)
    work.fails = {"ann"}
    with caplog.at_level(logging.ERROR):
        drain = work.drain()
        drain.start()
        await until(lambda: sorted(work.done) == ["ann", "ben"])
        await drain.stop(60)

    assert "A sender's work failed: RuntimeError" in caplog.text
    assert "a text that no log may hold" not in caplog.messages[0]


async def test_it_goes_on_when_what_waits_could_not_be_looked_up(caplog: pytest.LogCaptureFixture) -> None:
    work = Work(ann=1)
    work.lookups_that_fail = 2
    with caplog.at_level(logging.ERROR):
        drain = work.drain()
        drain.start()
        await until(lambda: work.done == ["ann"])
        await drain.stop(60)

    assert [message.partition(":")[0] for message in caplog.messages] == ["What waits cannot be looked up"] * 2


async def test_what_is_under_way_ends_before_it_stops_and_nothing_new_begins() -> None:
    work = Work(ann=2)
    work.hold.clear()
    drain = work.drain()
    drain.start()
    await until(lambda: work.busy)
    stopping = asyncio.ensure_future(drain.stop(60))
    await asyncio.sleep(0.02)
    work.hold.set()
    await stopping

    assert work.done == ["ann"]


async def test_what_does_not_end_in_time_is_broken_off() -> None:
    work = Work(ann=1)
    work.hold.clear()
    drain = work.drain()
    drain.start()
    await until(lambda: work.busy)
    await drain.stop(0.02)

    assert (work.done, work.busy) == ([], set())


async def test_it_can_be_stopped_before_it_was_started() -> None:
    await Work().drain().stop(1)
