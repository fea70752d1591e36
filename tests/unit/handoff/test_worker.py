"""The worker over an outbox in memory and ways out that a test holds in its hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import chain

import pytest
from sqlalchemy.engine import Engine

from bot.database import engine
from bot.handoff.delivery.notifier import DeliveryError
from bot.handoff.outbox import Outbox
from bot.handoff.requests import RequestStore
from bot.handoff.types import Notice
from bot.handoff.worker import Worker
from tests.handoff import Clock
from tests.unit.handoff.conftest import Drafted

Sending = Callable[[Notice], Awaitable[None]]


class Way:
    """A way out that keeps what it is given and then does as it is told."""

    def __init__(self, then: Sending | None = None) -> None:
        self.notices: list[Notice] = []
        self._then = then

    async def send(self, notice: Notice) -> None:
        self.notices.append(notice)
        if self._then:
            await self._then(notice)

    @property
    def references(self) -> list[str]:
        return [notice.reference for notice in self.notices]


async def for_ever(_: Notice) -> None:
    await asyncio.sleep(3600)


def failing(error: Exception) -> Sending:
    async def fail(_: Notice) -> None:
        raise error

    return fail


async def until(reached: Callable[[], bool]) -> None:
    while not reached():
        await asyncio.sleep(0.01)


@pytest.fixture
def box(migrated: Engine, clock: Clock) -> Outbox:
    return Outbox(migrated, clock, backoff=lambda failures: timedelta(minutes=failures))


async def test_everything_that_is_due_is_delivered_in_order(box: Outbox, store: RequestStore, drafted: Drafted) -> None:
    references = [store.file(drafted(key, key)).reference for key in "abc"]
    way = Way()
    assert await Worker(box, {"mail": way}).deliver_due() == 3
    assert way.references == references
    assert {request.state for request in store.listed()} == {"passed_on"}


async def test_each_way_out_gets_every_request(
    migrated: Engine, box: Outbox, store: RequestStore, drafted: Drafted
) -> None:
    store._ways = ("mail", "webhook")
    filed = store.file(drafted())
    ways = {"mail": Way(failing(DeliveryError("timeout"))), "webhook": Way()}
    await Worker(box, ways).deliver_due()
    assert [way.references for way in ways.values()] == [[filed.reference]] * 2
    (request,) = store.listed()
    assert request.state == "passed_on"
    assert [(d.channel, d.last_problem) for d in request.deliveries] == [("mail", "timeout"), ("webhook", None)]


@pytest.mark.parametrize(
    ("error", "problem", "tries"),
    [
        (DeliveryError("smtp_451"), "smtp_451", 1),
        (DeliveryError("smtp_554", of_notice=True), "smtp_554", 2),
        (KeyError("a fault of ours"), "KeyError", 1),
    ],
)
async def test_a_failure_is_kept_and_blames_its_way_or_its_notice(
    box: Outbox, store: RequestStore, drafted: Drafted, error: Exception, problem: str, tries: int
) -> None:
    for key in "ab":
        store.file(drafted(key, key))
    way = Way(failing(error))
    assert await Worker(box, {"mail": way}).deliver_due() == tries
    assert store.listed()[0].deliveries[0].last_problem == problem


async def test_a_try_without_an_end_is_ended(box: Outbox, store: RequestStore, drafted: Drafted) -> None:
    store.file(drafted())
    await Worker(box, {"mail": Way(for_ever)}, try_seconds=0.05).deliver_due()
    assert store.listed()[0].deliveries[0].last_problem == "timeout"


async def test_a_slow_way_does_not_hold_up_another(box: Outbox, store: RequestStore, drafted: Drafted) -> None:
    store._ways = ("mail", "webhook")
    store.file(drafted())
    webhook = Way()
    worker = Worker(box, {"mail": Way(for_ever), "webhook": webhook}, idle_seconds=0.01)
    worker.start()
    await until(lambda: store.listed()[0].state == "passed_on")
    await worker.stop(grace=0)
    assert len(webhook.notices) == 1


async def test_a_stop_lets_a_try_end(box: Outbox, store: RequestStore, drafted: Drafted) -> None:
    store.file(drafted())
    going = asyncio.Event()

    async def slowly(_: Notice) -> None:
        going.set()
        await asyncio.sleep(0.1)

    worker = Worker(box, {"mail": Way(slowly)}, idle_seconds=0.01)
    worker.start()
    await going.wait()
    await worker.stop()
    assert store.listed()[0].state == "passed_on"


async def test_a_try_that_a_stop_cuts_off_is_given_back(box: Outbox, store: RequestStore, drafted: Drafted) -> None:
    store.file(drafted())
    way = Way(for_ever)
    worker = Worker(box, {"mail": way}, idle_seconds=0.01)
    worker.start()
    await until(lambda: bool(way.notices))
    await worker.stop(grace=0.01)
    after = Way()
    await Worker(box, {"mail": after}).deliver_due()
    assert [(n.delivery_id, n.attempt) for n in after.notices] == [(way.notices[0].delivery_id, 2)]


async def test_a_database_that_fails_is_asked_again_later(
    box: Outbox,
    store: RequestStore,
    drafted: Drafted,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.handoff.worker.TROUBLE_SECONDS", 0.01)
    store.file(drafted())
    working, broken = box.claim, iter([True, True])

    def claim(way: str, worker: str) -> Notice | None:
        if next(broken, False):
            raise OSError
        return working(way, worker)

    monkeypatch.setattr(box, "claim", claim)
    way = Way()
    worker = Worker(box, {"mail": way}, idle_seconds=0.01)
    worker.start()
    await until(lambda: bool(way.notices))
    await worker.stop()
    assert caplog.messages.count("The delivery of requests is held up.") == 2


async def test_the_house_is_kept_while_it_works_and_its_faults_do_no_harm(box: Outbox) -> None:
    kept: list[str] = []

    def keep() -> None:
        kept.append("once")
        raise OSError

    worker = Worker(box, {"mail": Way()}, keep, idle_seconds=0.01)
    worker.start()
    await until(lambda: bool(kept))
    await worker.stop()
    assert kept == ["once"]


async def test_several_workers_at_once_never_take_the_same(
    migrated_url: str, migrated: Engine, store: RequestStore, drafted: Drafted, clock: Clock
) -> None:
    filed_once = sorted((store.file(drafted(f"c{n}", f"k{n}")).reference, 1) for n in range(40))

    async def briefly(_: Notice) -> None:
        await asyncio.sleep(0.001)

    each = [(engine(migrated_url), Way(briefly)) for _ in range(4)]
    await asyncio.gather(*(Worker(Outbox(bound, clock), {"mail": way}).deliver_due() for bound, way in each))
    for bound, _ in each:
        bound.dispose()
    taken = [[(notice.reference, notice.attempt) for notice in way.notices] for _, way in each]
    assert sorted(chain(*taken)) == filed_once
    assert sum(map(bool, taken)) > 1


async def test_the_log_says_what_did_not_arrive_and_nothing_of_the_person(
    box: Outbox, store: RequestStore, drafted: Drafted, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING")
    filed = store.file(drafted())
    clock.advance(days=6)
    await Worker(box, {"mail": Way(failing(DeliveryError("smtp_451")))}).deliver_due()
    assert caplog.messages == [
        f"{filed.reference} did not arrive by mail (smtp_451, try 1); the next try is at 2026-11-28 12:01:00 UTC.",
        "Given up by mail: 1; tandem handoffs list shows which.",
    ]
