"""Keeps texts closed while they wait to be answered or sent; nothing else of the project can read them."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.handoff.keys import derive_keys


class Seal:
    """Closes and opens texts with keys of the bot's secret."""

    def __init__(self, secret: str) -> None:
        self._box = MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derive_keys(secret, "sms texts")])

    def close(self, text: str) -> bytes:
        """Seal a text."""
        return self._box.encrypt(text.encode("utf-8", "replace"))

    def open(self, sealed: bytes | None) -> str | None:
        """Open a text; None where there is none, or no present key opens it."""
        try:
            return self._box.decrypt(sealed).decode() if sealed is not None else None
        except InvalidToken:
            return None
