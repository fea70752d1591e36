"""Kills the worker's process, again and again, at random moments between the "yes" and the delivered mail."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.handoff.tables import outbox, requests
from tests.faults.child import live
from tests.faults.mailbox import Mailbox
from tests.faults.report import Report

START_SECONDS = 600
DRAIN_SECONDS = 60
SOONEST, LATEST = 0.01, 0.4
"""When a process is killed, in seconds after its start: drawn evenly over the scale, not over the time, because it
files in its first hundredths of a second, and delivers what it and earlier ones filed in the tenths that follow."""
Said = dict[str, str]
# From a process that has loaded everything and does nothing else: each child is there at once, and alone.
CONTEXT = multiprocessing.get_context("forkserver")


def run(bound: Engine, mailbox: Mailbox, trials: int, tell: Callable[[int], None] = lambda _: None) -> Report:
    """Run the trials; each files a request of its own, and what an earlier one did not get confirmed."""
    CONTEXT.set_forkserver_preload(["tests.faults.child"])
    report = Report(trials=trials)
    confirmed: Said = {}
    waiting: list[str] = []
    for trial in range(trials):
        key = f"trial-{trial}"
        said = _trial(bound, mailbox, [key, *waiting])
        report.fell[_where(bound, key, said)] += 1
        _compare(bound, report, confirmed, said)
        waiting = [each for each in (*waiting, key) if each not in said]
        tell(trial + 1)
    _finish(bound, mailbox, report)
    return report


def _trial(bound: Engine, mailbox: Mailbox, keys: list[str]) -> Said:
    """One life and its end; what it confirmed."""
    with _living(bound, mailbox, keys) as hearing:
        time.sleep(SOONEST * (LATEST / SOONEST) ** random.random())
    return dict(_heard(hearing))


@contextmanager
def _living(bound: Engine, mailbox: Mailbox, keys: list[str]) -> Iterator[Connection]:
    hearing, saying = CONTEXT.Pipe(duplex=False)
    url = bound.url.render_as_string(hide_password=False)
    process = CONTEXT.Process(target=live, args=(url, mailbox.port, keys, saying), daemon=True)
    process.start()
    saying.close()
    assert hearing.poll(START_SECONDS), "The process did not start."
    assert hearing.recv()[0] == "started"
    try:
        yield hearing
    finally:
        process.kill()
        process.join()


def _heard(hearing: Connection) -> Iterator[tuple[str, str]]:
    """What was said before the end, to the last word that was said whole."""
    try:
        while True:
            yield hearing.recv()
    except (EOFError, OSError):
        hearing.close()


def _where(bound: Engine, key: str, said: Said) -> str:
    """Where the kill fell in the life of the trial's own request."""
    joined = requests.outerjoin(outbox, outbox.c.request_id == requests.c.id)
    columns = (outbox.c.attempts, outbox.c.delivered_at)
    kept = sa.select(*columns).select_from(joined).where(requests.c.idempotency_key == key)
    with bound.connect() as connection:
        row = connection.execute(kept).first()
    if row is None:
        return "1 before the request was kept"
    if row.delivered_at:
        return "5 after the delivery was noted"
    if key not in said:
        return "2 after it was kept, before it was confirmed"
    return "4 while it was delivered" if row.attempts else "3 after it was confirmed, before its delivery"


def _compare(bound: Engine, report: Report, confirmed: Said, said: Said) -> None:
    """Hold what was said against what is in the table, at once after the kill."""
    with bound.connect() as connection:
        rows = connection.execute(sa.select(requests.c.idempotency_key, requests.c.reference)).all()
    kept = {row.idempotency_key: row.reference for row in rows}
    for key, reference in said.items():
        report.confirmed.add(reference)
        if kept.get(key) != reference:
            report.confirmed_without_row.append(reference)
        if confirmed.setdefault(key, reference) != reference:
            report.confirmed_twice.append(key)


def _finish(bound: Engine, mailbox: Mailbox, report: Report) -> None:
    """Let one process live until all is delivered."""
    undelivered = sa.select(requests.c.reference).join(outbox, outbox.c.request_id == requests.c.id)
    undelivered = undelivered.where(outbox.c.delivered_at.is_(None))
    with _living(bound, mailbox, []):
        until = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < until:
            with bound.connect() as connection:
                report.undelivered = list(connection.execute(undelivered).scalars())
            if not report.undelivered:
                break
            time.sleep(0.05)
    report.note_mails(mailbox.arrived)
