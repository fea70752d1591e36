"""The migration makes exactly the tables that the website channel uses."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from bot.channels.tables import metadata
from bot.database import engine
from bot.migrations import downgrade, upgrade


def test_the_migrated_tables_are_those_of_the_code(tmp_path: Path) -> None:
    bound = engine(f"sqlite:///{tmp_path / 'tandem.db'}")
    upgrade(bound)
    with bound.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [d for d in differences if d[0] != "remove_table" and d[0] != "remove_index"] == []


def test_the_migration_can_be_undone(tmp_path: Path) -> None:
    bound = engine(f"sqlite:///{tmp_path / 'tandem.db'}")
    upgrade(bound, "0002")
    downgrade(bound, "0001")
    assert not set(metadata.tables) & set(inspect(bound).get_table_names())
