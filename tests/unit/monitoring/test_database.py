"""Statements are timed by their first word; one that fails is counted by its kind."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.database import engine, writing
from bot.monitoring.database import kind_of, measure_statements
from bot.monitoring.instruments import Instruments
from tests.unit.monitoring.conftest import Read


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SELECT 1", "SELECT"),
        ("  insert into events values (1)", "INSERT"),
        ("BEGIN IMMEDIATE", "BEGIN"),
        ("SELECT\n1", "other"),
        ("", "other"),
    ],
)
def test_a_statement_is_known_by_its_first_word(statement: str, kind: str) -> None:
    assert kind_of(statement) == kind


def test_every_statement_is_timed(migrated: Engine, instruments: Instruments, read: Read) -> None:
    measure_statements(instruments, migrated)
    with writing(migrated) as connection:
        connection.execute(sa.text("SELECT version_num FROM alembic_version"))

    assert read("tandem_database_seconds_count", statement="SELECT") == 1.0


def test_a_statement_that_fails_is_counted_by_its_kind(migrated: Engine, instruments: Instruments, read: Read) -> None:
    measure_statements(instruments, migrated)
    with pytest.raises(DBAPIError) as failed, writing(migrated) as connection:
        connection.execute(sa.text("SELECT nothing FROM nowhere"))

    assert read("tandem_database_errors_total", kind=type(failed.value.orig).__name__) == 1.0


def test_a_database_that_does_not_answer_is_counted(instruments: Instruments, read: Read) -> None:
    away = engine("postgresql://nobody@127.0.0.1:1/none")
    measure_statements(instruments, away)
    with pytest.raises(DBAPIError), away.connect():
        pass

    assert read("tandem_database_errors_total", kind="OperationalError") == 1.0
