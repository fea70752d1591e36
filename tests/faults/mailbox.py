"""A mail server that keeps what arrives, and takes its time about it, so that a kill can fall in between."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

from aiosmtpd.smtp import SMTP


@dataclass(frozen=True)
class Arrived:
    """One mail, as it came."""

    reference: str
    message_id: str
    attempt: int


@dataclass
class Mailbox:
    """What has arrived. ``slowness`` is the longest that each stage takes, in seconds."""

    slowness: float
    arrived: list[Arrived] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        await self._take_time()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.original_content)
        reference = str(mail["Subject"]).removeprefix("Request ")
        self.arrived.append(Arrived(reference, str(mail["Message-ID"]), int(mail["X-Tandem-Attempt"])))
        await self._take_time()  # it is here, and the sender does not know it yet
        return "250 OK"

    async def _take_time(self) -> None:
        await asyncio.sleep(random.uniform(0, self.slowness))

    @property
    def references(self) -> set[str]:
        """What requests the mails are about."""
        return {mail.reference for mail in list(self.arrived)}


@contextmanager
def open_mailbox(slowness: float) -> Iterator[Mailbox]:
    """A mailbox on a free port, in a thread of its own."""
    mailbox = Mailbox(slowness)
    loop = asyncio.new_event_loop()
    opening = loop.create_server(lambda: SMTP(mailbox, hostname="localhost", loop=loop), "127.0.0.1", 0)
    server = loop.run_until_complete(opening)
    mailbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        server.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
