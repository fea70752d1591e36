"""Session tokens of the website: who holds one may go on with its conversation, and with no other."""

from __future__ import annotations

import math
import re
import secrets
import time
from collections.abc import Callable
from functools import lru_cache

import jwt

from bot.handoff.keys import derive_keys

ALGORITHM = "HS256"
AUDIENCE = "tandem-website"
LIFETIME_SECONDS = 4 * 60 * 60
LONGEST_TOKEN = 1024
CONVERSATION_BYTES = 16
_CONVERSATION = re.compile(r"[0-9a-f]{32}")
_CLAIMS = ["aud", "exp", "iat", "sub"]


class TokenError(Exception):
    """A token that is forged, expired, for another audience, or no token at all."""


class SessionTokens:
    """Issues and reads the signed tokens that carry a conversation's identity."""

    def __init__(self, secret: str, lifetime: int = LIFETIME_SECONDS, clock: Callable[[], float] = time.time) -> None:
        self._keys = derive_keys(secret, "website session tokens")
        self.lifetime = lifetime
        self._clock = clock

    def issue(self) -> str:
        """Make a token for a new conversation with an id that nobody can guess."""
        return self.sign(secrets.token_hex(CONVERSATION_BYTES))

    def sign(self, conversation: str) -> str:
        """Sign a token for ``conversation``."""
        now = int(self._clock())
        claims = {"sub": conversation, "aud": AUDIENCE, "iat": now, "exp": now + self.lifetime}
        return jwt.encode(claims, self._keys[0], algorithm=ALGORITHM)

    def read(self, token: str) -> str:
        """Return the conversation that a token stands for.

        Raises:
            TokenError: It was not signed here, has expired, or is for something else.
        """
        if len(token) > LONGEST_TOKEN:
            raise TokenError
        conversation = str(self._claims(token)["sub"])
        if not _CONVERSATION.fullmatch(conversation):
            raise TokenError
        return conversation

    def seconds_left(self, token: str) -> int:
        """How long a token will still count.

        Raises:
            TokenError: It does not count.
        """
        return self._left(self._claims(token))

    def _claims(self, token: str) -> dict[str, object]:
        # By an older key too, so that a change of keys ends nobody's conversation.
        verified = (_verified(token, key) for key in self._keys)
        claims = next((found for found in verified if found is not None), None)
        if claims is None or self._left(claims) <= 0:
            raise TokenError
        return claims

    def _left(self, claims: dict[str, object]) -> int:
        # By our own clock, so that a test can let a token expire without waiting.
        expires = claims["exp"]
        return math.ceil(expires - self._clock()) if isinstance(expires, int) else 0


@lru_cache(maxsize=1024)
def _verified(token: str, key: bytes) -> dict[str, object] | None:
    try:
        claims: dict[str, object] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False},
        )
    except (jwt.PyJWTError, ValueError, UnicodeError):
        return None
    return claims
