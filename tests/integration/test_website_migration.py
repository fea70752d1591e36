"""The migration makes exactly the tables that the website channel uses."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot.channels.tables import metadata
from bot.migrations import downgrade


def test_the_migrated_tables_are_those_of_the_code(migrated: Engine) -> None:
    with migrated.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [d for d in differences if d[0] != "remove_table" and d[0] != "remove_index"] == []


def test_the_migration_can_be_undone(migrated: Engine) -> None:
    downgrade(migrated, "0001")
    assert not set(metadata.tables) & set(inspect(migrated).get_table_names())
