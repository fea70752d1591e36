"""The operational tables' migrations: from nothing to the newest and back, and harmless when repeated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from bot import migrations
from bot.database import engine, reading
from bot.knowledge import models
from bot.settings import PROJECT_ROOT


@pytest.fixture
def bound(database_url: str) -> Iterator[Engine]:
    made = engine(database_url)
    yield made
    made.dispose()


def revision(bound: Engine) -> str | None:
    with reading(bound) as connection:
        found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        return found


def test_a_new_database_is_brought_up_to_the_newest_revision(bound: Engine) -> None:
    migrations.upgrade(bound)
    assert revision(bound) == migrations.newest()


def test_migrating_twice_changes_nothing(bound: Engine) -> None:
    migrations.upgrade(bound)
    tables = sa.inspect(bound).get_table_names()
    migrations.upgrade(bound)
    assert (revision(bound), sa.inspect(bound).get_table_names()) == (migrations.newest(), tables)


def test_migrations_go_all_the_way_back(bound: Engine) -> None:
    migrations.upgrade(bound)
    migrations.downgrade(bound, "base")
    assert sa.inspect(bound).get_table_names() == ["alembic_version"]


def test_an_unknown_revision_leaves_the_database_as_it_was(bound: Engine) -> None:
    migrations.upgrade(bound, "0001")
    with pytest.raises(Exception, match="9999"):
        migrations.upgrade(bound, "9999")
    assert revision(bound) == "0001"


def test_the_migrations_are_one_line_without_branches() -> None:
    config = Config()
    config.set_main_option("script_location", str(PROJECT_ROOT / "bot" / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1
    assert [r.revision for r in script.walk_revisions()][-1] == "0001"


def test_the_knowledge_is_not_migrated(bound: Engine) -> None:
    migrations.upgrade(bound)
    assert set(sa.inspect(bound).get_table_names()) & set(models.metadata.tables) == set()


def test_the_newest_revision_is_alembic_s_own_head() -> None:
    assert ScriptDirectory.from_config(migrations._config()).get_current_head() == migrations.newest()
