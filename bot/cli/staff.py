"""What the staff's commands share: who calls them, and the database, ready to be used."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.database import engine, refused
from bot.migrations import upgrade
from bot.settings import Settings


def who(given: str | None = None) -> str:
    """Name who calls, for the audit: as they say, or their account."""
    if given and given.strip():
        return " ".join(given.split())
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return f"uid {os.getuid()}"


@contextmanager
def opened_database(settings: Settings) -> Iterator[Engine]:
    """The settings' database with every table.

    Raises:
        DatabaseError: It does not answer.
    """
    bound = engine(settings.database_url)
    try:
        upgrade(bound)
        yield bound
    except (DBAPIError, OSError) as error:
        raise refused(bound, error) from None
    finally:
        bound.dispose()
