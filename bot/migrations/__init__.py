"""The operational tables' migrations: conversations, requests, whatever must outlive an update.

The knowledge is not migrated: it is rebuilt from its files (see ``bot.knowledge.load``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.database import take_turns, writing

# Alembic is imported only where there is something to migrate: it takes longer than the question whether there is.
if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent
JOB = 7_263_361
"""Any fixed number, for ``take_turns``."""


def upgrade(bound: Engine, revision: str = "head") -> None:
    """Bring the database's operational tables up to ``revision``, in one transaction."""
    if revision == "head" and current(bound) == newest():
        return
    from alembic import command

    with writing(bound) as connection:
        take_turns(connection, JOB)
        command.upgrade(_config(connection), revision)


def downgrade(bound: Engine, revision: str) -> None:
    """Take the operational tables back to ``revision``, in one transaction."""
    from alembic import command

    with writing(bound) as connection:
        command.downgrade(_config(connection), revision)


def newest() -> str:
    """The revision that this version of the bot expects: a revision's file starts with its number."""
    return max(file.name.partition("_")[0] for file in _FOLDER.glob("versions/[0-9]*.py"))


def touch(connection: Connection) -> None:
    """Write the revision as it is: it changes nothing, and fails where nothing can be written."""
    connection.execute(sa.text("UPDATE alembic_version SET version_num = version_num"))


def current(bound: Engine) -> str | None:
    """The revision that the database has, or None where it was never migrated or does not answer."""
    try:
        with bound.connect() as connection:
            found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            return found
    except DBAPIError:
        return None


def _config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without an ini file: everything that it needs is known here."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
