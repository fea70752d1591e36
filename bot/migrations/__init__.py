"""The operational tables' migrations: conversations, requests, whatever must outlive an update.

The knowledge is not migrated: it is rebuilt from its files (see ``bot.knowledge.load``).
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from bot.database import take_turns, writing

JOB = 7_263_361
"""Any fixed number, for ``take_turns``."""


def upgrade(bound: Engine, revision: str = "head") -> None:
    """Bring the database's operational tables up to ``revision``, in one transaction."""
    with writing(bound) as connection:
        take_turns(connection, JOB)
        command.upgrade(_config(connection), revision)


def downgrade(bound: Engine, revision: str) -> None:
    """Take the operational tables back to ``revision``, in one transaction."""
    with writing(bound) as connection:
        command.downgrade(_config(connection), revision)


def newest() -> str | None:
    """The revision that this version of the bot expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without an ini file: everything that it needs is known here."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
