"""The queues as they are in the database: how many wait, for how long, how many were given up."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from prometheus_client import CollectorRegistry
from sqlalchemy.engine import Engine

from bot.database import engine
from bot.handoff.requests import RequestStore
from bot.handoff.tables import outbox
from bot.handoff.vault import ContactVault
from bot.monitoring.queues import EVERY, QueueCollector
from tests.handoff import PHONE, SECRET, Clock, draft
from tests.integration.sms.stores import Stores


@pytest.fixture
def registry(migrated: Engine) -> CollectorRegistry:
    made = CollectorRegistry()
    made.register(QueueCollector(migrated, _later()))
    return made


def _later() -> Clock:
    clock = Clock()
    clock.advance(minutes=10)
    return clock


def told(registry: CollectorRegistry, queue: str) -> tuple[float | None, ...]:
    names = ("tandem_queue_length", "tandem_queue_oldest_seconds", "tandem_dead_letters")
    return tuple(registry.get_sample_value(name, {"queue": queue}) for name in names)


def test_empty_queues_are_told_as_empty(registry: CollectorRegistry) -> None:
    assert {queue: told(registry, queue) for queue in EVERY} == dict.fromkeys(EVERY, (0.0, 0.0, 0.0))
    assert registry.get_sample_value("tandem_queues_readable") == 1.0


def test_a_request_that_waits_has_an_age_and_one_that_was_given_up_is_a_dead_letter(
    registry: CollectorRegistry, migrated: Engine
) -> None:
    clock = Clock()
    vault = ContactVault(migrated, SECRET, clock)
    store = RequestStore(migrated, vault, clock, ways=("mail",))
    given_up = store.file(draft(vault, "a", "a"))
    clock.advance(minutes=4)
    store.file(draft(vault, "b", "b"))
    with migrated.begin() as connection:
        first = sa.select(sa.func.min(outbox.c.id)).scalar_subquery()
        connection.execute(sa.update(outbox).where(outbox.c.id == first).values(dead_at=clock.now))

    assert given_up
    assert told(registry, "mail") == (1.0, 360.0, 1.0)
    assert told(registry, "webhook") == (0.0, 0.0, 0.0)


def test_texts_wait_in_two_queues(registry: CollectorRegistry, migrated: Engine) -> None:
    stores = Stores(migrated)
    stores.text("what is botox?", PHONE)
    assert (told(registry, "sms_in"), told(registry, "sms_out")) == ((1.0, 600.0, 0.0), (0.0, 0.0, 0.0))

    stores.answer()
    assert (told(registry, "sms_in"), told(registry, "sms_out")) == ((0.0, 0.0, 0.0), (1.0, 600.0, 0.0))

    stores.outbox.in_doubt(stores.letter(), "timeout")
    assert told(registry, "sms_out") == (0.0, 0.0, 1.0)


def test_a_database_that_cannot_be_read_is_told_instead_of_numbers() -> None:
    registry = CollectorRegistry()
    registry.register(QueueCollector(engine("sqlite://")))

    assert registry.get_sample_value("tandem_queues_readable") == 0.0
    assert told(registry, "mail") == (None, None, None)
