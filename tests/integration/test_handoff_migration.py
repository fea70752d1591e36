"""The migration makes exactly the tables that the handoff uses, and keeps what the vault holds."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot.clock import utc_now
from bot.database import engine, writing
from bot.handoff.tables import metadata
from bot.handoff.vault import ContactVault
from bot.migrations import downgrade, upgrade


def test_the_migrated_tables_are_those_of_the_code(migrated: Engine) -> None:
    with migrated.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [d for d in differences if d[0] not in ("remove_table", "remove_index")] == []


def test_the_migration_can_be_undone(migrated: Engine) -> None:
    downgrade(migrated, "0002")
    assert set(metadata.tables) & set(inspect(migrated).get_table_names()) == {"contact_vault"}
    assert "request_id" not in [column["name"] for column in inspect(migrated).get_columns("contact_vault")]


def test_what_the_vault_held_before_is_still_there(database_url: str) -> None:
    bound = engine(database_url)
    upgrade(bound, "0002")
    with writing(bound) as connection:
        columns = "conversation_id, token, sealed, expires_at"
        insert = sa.text(f"INSERT INTO contact_vault ({columns}) VALUES ('c', 'phone-1', :sealed, :until)")
        connection.execute(insert, {"sealed": b"x", "until": utc_now() + timedelta(hours=1)})
    upgrade(bound)
    assert ContactVault(bound, "a secret for tests only").keep("c", "phone", "+14035550110") == "phone-2"
    bound.dispose()
