"""What people see while PostgreSQL is killed, restarted and frozen under them, and what is kept of it afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import psycopg2

from cluster.postgresql import Cluster
from tests.faults.callers import RED_FLAGS, Sent, kept, talk
from tests.faults.cluster_trials import Counts

USERS = 20
PAUSE = 1.05
REST = 6.0
"""Seconds between two restarts, in which people write as ever."""
LONGEST = 8.0
"""Seconds after which nobody may be without an answer or an apology."""
Fault = Callable[[], Awaitable[None]]


async def under(
    title: str, urls: Sequence[str], database_url: str, fault: Fault, most_sorry: float | None = None
) -> Counts:
    """People write while something happens to the database; then it rests, and what is kept is counted."""
    ended = False
    talks = [asyncio.create_task(talk(urls[n % len(urls)], PAUSE, lambda: ended, n)) for n in range(USERS)]
    urgent = asyncio.create_task(talk(urls[0], PAUSE, lambda: ended, USERS, RED_FLAGS))
    await asyncio.sleep(REST / 2)
    await fault()
    await asyncio.sleep(REST)
    ended = True
    sent = [each for said in await asyncio.gather(*talks) for each in said]
    flags = await urgent
    await asyncio.sleep(REST)  # for what is kept in the background
    counts = judged(title, sent, database_url, most_sorry)
    counts.wrong[f"of {len(flags)} red flags without their text"] = sum(not each.is_alarm for each in flags)
    return counts


def judged(title: str, sent: Sequence[Sent], database_url: str, most_sorry: float | None = None) -> Counts:
    """The counts of what was sent."""
    held, sorry = kept(database_url), sum(each.is_sorry for each in sent)
    share = sorry / len(sent) if sent else 0.0
    told = {
        "turns": len(sent),
        "answered": sum(each.is_answered for each in sent),
        "apologised": f"{sorry} ({share:.1%})",
        "told to wait": sum(each.status == 429 for each in sent),
        "longest": f"{max(each.seconds for each in sent):.1f} s",
    }
    wrong = {
        "answers missing": len(held.missing(sent)),
        "trackers wrong": len(held.miscounted(sent)),
        "silent": sum(each.is_silent for each in sent),
        "bare errors": sum(each.status >= 500 for each in sent),
        "later than 8 s": sum(each.seconds > LONGEST for each in sent),
        "apologised too often": int(most_sorry is not None and share > most_sorry),
    }
    return Counts(title, told, wrong)


async def kill_backends(database_url: str, count: int) -> None:
    """Kill one connection's server process after another, whichever it is."""
    for _ in range(count):
        await asyncio.to_thread(_kill_one, database_url)
        await asyncio.sleep(0.5)


async def restart(database: Cluster, mode: str, count: int) -> None:
    """Stop and start the server, again and again."""
    for _ in range(count):
        await asyncio.to_thread(database.stop, mode)
        await asyncio.to_thread(database.start)
        await asyncio.sleep(REST)


async def freeze(database: Cluster, seconds: float) -> None:
    """Let no process of the server do anything for a while."""
    pids = database.pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    await asyncio.sleep(seconds)
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


def faults(
    database: Cluster, database_url: str, kills: int, restarts: int, frozen: float
) -> list[tuple[str, Fault, float | None]]:
    """Every fault, with the share of turns that may be apologised for where there is one."""
    return [
        (f"PostgreSQL: {kills} connections killed", partial(kill_backends, database_url, kills), None),
        (f"PostgreSQL: {restarts} fast restarts", partial(restart, database, "fast", restarts), 0.05),
        (f"PostgreSQL: {restarts} immediate restarts", partial(restart, database, "immediate", restarts), None),
        (f"PostgreSQL: frozen for {frozen:.0f} s", partial(freeze, database, frozen), None),
    ]


def _kill_one(database_url: str) -> None:
    connection = psycopg2.connect(database_url)
    connection.autocommit = True
    others = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({others} ORDER BY random() LIMIT 1) AS one")
    connection.close()
