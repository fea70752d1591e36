"""Engines and transactions: what every store may rely on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.database import DatabaseError, engine, reading, session_factory, writing

metadata = sa.MetaData()
thing = sa.Table("thing", metadata, sa.Column("id", sa.Integer, primary_key=True))
part = sa.Table("part", metadata, sa.Column("thing", sa.ForeignKey("thing.id"), primary_key=True))


@pytest.fixture(params=["file", "memory"])
def bound(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made = engine("sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/deep/er/a.db")
    metadata.create_all(made)
    yield made
    made.dispose()


def ids(bound: Engine) -> list[int]:
    with reading(bound) as connection:
        return list(connection.execute(sa.select(thing.c.id).order_by(thing.c.id)).scalars())


def test_a_transaction_is_kept_as_a_whole(bound: Engine) -> None:
    with writing(bound) as connection:
        connection.execute(sa.insert(thing), [{"id": 1}, {"id": 2}])
    assert ids(bound) == [1, 2]


def test_a_transaction_that_fails_leaves_nothing_not_even_a_table(bound: Engine) -> None:
    with pytest.raises(ValueError, match="half-way"), writing(bound) as connection:
        connection.execute(sa.insert(thing), [{"id": 1}])
        connection.execute(sa.text("CREATE TABLE other (id INTEGER)"))
        raise ValueError("half-way")
    assert ids(bound) == []
    assert sa.inspect(bound).get_table_names() == ["part", "thing"]


def test_sqlite_keeps_references_and_waits_for_locks(bound: Engine) -> None:
    with reading(bound) as connection:
        pragmas = [connection.execute(sa.text(f"PRAGMA {name}")).scalar() for name in ("foreign_keys", "busy_timeout")]
    assert pragmas == [1, 5000]
    with pytest.raises(sa.exc.IntegrityError), writing(bound) as connection:
        connection.execute(sa.insert(part), [{"thing": 99}])


def test_a_file_is_read_while_it_is_written(tmp_path: Path) -> None:
    bound = engine(f"sqlite:///{tmp_path}/a.db")
    metadata.create_all(bound)
    with writing(bound) as connection:
        connection.execute(sa.insert(thing), [{"id": 1}])
        assert ids(bound) == []
    assert ids(bound) == [1]


def test_a_session_commits(bound: Engine) -> None:
    with session_factory(bound)() as session:
        session.execute(sa.insert(thing), [{"id": 7}])
        session.commit()
    assert ids(bound) == [7]


@pytest.mark.parametrize("url", ["nonsense", "nosuchdatabase://host/name", "sqlite+nosuchdriver:///a.db"])
def test_an_address_that_cannot_be_opened_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(DatabaseError, match="TANDEM_DATABASE_URL names no database"):
        engine(url)
