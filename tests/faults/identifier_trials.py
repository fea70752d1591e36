"""Numbers, addresses and names that people write while everything fails: none may stand in a log or an error."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import aiohttp

from cluster.running import Running
from tests.faults import database_trials
from tests.faults.callers import Caller, Sent, client
from tests.faults.cluster_trials import Counts

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
    """People write identifiers while the database is killed, restarted and frozen, and replicas die."""
    messages = iter(list(planted(count)))
    said: list[str] = []
    sent: list[Sent] = []
    urls = [replica.url for replica in started.replicas]
    async with client() as http:
        talks = [asyncio.create_task(_talk(http, urls[n % 2], messages, said, sent)) for n in range(USERS)]
        for fault in (
            partial(database_trials.kill_backends, started.database_url, 5),
            partial(database_trials.restart, started.database, "fast", 1),
            partial(database_trials.restart, started.database, "immediate", 1),
            partial(database_trials.freeze, started.database, 10.0),
        ):
            await fault()
        await asyncio.gather(*talks)
    return _judged(started, said, sent)


def _judged(started: Running, said: list[str], sent: list[Sent]) -> Counts:
    logs = [*started.folder.rglob("*.txt"), *started.folder.glob("nginx/*.log"), started.database.log]
    written = [_text(file) for file in logs]
    refused = [str(answer.body) for answer in sent if not answer.is_answered]
    told = {
        "identifiers": len(sent) * OF_EACH,
        "messages": len(sent),
        "not answered": len(refused),
        "log lines": sum(len(text.splitlines()) for text in written),
    }
    wrong = {"in logs": _seen(said, written), "in error pages": _seen(said, refused)}
    return Counts("identifiers under fault", told, wrong)


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
