"""Tries again what a database refused for a moment: for seconds, because a server that restarts needs seconds.

Only work that may be done twice belongs here: the connection may break after a commit and before it is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

SECONDS = 4.0
"""For how long a passing fault is met with another try; somebody waits for the answer."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.5
_LASTING = ("readonly database", "disk is full", "unable to open", "no such", "malformed", "not a database")
"""What SQLite says of faults that another try does not mend."""
Result = TypeVar("Result")


def persistently(work: Callable[..., Result], *args: object, seconds: float = SECONDS) -> Result:
    """Do some work, again and again while the database's fault may pass; then raise its last error."""
    until, pause = time.monotonic() + seconds, FIRST_PAUSE
    while True:
        try:
            return work(*args)
        except DBAPIError as error:
            if not is_passing(error) or time.monotonic() + pause > until:
                raise
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def is_passing(error: DBAPIError) -> bool:
    """Whether the same may go well in a moment: a connection that broke, a server that restarts, a lock."""
    if error.connection_invalidated:
        return True
    told = str(error.orig)
    return isinstance(error, (OperationalError, InterfaceError)) and not any(sign in told for sign in _LASTING)
