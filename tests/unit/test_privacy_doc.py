"""docs/privacy.md says what the database, the settings and the code say."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

from bot.database import engine
from bot.handoff.retention import Periods
from bot.handoff.tables import metadata
from bot.handoff.vault import LIFETIME
from bot.knowledge import models
from bot.settings import PROJECT_ROOT, Settings

TEXT = (PROJECT_ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
STORED = TEXT.partition("## What is stored where")[2].partition("\n## ")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in STORED.splitlines() if line[:3] == "| `"]


def row_of(table: str) -> list[str]:
    (row,) = (row for row in ROWS if f"`{table}`" in row[0])
    return row


def test_every_table_of_the_database_is_listed_and_no_other(migrated_file: Path) -> None:
    bound = engine(f"sqlite:///{migrated_file}")
    there = {*sa.inspect(bound).get_table_names(), SQLTrackerStore.SQLEvent.__tablename__}
    listed = {name for row in ROWS for name in re.findall(r"`(\w+)`", row[0])}
    assert listed == {name for name in there if not name.startswith("knowledge_")}
    assert all(name.startswith("knowledge_") for name in models.metadata.tables)


def test_only_the_vault_is_called_encrypted_and_it_holds_the_only_sealed_column() -> None:
    sealed = {table.name for table in metadata.tables.values() for c in table.c if isinstance(c.type, sa.LargeBinary)}
    assert sealed == {"contact_vault"}
    assert [row[0] for row in ROWS if "**encrypted**" in row[1]] == ["`contact_vault`"]


def test_the_days_are_those_of_the_settings() -> None:
    settings = Settings.from_environment({})
    assert Periods.of(settings) == Periods()
    conversations, requests = row_of("website_turns")[2], row_of("handoff_requests")[2]
    assert conversations.startswith(f"{settings.retention_days} days") and "`TANDEM_RETENTION_DAYS`" in conversations
    assert requests.startswith(f"{settings.request_retention_days} days")
    assert "`TANDEM_REQUEST_RETENTION_DAYS`" in requests


def test_the_vault_s_hours_are_those_of_the_code() -> None:
    hours = LIFETIME.total_seconds() / 3600
    assert row_of("contact_vault")[2].startswith(f"{hours:.0f} hours;")
    assert f"until the next purge {hours:.0f} hours later" in row_of("website_conversations")[2]
    assert f"After {hours:.0f} hours, when no session of the old key is left" in TEXT


def test_it_can_be_read_in_a_few_minutes() -> None:
    assert len(re.findall(r"\w+", TEXT)) < 900
