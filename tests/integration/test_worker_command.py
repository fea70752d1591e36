"""The worker in processes of its own: `tandem worker` delivers, shares the work, and stops when told."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest_asyncio
from sqlalchemy.engine import Engine

from bot.handoff.requests import RequestStore
from bot.handoff.vault import ContactVault
from bot.settings import PROJECT_ROOT
from tests.handoff import SECRET, draft
from tests.integration.handoff.servers import MailServer, mail_server

SECONDS = 600


@pytest_asyncio.fixture
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


def started(folder: Path, url: str, **settings: str) -> subprocess.Popen[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TANDEM_", "COV_"))}
    own = {"TANDEM_DATABASE_URL": url, "TANDEM_DATA_DIR": str(folder), "TANDEM_SECRET_KEY": SECRET}
    command = [str(PROJECT_ROOT / ".venv" / "bin" / "tandem"), "worker"]
    env = {**inherited, **own, **settings}
    return subprocess.Popen(command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def stopped(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=SECONDS)
    return process.returncode, out, err


async def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, "It did not happen in time."
        await asyncio.sleep(0.05)


async def test_two_workers_share_the_work_and_stop_when_told(
    migrated: Engine, migrated_url: str, mail: MailServer, tmp_path: Path
) -> None:
    vault = ContactVault(migrated, SECRET)
    store = RequestStore(migrated, vault, ways=("mail",))
    settings = {"TANDEM_SMTP_URL": mail.url, "TANDEM_MAIL_TO": "desk@clinic.example"}
    workers = [started(tmp_path, migrated_url, **settings) for _ in range(2)]
    said = [await asyncio.to_thread(process.stdout.readline) for process in workers if process.stdout]
    references = [store.file(draft(vault, f"c{n}", f"k{n}")).reference for n in range(20)]
    await until(lambda: not store.listed("waiting"))
    ended = [stopped(process) for process in workers]
    assert sorted(str(mail["Subject"]) for mail in mail.mails) == sorted(f"Request {each}" for each in references)
    assert said == ["Delivering requests by mail (Ctrl-C stops it)\n"] * 2
    assert ended == [(0, "", "")] * 2


async def test_without_a_mail_server_a_request_is_said_on_the_console(
    migrated: Engine, migrated_url: str, tmp_path: Path
) -> None:
    vault = ContactVault(migrated, SECRET)
    store = RequestStore(migrated, vault)
    reference = store.file(draft(vault)).reference
    process = started(tmp_path, migrated_url)
    await until(lambda: not store.listed("waiting"))
    code, out, err = stopped(process)
    assert (code, err) == (0, "")
    assert f"A request waits: {reference} (tandem handoffs show {reference})\n" in out


async def test_a_database_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    process = started(tmp_path, "postgresql+psycopg2://nobody:secret@127.0.0.1:1/none")
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (1, "")
    assert err == "The host 127.0.0.1 of the database does not answer.\n"
