"""What is to be delivered: each entry taken by one worker at a time, tried until it has arrived or is given up.

A worker claims an entry for a while. If it dies, the claim runs out and another takes over: at least once, under
the same delivery id. While a way out refuses, everything on it waits in line, the oldest first, and only the
first of the line is tried.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.clock import utc_now
from bot.database import reading, writing
from bot.handoff.backoff import is_over, pause
from bot.handoff.records import changes_of
from bot.handoff.tables import delivery_channels, outbox, requests
from bot.handoff.types import Notice

LEASE = timedelta(minutes=5)
"""How long an entry is a worker's own: longer than the longest try."""
_LIVE = sa.and_(outbox.c.delivered_at.is_(None), outbox.c.dead_at.is_(None))
_UNCLAIMED = {"claimed_by": None, "claimed_until": None}


class Outbox:
    """Hands out what is due, and keeps what became of it; every method is one short transaction."""

    def __init__(
        self,
        bound: Engine,
        clock: Callable[[], datetime] = utc_now,
        lease: timedelta = LEASE,
        backoff: Callable[[int], timedelta] = pause,
    ) -> None:
        self._bound = bound
        self._clock = clock
        self._lease = lease
        self._backoff = backoff

    def claim(self, way: str, worker: str) -> Notice | None:
        """Take the oldest entry that is due on a way out; nobody else gets it while the claim lasts."""
        if not self._is_any_due(way):
            return None  # without asking for SQLite's one write lock, which a turn may need
        with writing(self._bound) as connection:
            # PostgreSQL passes by what another worker is just claiming; SQLite lets one write at a time.
            free = self._due(way).with_for_update(skip_locked=True)
            found = connection.execute(free).scalar()
            return None if found is None else self._take(connection, found, worker)

    def delivered(self, notice: Notice) -> None:
        """Keep that a notice has arrived: the request is passed on, and its way is open."""
        with writing(self._bound) as connection:
            done = {**_UNCLAIMED, "delivered_at": self._clock(), "dead_at": None, "last_problem": None}
            connection.execute(sa.update(outbox).where(outbox.c.id == notice.outbox_id).values(done))
            waiting = sa.and_(requests.c.reference == notice.reference, requests.c.state == "waiting")
            connection.execute(sa.update(requests).where(waiting).values(state="passed_on"))
            self._set_way(connection, notice.way, failures=0, paused_until=None)

    def way_failed(self, notice: Notice, problem: str) -> tuple[int, datetime]:
        """Keep that a way out refuses: all of its entries wait; those that have waited too long are given up.

        Returns:
            How many were given up, and when the next try is due.
        """
        with writing(self._bound) as connection:
            now = self._clock()
            self._let_go(connection, notice, problem)
            failures = self._failures(connection, notice.way) + 1
            until = now + self._backoff(failures)
            self._set_way(connection, notice.way, failures=failures, paused_until=until)
            over = (outbox.c.channel == notice.way, outbox.c.claimed_by.is_(None))
            return self._give_up(connection, problem, *over), until

    def notice_failed(self, notice: Notice, problem: str) -> tuple[int, datetime]:
        """Keep that this one notice was refused: it waits by itself, the others go on.

        Returns:
            How many were given up (1 or 0), and when the next try is due.
        """
        with writing(self._bound) as connection:
            at = self._clock() + self._backoff(notice.attempt)
            self._let_go(connection, notice, problem, next_attempt_at=at)
            return self._give_up(connection, problem, outbox.c.id == notice.outbox_id), at

    def let_go(self, notice: Notice) -> None:
        """Give an entry back that was claimed and not tried to the end, so that it can be taken at once."""
        with writing(self._bound) as connection:
            self._let_go(connection, notice, "interrupted")

    def give_up_without_way(self, ways: Collection[str]) -> int:
        """Give up what has waited too long for a way out that the settings no longer name; how many that were."""
        with writing(self._bound) as connection:
            return self._give_up(connection, "no_such_way", outbox.c.channel.not_in(ways))

    def _is_any_due(self, way: str) -> bool:
        with reading(self._bound) as connection:
            return connection.execute(self._due(way)).first() is not None

    def _due(self, way: str) -> Any:
        now = self._clock()
        paused = sa.exists().where(delivery_channels.c.name == way, ~is_over(delivery_channels.c.paused_until, now))
        unclaimed = is_over(outbox.c.claimed_until, now, self._lease)
        ready = sa.or_(outbox.c.attempts == 0, is_over(outbox.c.next_attempt_at, now))
        due = (outbox.c.channel == way, _LIVE, ready, unclaimed, ~paused)
        return sa.select(outbox.c.id).where(*due).order_by(outbox.c.created_at, outbox.c.id).limit(1)

    def _take(self, connection: Connection, outbox_id: int, worker: str) -> Notice:
        this = outbox.c.id == outbox_id
        claim = {"claimed_by": worker, "claimed_until": self._clock() + self._lease}
        connection.execute(sa.update(outbox).where(this).values(**claim, attempts=outbox.c.attempts + 1))
        joined = outbox.join(requests, requests.c.id == outbox.c.request_id)
        told = (requests.c.reference, requests.c.created_at, requests.c.topics, requests.c.language, requests.c.state)
        changed = changes_of(requests.c.reference).scalar_subquery().label("changed")
        where_from = requests.c.channel.label("where_from")
        mine = (outbox.c.delivery_id, outbox.c.attempts, outbox.c.channel)
        row = connection.execute(sa.select(*mine, *told, where_from, changed).select_from(joined).where(this)).one()
        return Notice(
            outbox_id=outbox_id,
            delivery_id=row.delivery_id,
            attempt=row.attempts,
            way=row.channel,
            reference=row.reference,
            filed_at=row.created_at,
            topics=tuple(json.loads(row.topics)),
            channel=row.where_from,
            language=row.language,
            news="cancelled" if row.state == "cancelled" else "changed" if row.changed else "new",
        )

    def _let_go(self, connection: Connection, notice: Notice, problem: str, **values: Any) -> None:
        # Not what another worker, or staff by closing the request, has settled meanwhile.
        mine = sa.and_(outbox.c.id == notice.outbox_id, outbox.c.attempts == notice.attempt, _LIVE)
        values = {**_UNCLAIMED, "last_problem": problem, **values}
        connection.execute(sa.update(outbox).where(mine).values(values))

    def _give_up(self, connection: Connection, problem: str, *which: Any) -> int:
        now = self._clock()
        over = sa.update(outbox).where(_LIVE, outbox.c.give_up_at <= now, *which)
        # A row that was never the first of its line has no problem of its own.
        dead = {"dead_at": now, "last_problem": sa.func.coalesce(outbox.c.last_problem, problem), **_UNCLAIMED}
        count: int = connection.execute(over.values(dead)).rowcount
        return count

    def _failures(self, connection: Connection, way: str) -> int:
        this = sa.select(delivery_channels.c.failures).where(delivery_channels.c.name == way).with_for_update()
        return connection.execute(this).scalar() or 0

    def _set_way(self, connection: Connection, way: str, **values: Any) -> None:
        connection.execute(sa.update(delivery_channels).where(delivery_channels.c.name == way).values(values))
