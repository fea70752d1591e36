"""Numbers and addresses that people write while everything fails: none may stand in a log, a metric or an error."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import aiohttp
import httpx

from cluster.replicas import Replica
from cluster.running import Running, free_ports, settings_for
from tests.faults import database_trials, sqlite_trials
from tests.faults.callers import Caller, Sent, client
from tests.faults.cluster_trials import Counts
from tests.faults.sqlite_trials import Fault

USERS = 10
PAUSE = 1.05
OF_EACH = 2
"""Identifiers in each message."""


def planted(count: int) -> Iterator[tuple[str, list[str]]]:
    """Messages, and what of each must be seen nowhere."""
    for number in range(count // OF_EACH):
        phone, mail = f"587555{number:04d}", f"planted{number:04d}@clinic.example"
        dashed = f"{phone[:3]}-{phone[3:6]}-{phone[6:]}"
        yield f"is botox first? call {dashed} or write to {mail}", [phone, dashed, mail, f"planted{number:04d}"]


async def run(started: Running, count: int) -> Counts:
    """People write identifiers while the database is killed, restarted and frozen."""
    faults = (
        partial(database_trials.kill_backends, started.database_url, 5),
        partial(database_trials.restart, started.database, "fast", 1),
        partial(database_trials.restart, started.database, "immediate", 1),
        partial(database_trials.freeze, started.database, 10.0),
    )
    said, sent = await _written(started.replicas, faults, count)
    logs = [*started.folder.rglob("*.txt"), *started.folder.glob("nginx/*.log"), started.database.log]
    return _judged("PostgreSQL", started.replicas, logs, said, sent)


async def embedded(folder: Path, count: int) -> Counts:
    """People write identifiers while the file is locked, read-only or gone, and its disk full, then broken."""
    port, metrics_port = free_ports(2)
    with sqlite_trials.small_disk(folder / "disk") as disk:
        file = disk / "tandem.db"
        environment = settings_for(f"sqlite:///{file}", port, TANDEM_TRUSTED_PROXIES="", TANDEM_LOG_LEVEL="DEBUG")
        replica = Replica(port, folder / "bot", environment, metrics_port)
        replica.launch()
        try:
            await asyncio.to_thread(replica.wait)
            faults = (
                partial(sqlite_trials.locked, file, 8),
                partial(sqlite_trials.filled, disk, 5),
                partial(sqlite_trials.unwritable, file, 5),
                partial(sqlite_trials.deleted, file, 5),
                partial(sqlite_trials.broken, disk, 5),
            )
            said, sent = await _written([replica], faults, count)
            return _judged("SQLite", [replica], [replica.log], said, sent)
        finally:
            await asyncio.to_thread(replica.stop)


async def _written(replicas: Sequence[Replica], faults: Iterable[Fault], count: int) -> tuple[list[str], list[Sent]]:
    """What people wrote that must be seen nowhere, and what they were told, while one fault followed another."""
    messages = planted(count)
    said: list[str] = []
    sent: list[Sent] = []
    async with client() as http:
        urls = [replicas[n % len(replicas)].url for n in range(USERS)]
        talks = [asyncio.create_task(_talk(http, url, messages, said, sent)) for url in urls]
        for fault in faults:
            await fault()
        await asyncio.gather(*talks)
    return said, sent


def _judged(
    database: str, replicas: Sequence[Replica], logs: Iterable[Path], said: list[str], sent: list[Sent]
) -> Counts:
    written = [_text(file) for file in logs]
    refused = [str(answer.body) for answer in sent if not answer.is_answered]
    shown = [httpx.get(f"http://127.0.0.1:{each.metrics_port}/metrics", trust_env=False).text for each in replicas]
    told = {
        "identifiers": len(sent) * OF_EACH,
        "messages": len(sent),
        "not answered": len(refused),
        "log lines": sum(len(text.splitlines()) for text in written),
    }
    wrong = {"in logs": _seen(said, written), "in metrics": _seen(said, shown), "in error pages": _seen(said, refused)}
    return Counts(f"identifiers under fault, {database}", told, wrong)


async def _talk(
    http: aiohttp.ClientSession, url: str, messages: Iterator[tuple[str, list[str]]], said: list[str], sent: list[Sent]
) -> None:
    caller = Caller(http)
    for text, names in messages:
        said += names
        sent.append(await caller.say(url, text))
        await asyncio.sleep(PAUSE)


def _seen(said: list[str], texts: list[str]) -> int:
    return sum(each in text for each in said for text in texts)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
