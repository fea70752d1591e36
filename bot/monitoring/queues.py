"""Reads, whenever it is asked, what waits in the bot's queues and what was given up: counts and ages, nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.engine import Connection, Engine

from bot.channels.sms import tables as sms
from bot.clock import utc_now
from bot.database import reading
from bot.handoff.tables import outbox
from bot.logs import place_of

logger = logging.getLogger(__name__)
SMS_IN, SMS_OUT = "sms_in", "sms_out"
WAYS = ("console", "mail", "webhook")
EVERY = (*WAYS, SMS_IN, SMS_OUT)


@dataclass(frozen=True)
class Queue:
    """What is to be known of a queue."""

    length: int = 0
    oldest: datetime | None = None
    dead: int = 0


def queues_of(connection: Connection) -> dict[str, Queue]:
    """Every queue by its name; the requests' ways out are one each."""
    return {
        **dict.fromkeys(EVERY, Queue()),
        **_requests(connection),
        SMS_IN: _texts(connection, sms.inbox.c.state, sms.inbox.c.received_at, ("new",)),
        SMS_OUT: _texts(connection, sms.outbox.c.state, sms.outbox.c.created_at, ("queued", "sending")),
    }


def _requests(connection: Connection) -> dict[str, Queue]:
    is_dead = outbox.c.dead_at.is_not(None)
    waits = sa.and_(outbox.c.delivered_at.is_(None), sa.not_(is_dead))
    rows = connection.execute(
        sa.select(outbox.c.channel, *_counts(waits, outbox.c.created_at, is_dead)).group_by(outbox.c.channel)
    )
    return {row.channel: Queue(row.length, row.oldest, row.dead) for row in rows}


def _texts(connection: Connection, state: Any, since: Any, waiting: tuple[str, ...]) -> Queue:
    row = connection.execute(sa.select(*_counts(state.in_(waiting), since, state == "dead"))).one()
    return Queue(row.length, row.oldest, row.dead)


def _counts(waits: Any, since: Any, is_dead: Any) -> tuple[Any, ...]:
    return (
        sa.func.coalesce(sa.func.sum(sa.case((waits, 1), else_=0)), 0).label("length"),
        sa.func.min(sa.case((waits, since), else_=None)).label("oldest"),
        sa.func.coalesce(sa.func.sum(sa.case((is_dead, 1), else_=0)), 0).label("dead"),
    )


class QueueCollector(Collector):
    """Tells Prometheus of the queues; where the database does not answer, it tells that."""

    def __init__(self, bound: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._bound = bound
        self._clock = clock

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Name what will be told, without asking the database."""
        yield from (each for each, _ in _families().values())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read the queues now."""
        families = _families()
        queues = self._read()
        families["readable"][0].add_metric([], float(queues is not None))
        for name, queue in (queues or {}).items():
            for family, value in families.values():
                if value is not None:
                    family.add_metric([name], value(queue, self._clock()))
        yield from (family for family, _ in families.values())

    def _read(self) -> dict[str, Queue] | None:
        try:
            with reading(self._bound) as connection:
                return queues_of(connection)
        except Exception as error:
            logger.warning("The queues could not be read: %s", place_of(error))
            return None


Value = Callable[[Queue, datetime], float]


def _families() -> dict[str, tuple[GaugeMetricFamily, Value | None]]:
    def family(name: str, what: str) -> GaugeMetricFamily:
        return GaugeMetricFamily(f"tandem_{name}", what, labels=["queue"])

    readable = GaugeMetricFamily("tandem_queues_readable", "Whether the queues could be read.", labels=[])
    return {
        "readable": (readable, None),
        "length": (family("queue_length", "How many entries wait."), lambda queue, _: queue.length),
        "age": (family("queue_oldest_seconds", "How long the oldest entry has waited."), _age),
        "dead": (family("dead_letters", "How many entries were given up."), lambda queue, _: queue.dead),
    }


def _age(queue: Queue, now: datetime) -> float:
    return max(0.0, (now - queue.oldest).total_seconds()) if queue.oldest else 0.0
