"""Keeps the contact data that people typed, sealed and for a short time, until the request form asks for it.

Nobody else needs it: Rasa, its tracker and the logs see the token only.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.engine import Connection, Engine

from bot.clock import utc_now
from bot.database import reading, writing
from bot.handoff.keys import derive_key
from bot.handoff.tables import contact_vault as vault

Kind = Literal["phone", "email", "name", "time", "note"]
LIFETIME = timedelta(hours=4)
"""As long as a session token: without one nobody can ask for the data any more."""


class ContactVault:
    """Sealed contact data, found by conversation and token."""

    def __init__(self, bound: Engine, secret: str, clock: Callable[[], datetime] = utc_now) -> None:
        self._bound = bound
        self._box = Fernet(urlsafe_b64encode(derive_key(secret, "contact vault")))
        self._clock = clock

    def keep(self, conversation: str, kind: Kind, value: str) -> str:
        """Seal a value; its token, such as ``phone-1``, the same again for the same value."""
        with writing(self._bound) as connection:
            self._forget_expired(connection)
            kept = self._opened(connection, conversation)
            same = (token for token, old in kept.items() if old == value and token.startswith(kind))
            return next(same, None) or self._add(connection, conversation, _next(kind, kept), value)

    def redeem(self, conversation: str, token: str) -> str | None:
        """The value behind a token of this conversation, while it is kept."""
        with reading(self._bound) as connection:
            return self._opened(connection, conversation).get(token)

    def forget(self, conversation: str) -> None:
        """Delete all that was kept for a conversation."""
        with writing(self._bound) as connection:
            connection.execute(sa.delete(vault).where(vault.c.conversation_id == conversation))

    def _forget_expired(self, connection: Connection) -> None:
        connection.execute(sa.delete(vault).where(vault.c.expires_at <= self._clock()))

    def _opened(self, connection: Connection, conversation: str) -> dict[str, str]:
        rows = connection.execute(
            sa.select(vault.c.token, vault.c.sealed).where(
                vault.c.conversation_id == conversation, vault.c.expires_at > self._clock()
            )
        )
        return {row.token: self._open(row.sealed) for row in rows}

    def _open(self, sealed: bytes) -> str:
        try:
            return self._box.decrypt(sealed).decode()
        except InvalidToken:
            return ""  # sealed under a key that was since replaced

    def _add(self, connection: Connection, conversation: str, token: str, value: str) -> str:
        connection.execute(
            sa.insert(vault).values(
                conversation_id=conversation,
                token=token,
                sealed=self._box.encrypt(value.encode()),
                expires_at=self._clock() + LIFETIME,
            )
        )
        return token


def _next(kind: Kind, kept: dict[str, str]) -> str:
    numbers = [int(token.rpartition("-")[2]) for token in kept if token.startswith(kind)]
    return f"{kind}-{max(numbers, default=0) + 1}"
