"""Keeps the contact data that people typed, under seal: for a short time, or as long as the request it went into.

Nobody else needs it: Rasa, its tracker and the logs see the token only.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy.engine import Connection, Engine

from bot.clock import utc_now
from bot.database import reading, writing
from bot.handoff.errors import ForgottenError
from bot.handoff.keys import derive_keys
from bot.handoff.senders import SenderNames
from bot.handoff.tables import contact_vault as vault

Kind = Literal["phone", "email", "name", "time", "note"]
LIFETIME = timedelta(hours=4)
"""As long as a session token: without one nobody can ask for the data any more."""


@dataclass(frozen=True)
class Kept:
    """One value of the vault."""

    conversation: str
    token: str
    value: str | None = field(repr=False)
    """None where no present key opens it."""
    expires_at: datetime
    request_id: int | None


class ContactVault:
    """Sealed contact data, found by conversation and token."""

    def __init__(self, bound: Engine, secret: str, clock: Callable[[], datetime] = utc_now) -> None:
        self._bound = bound
        boxes = [Fernet(urlsafe_b64encode(key)) for key in derive_keys(secret, "contact vault")]
        self._newest = boxes[0]
        self._box = MultiFernet(boxes)
        self._clock = clock
        self.senders = SenderNames(secret)
        """Under which conversation's name somebody writes by SMS."""

    def keep(self, conversation: str, kind: Kind, value: str) -> str:
        """Seal a value; its token, such as ``phone-1``, the same again for the same value."""
        with writing(self._bound) as connection:
            self._forget_expired(connection)
            kept = self._opened(connection, vault.c.conversation_id == conversation, vault.c.request_id.is_(None))
            same = (token for token, old in kept.items() if old == value and token.startswith(kind))
            return next(same, None) or self._add(connection, conversation, kind, value)

    def hold(self, connection: Connection, conversation: str, kind: Kind, value: str, until: datetime) -> None:
        """Keep the only value of its kind until a moment, within a transaction; kept already, it is kept for longer."""
        this = (vault.c.conversation_id == conversation, vault.c.token == f"{kind}-1")
        held = {"sealed": self._box.encrypt(value.encode()), "expires_at": until}
        if not connection.execute(sa.update(vault).where(*this).values(held)).rowcount:
            connection.execute(sa.insert(vault).values(conversation_id=conversation, token=f"{kind}-1", **held))

    def redeem(self, conversation: str, token: str) -> str | None:
        """The value behind a token of this conversation, while it is kept."""
        with reading(self._bound) as connection:
            return self._value(connection, conversation, token)

    def read(self, connection: Connection, conversation: str, token: str) -> str | None:
        """Like ``redeem``, within a transaction."""
        return self._value(connection, conversation, token)

    def known(self, conversation: str) -> dict[str, str]:
        """All that is kept for a conversation, by token, whether it went into a request or not."""
        with reading(self._bound) as connection:
            return self._opened(connection, vault.c.conversation_id == conversation)

    def forget(self, conversation: str) -> None:
        """Delete all that was kept for a conversation, but for what went into a request."""
        waiting = sa.and_(vault.c.conversation_id == conversation, vault.c.request_id.is_(None))
        with writing(self._bound) as connection:
            connection.execute(sa.delete(vault).where(waiting))

    def promote(
        self, connection: Connection, conversation: str, tokens: Iterable[str], request_id: int, until: datetime
    ) -> dict[str, str]:
        """Give the values behind ``tokens`` to a request, within its transaction.

        Returns:
            The request's own tokens, by those given: a value that belongs to an earlier request is sealed again.

        Raises:
            ForgottenError: A value is no longer kept.
        """
        own = {token: self._of_its_own(connection, conversation, token) for token in tokens}
        mine = sa.and_(vault.c.conversation_id == conversation, vault.c.token.in_(own.values()))
        connection.execute(sa.update(vault).where(mine).values(request_id=request_id, expires_at=until))
        return own

    def forget_of_request(self, connection: Connection, request_id: int, but: Collection[str]) -> None:
        """Delete the values of a request but for those of some tokens, within a transaction."""
        others = sa.and_(vault.c.request_id == request_id, vault.c.token.not_in(but))
        connection.execute(sa.delete(vault).where(others))

    def of_request(self, connection: Connection, request_id: int) -> dict[str, str]:
        """The values of a request by token, within a transaction; empty where no key opens one."""
        return self._opened(connection, vault.c.request_id == request_id)

    def everything(self, connection: Connection, *which: Any) -> list[Kept]:
        """All that is kept, or what the conditions say of it, opened, expired or not, within a transaction."""
        rows = connection.execute(sa.select(vault).where(*which).order_by(vault.c.id))
        return [
            Kept(row.conversation_id, row.token, self._open(row.sealed) or None, row.expires_at, row.request_id)
            for row in rows
        ]

    def reseal(self) -> int:
        """Seal anew, with the newest key, what older keys sealed; how many values that were."""
        with writing(self._bound) as connection:
            rows = connection.execute(sa.select(vault.c.id, vault.c.sealed)).all()
            old = [row for row in rows if not _opens(self._newest, row.sealed) and _opens(self._box, row.sealed)]
            for row in old:
                rotated = self._box.rotate(row.sealed)
                connection.execute(sa.update(vault).where(vault.c.id == row.id).values(sealed=rotated))
            return len(old)

    def _forget_expired(self, connection: Connection) -> None:
        connection.execute(sa.delete(vault).where(vault.c.expires_at <= self._clock()))

    def _opened(self, connection: Connection, *which: object) -> dict[str, str]:
        rows = connection.execute(
            sa.select(vault.c.token, vault.c.sealed).where(*which, vault.c.expires_at > self._clock())
        )
        return {row.token: self._open(row.sealed) for row in rows}

    def _value(self, connection: Connection, conversation: str, token: str) -> str | None:
        this = (vault.c.conversation_id == conversation, vault.c.token == token)
        return self._opened(connection, *this).get(token)

    def _open(self, sealed: bytes) -> str:
        try:
            return self._box.decrypt(sealed).decode()
        except InvalidToken:
            return ""  # sealed under a key that was since taken away

    def _of_its_own(self, connection: Connection, conversation: str, token: str) -> str:
        value = self._value(connection, conversation, token)
        if not value:
            raise ForgottenError
        taken = sa.select(vault.c.request_id).where(vault.c.conversation_id == conversation, vault.c.token == token)
        if connection.execute(taken).scalar() is None:
            return token
        return self._add(connection, conversation, token.rpartition("-")[0], value)

    def _add(self, connection: Connection, conversation: str, kind: str, value: str) -> str:
        token = _next(connection, conversation, kind)
        connection.execute(
            sa.insert(vault).values(
                conversation_id=conversation,
                token=token,
                sealed=self._box.encrypt(value.encode()),
                expires_at=self._clock() + LIFETIME,
            )
        )
        return token


def _next(connection: Connection, conversation: str, kind: str) -> str:
    alike = vault.c.token.like(f"{kind}-%")
    tokens = connection.execute(sa.select(vault.c.token).where(vault.c.conversation_id == conversation, alike))
    numbers = [int(token.rpartition("-")[2]) for token in tokens.scalars()]
    return f"{kind}-{max(numbers, default=0) + 1}"


def _opens(box: Fernet | MultiFernet, sealed: bytes) -> bool:
    try:
        box.decrypt(sealed)
    except InvalidToken:
        return False
    return True
