"""Requests in a database, and real servers to deliver them to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from sqlalchemy.engine import Engine

from bot.handoff.requests import RequestStore
from bot.handoff.vault import ContactVault
from tests.handoff import SECRET, Clock, draft
from tests.integration.handoff.servers import MailServer, Receiver, mail_server

File = Callable[[], str]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(migrated: Engine, clock: Clock) -> RequestStore:
    return RequestStore(migrated, ContactVault(migrated, SECRET, clock), clock, ways=("mail",))


@pytest.fixture
def file(store: RequestStore, migrated: Engine, clock: Clock) -> File:
    """Files one more request, of a conversation of its own; its reference."""
    vault = ContactVault(migrated, SECRET, clock)
    count = iter(range(10_000))

    def filed() -> str:
        number = next(count)
        return store.file(draft(vault, f"c{number}", f"k{number}")).reference

    return filed


@pytest_asyncio.fixture
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    started = Receiver()
    await started.start()
    yield started
    await started.stop()
