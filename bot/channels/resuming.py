"""The cookie that takes a conversation up again where the browser keeps nothing else for the chat's frame.

Only the opening of a session reads it, and only for a page of an allowed origin: every other call needs the token.
It is partitioned (another site never gets it), no script sees it, and the browser drops it when it is closed.
"""

from __future__ import annotations

import re

PATH = "/webhooks/website/session"
_ATTRIBUTES = f"Path={PATH}; HttpOnly; Secure; SameSite=None; Partitioned"
_KEPT = re.compile(r"(?:^|;\s*)tandem-session=([\w.-]+)")


def kept_token(cookies: str) -> str | None:
    """The token in a ``Cookie`` header, unchecked."""
    found = _KEPT.search(cookies)
    return found[1] if found else None


def keep(token: str) -> dict[str, str]:
    """The header that has the browser keep a token until it is closed."""
    return {"Set-Cookie": f"tandem-session={token}; {_ATTRIBUTES}"}


def forget() -> dict[str, str]:
    """The header that has the browser drop what it kept."""
    return {"Set-Cookie": f"tandem-session=; Max-Age=0; {_ATTRIBUTES}"}
