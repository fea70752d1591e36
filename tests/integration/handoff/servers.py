"""A real mail server and a real webhook receiver, each of which can be told to fail in every way."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.waiting import hang


@dataclass
class MailServer:
    """An SMTP server. ``fault`` is a stage and what happens there: a reply, ``drop`` or ``hang``.

    The stages are greeting, ehlo, mail, rcpt, data (the content has arrived; it is kept or not) and quit.
    """

    fault: tuple[str, str] | None = None
    keeps_what_it_fails: bool = False
    mails: list[Message] = field(default_factory=list)
    logins: list[LoginPassword] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    port: int = 0
    connections: int = 0
    _server: asyncio.AbstractServer | None = None
    _options: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def start(self, tls: ssl.SSLContext | None = None, **options: Any) -> None:
        self._options = options or self._options
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, "127.0.0.1", self.port, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections from now on; ``start`` opens the same port again."""
        if self._server:
            self._server.close()
            await self._server.wait_closed()

    def _connection(self) -> SMTP:
        self.connections += 1
        return _FaultySMTP(self, hostname="mail.clinic.example", **self._options)

    async def reached(self, stage: str, server: SMTP) -> str | None:
        """What to reply at a stage where the server fails."""
        if self.fault is None or self.fault[0] != stage:
            return None
        what = self.fault[1]
        if what == "drop":
            server.transport.abort()
        elif what == "hang":
            await hang()
        return what

    # What aiosmtpd calls.
    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        failure = await self.reached("ehlo", server)
        return [failure] if failure else responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self.reached("mail", server) or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("unknown@"):
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return await self.reached("rcpt", server) or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        fails = self.fault is not None and self.fault[0] == "data"
        if not fails or self.keeps_what_it_fails:
            self.mails.append(message_from_bytes(envelope.original_content or b""))
            self.recipients.append(list(envelope.rcpt_tos))
            self.encrypted.append(session.ssl is not None)
        return await self.reached("data", server) or "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return await self.reached("quit", server) or "221 Bye"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.logins.append(data)
        return AuthResult(success=data.password == b"p@ss", handled=False)


class _FaultySMTP(SMTP):
    def __init__(self, mail_server: MailServer, **options: Any) -> None:
        if options.get("auth_required"):
            options["authenticator"] = mail_server.authenticate
        super().__init__(mail_server, loop=asyncio.get_running_loop(), **options)
        self._mail_server = mail_server

    async def push(self, status: str | bytes) -> None:
        text = status if isinstance(status, str) else status.decode()
        if text.startswith("220 mail.clinic.example"):
            text = await self._mail_server.reached("greeting", self) or text
        await super().push(text)


@dataclass
class Receiver:
    """A webhook's receiver. ``fault`` is a status, ``drop`` (the request has arrived) or ``hang``."""

    fault: int | str | None = None
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0
    _server: asyncio.AbstractServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
            await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.requests.append((headers, body))
        if self.fault == "hang":
            await hang()
        if self.fault != "drop":
            location = "Location: /elsewhere\r\n" if self.fault == 302 else ""
            writer.write(f"HTTP/1.1 {self.fault or 200} X\r\n{location}Content-Length: 0\r\n\r\n".encode())
            await writer.drain()
        writer.close()


@asynccontextmanager
async def mail_server(**options: Any) -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start(**options)
    yield server
    await server.stop()
