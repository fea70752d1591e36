"""The table of what a cluster, its database and an embedded bot must stand: ``make faults`` prints it.

``python -m tests.faults.table NAME ...`` runs some of it, ``--quick`` little of each.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from cluster.postgresql import temporary_cluster
from cluster.running import SAFE, Running, free_ports, running, settings_for
from tests.e2e.phones import twilio
from tests.faults import (
    attackers,
    clock_trials,
    cluster_trials,
    database_trials,
    garbage_trials,
    identifier_trials,
    purge_trials,
    sqlite_trials,
)
from tests.faults.cluster_trials import Counts


@dataclass(frozen=True)
class Sizes:
    """How much of each is tried."""

    bursts: int = 500
    ids: int = 200
    forms: int = 20
    senders: int = 20
    texts: int = 6
    starts: int = 20
    kills: int = 20
    restarts: int = 10
    frozen: float = 75
    users: int = 20
    seconds: float = 20
    conversations: int = 100_000
    identifiers: int = 500
    locks: tuple[float, ...] = (2, 10, 30, 100)


QUICK = Sizes(5, 5, 2, 3, 3, 1, 3, 1, 12, 5, 10, 2_000, 40, (2,))
Rows = AsyncIterator[Counts]


async def pair(sizes: Sizes, started: Running) -> Rows:
    """The same to both replicas at once."""
    urls, kept = [replica.url for replica in started.replicas], started.database_url
    yield await cluster_trials.bursts(urls, kept, sizes.bursts)
    yield await cluster_trials.duplicates(urls, kept, sizes.ids)
    yield await cluster_trials.forms(urls, kept, sizes.forms)


async def postgresql(sizes: Sizes, started: Running) -> Rows:
    """The database killed, restarted and frozen."""
    urls = [replica.url for replica in started.replicas]
    given = (sizes.kills, sizes.restarts, sizes.frozen)
    for title, fault, most in database_trials.faults(started.database, started.database_url, *given):
        yield await database_trials.under(title, urls, started.database_url, fault, most)


async def rolling(sizes: Sizes, started: Running) -> Rows:
    """Restarts in turn, behind nginx."""
    yield await cluster_trials.rolling(started, sizes.users)


async def more(sizes: Sizes, started: Running) -> Rows:
    """What two replicas serve and what one does, in the same run."""
    urls = [replica.url for replica in started.replicas]
    one, callers = await cluster_trials.throughput(urls[:1], sizes.seconds, sizes.users)
    two, callers_of_two = await cluster_trials.throughput(urls, sizes.seconds, sizes.users)
    shares = f"{callers:.0%} and {callers_of_two:.0%} of a core"
    told = {"one": f"{one:.1f}/s", "two": f"{two:.1f}/s", "ratio": f"{two / one:.2f}", "the callers took": shares}
    yield Counts("turns of one replica and of two", told, {"ratio under 1.6": int(two / one < 1.6)})


async def attacked(sizes: Sizes, started: Running) -> Rows:
    """Attackers beside people, behind nginx."""
    async for counts in attackers.all_of(started.url, sizes.seconds):
        yield counts


async def purge(sizes: Sizes) -> Rows:
    """A purge beside people who write."""
    with tempfile.TemporaryDirectory() as folder:
        yield await asyncio.to_thread(purge_trials.run, f"sqlite:///{folder}/tandem.db", sizes.conversations)
    with temporary_cluster() as database:
        yield await asyncio.to_thread(purge_trials.run, database.url("postgres"), sizes.conversations)


async def texts(sizes: Sizes) -> Rows:
    """The same texts to four replicas."""
    with twilio() as api, running(replicas=4, **api.settings) as started:
        yield await cluster_trials.texts(started.replicas, api, started.database_url, sizes.senders, sizes.texts)


async def starts(sizes: Sizes) -> Rows:
    """Two replicas that start together on an empty database."""
    with temporary_cluster(SAFE) as database, tempfile.TemporaryDirectory() as folder:
        ports = free_ports(2)
        environment = settings_for("", ports[0])
        yield await cluster_trials.first_starts(database, environment, Path(folder), ports, sizes.starts)


async def sqlite(sizes: Sizes) -> Rows:
    """An embedded bot whose file is locked, read-only or gone, or its disk full or broken."""
    with tempfile.TemporaryDirectory() as folder:
        (port,) = free_ports(1)
        environment = settings_for("", port, TANDEM_TRUSTED_PROXIES="")
        async for counts in sqlite_trials.all_of(Path(folder), port, environment, list(sizes.locks)):
            yield counts


ON_A_PAIR: dict[str, Callable[[Sizes, Running], Rows]] = {
    "pair": pair,
    "rolling": rolling,
    "attackers": attacked,
    "throughput": more,
    "postgresql": postgresql,
}


async def clocks(sizes: Sizes) -> Rows:
    """A machine's clock that is set in the middle of conversations."""
    with twilio() as api, tempfile.TemporaryDirectory() as folder:
        async for counts in clock_trials.all_of(Path(folder), api):
            yield counts


async def identifiers(sizes: Sizes) -> Rows:
    """What people write of themselves, while everything fails and everything is logged."""
    with running(TANDEM_LOG_LEVEL="DEBUG") as started:
        yield await identifier_trials.run(started, sizes.identifiers)
    with tempfile.TemporaryDirectory() as folder:
        yield await identifier_trials.embedded(Path(folder), sizes.identifiers)


async def garbage(sizes: Sizes) -> Rows:
    """An action server that answers nonsense."""
    with tempfile.TemporaryDirectory() as folder:
        async for counts in garbage_trials.all_of(Path(folder)):
            yield counts


ALONE: dict[str, Callable[[Sizes], Rows]] = {
    "texts": texts,
    "starts": starts,
    "purge": purge,
    "sqlite": sqlite,
    "identifiers": identifiers,
    "garbage": garbage,
    "clocks": clocks,
}


async def rows(names: list[str], sizes: Sizes) -> Rows:
    """The lines of the table, one after the other."""
    with_pair = [run for name, run in ON_A_PAIR.items() if name in names]
    if with_pair:
        with running() as started:
            for of_pair in with_pair:
                async for counts in of_pair(sizes, started):
                    yield counts
    for name, alone in ALONE.items():
        if name in names:
            async for counts in alone(sizes):
                yield counts


async def _print(names: list[str], sizes: Sizes) -> bool:
    is_well = True
    async for counts in rows(names, sizes):
        print(counts.line(), flush=True)
        is_well = is_well and counts.is_well
    return is_well


def main() -> int:
    """Print the table; the exit code says whether all is as it must be."""
    known = [*ON_A_PAIR, *ALONE]
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(known)}")
    wanted.add_argument("--quick", action="store_true", help="little of each")
    given = wanted.parse_args()
    if unknown := set(given.names) - set(known):
        wanted.error(f"unknown: {', '.join(sorted(unknown))}")
    return 0 if asyncio.run(_print(given.names or known, QUICK if given.quick else Sizes())) else 1


if __name__ == "__main__":
    sys.exit(main())
