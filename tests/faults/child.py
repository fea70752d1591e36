"""What is killed: a process that files requests and delivers them, as the served process does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from multiprocessing.connection import Connection
from zoneinfo import ZoneInfo

from bot.database import engine
from bot.handoff.delivery.mail import Mail, MailServer
from bot.handoff.outbox import Outbox
from bot.handoff.requests import RequestStore
from bot.handoff.vault import ContactVault
from bot.handoff.worker import Worker
from tests.handoff import SECRET, draft

LEASE = timedelta(seconds=0.25)
"""Longer than a try takes here, and short enough to see the next process take over."""


def live(url: str, port: int, keys: Sequence[str], said: Connection) -> None:
    """File a request for each key, saying its reference when it is confirmed, and deliver until killed."""
    asyncio.run(_live(url, port, keys, said))


async def _live(url: str, port: int, keys: Sequence[str], said: Connection) -> None:
    bound = engine(url)
    vault = ContactVault(bound, SECRET)
    store = RequestStore(bound, vault, ways=("mail",))
    server = MailServer.at(f"smtp://127.0.0.1:{port}")
    mail = Mail(server, "chat@clinic.example", ("desk@clinic.example",), "Demo Clinic", ZoneInfo("UTC"), seconds=5)
    box = Outbox(bound, lease=LEASE, backoff=lambda _: timedelta(milliseconds=50))
    drafts = [draft(vault, key, key) for key in keys]
    Worker(box, {"mail": mail}, idle_seconds=0.005).start()
    said.send(("started", ""))
    for each in drafts:
        filed = await asyncio.to_thread(store.file, each)
        said.send((each.key, filed.reference))
    await asyncio.Event().wait()
