"""Sends the mails about requests over SMTP, with TLS wherever the server offers it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import tzinfo
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from bot.handoff.delivery.mail_text import mail_of
from bot.handoff.delivery.notifier import DeliveryError
from bot.handoff.types import Notice

SECONDS = 15.0
"""How long the server may take for each step."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed in."""

    host: str
    port: int | None
    """Unless given, 465 for ``smtps`` and 25 otherwise."""
    tls_from_the_start: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def at(cls, url: str) -> MailServer:
        """Read an address such as ``smtp://user:password@mail.example:587`` or ``smtps://…``."""
        parts = urlsplit(url)
        user, password = (unquote(each) if each else None for each in (parts.username, parts.password))
        return cls(parts.hostname or "", parts.port, parts.scheme == "smtps", user, password)

    @property
    def is_this_machine(self) -> bool:
        """Whether nobody can listen in on the way."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


class Mail:
    """Sends one mail for each request."""

    def __init__(
        self,
        server: MailServer,
        sender: str,
        recipients: tuple[str, ...],
        clinic: str,
        zone: tzinfo,
        seconds: float = SECONDS,
    ) -> None:
        self._server = server
        self._sender = sender
        self._recipients = recipients
        self._clinic = clinic
        self._zone = zone
        self._seconds = seconds

    async def send(self, notice: Notice) -> None:
        """Hand the mail in; see ``Notifier``."""
        mail = mail_of(notice, self._sender, self._recipients, self._clinic, self._zone)
        async with self._connected() as client:
            await self._hand_in(client, mail)

    async def try_login(self) -> None:
        """Connect and log in as for a mail, and send none.

        Raises:
            DeliveryError: The server cannot be reached, or refuses.
        """
        async with self._connected():
            pass

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[SMTP]:
        client = self._client()
        try:
            await client.connect()
            await self._log_in(client)
            yield client
        except (SMTPException, OSError, ValueError) as error:
            raise DeliveryError(_problem(error), of_notice=_is_of_notice(error)) from None
        finally:
            client.close()

    def _client(self) -> SMTP:
        return SMTP(
            hostname=self._server.host,
            port=self._server.port,
            use_tls=self._server.tls_from_the_start,
            local_hostname=self._sender.rpartition("@")[2],
            timeout=self._seconds,
        )

    async def _log_in(self, client: SMTP) -> None:
        if self._server.user is None:
            return
        encrypted = client.transport is not None and client.transport.get_extra_info("sslcontext") is not None
        if not (encrypted or self._server.is_this_machine):
            raise DeliveryError("login_needs_tls")
        await client.login(self._server.user, self._server.password or "")

    async def _hand_in(self, client: SMTP, mail: EmailMessage) -> None:
        refused, _ = await client.send_message(mail, sender=self._sender, recipients=list(self._recipients))
        # From here on the server has it; whatever happens to the connection now is no failure.
        if refused:
            logger.warning("The mail server refused %d of %d recipients.", len(refused), len(self._recipients))


def _problem(error: Exception) -> str:
    """Name the kind of problem; what the server wrote stays out, for it may quote the mail."""
    if isinstance(error, SMTPRecipientsRefused):
        return f"smtp_{error.recipients[0].code}_recipients"
    if isinstance(error, SMTPResponseException):
        return f"smtp_{error.code}"
    if isinstance(error, SMTPTimeoutError | TimeoutError):
        return "timeout"
    return "disconnected" if isinstance(error, SMTPServerDisconnected) else f"connection_{type(error).__name__}"[:64]


def _is_of_notice(error: Exception) -> bool:
    """Whether the server refused this one mail for what is in it, for good."""
    return isinstance(error, SMTPDataError) and error.code >= 500
