"""Engines and transactions: what every store may rely on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.database import (
    DatabaseError,
    durably_writing,
    engine,
    reading,
    refused,
    session_factory,
    writing,
    writing_anew,
)

metadata = sa.MetaData()
thing = sa.Table("thing", metadata, sa.Column("id", sa.Integer, primary_key=True))
part = sa.Table("part", metadata, sa.Column("thing", sa.ForeignKey("thing.id"), primary_key=True))


@pytest.fixture(params=["file", "memory", "postgresql"])
def bound(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    urls = {"file": f"sqlite:///{tmp_path}/deep/er/a.db", "memory": "sqlite://"}
    made = engine(urls.get(request.param) or request.getfixturevalue("postgresql_url"))
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
    assert sorted(sa.inspect(bound).get_table_names()) == ["part", "thing"]


def test_what_somebody_is_told_is_kept_waits_for_the_disk_and_nothing_else_does(bound: Engine) -> None:
    asked = sa.text("PRAGMA synchronous" if bound.dialect.name == "sqlite" else "SHOW synchronous_commit")
    with durably_writing(bound) as connection:
        connection.execute(sa.insert(thing), [{"id": 1}])
        assert connection.execute(asked).scalar() in (2, "on")  # 2 is FULL
    with pytest.raises(ValueError, match="half-way"), durably_writing(bound) as connection:
        connection.execute(sa.insert(thing), [{"id": 2}])
        raise ValueError("half-way")
    with writing(bound) as connection:
        assert connection.execute(asked).scalar() in (1, "on")  # 1 is NORMAL
    assert ids(bound) == [1]


def test_references_are_kept(bound: Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing(bound) as connection:
        connection.execute(sa.insert(part), [{"thing": 99}])


@pytest.mark.parametrize(("pragma", "value"), [("foreign_keys", 1), ("busy_timeout", 5000), ("secure_delete", 1)])
def test_sqlite_waits_for_locks_and_wipes_what_is_deleted(tmp_path: Path, pragma: str, value: int) -> None:
    with reading(engine(f"sqlite:///{tmp_path}/a.db")) as connection:
        assert connection.execute(sa.text(f"PRAGMA {pragma}")).scalar() == value


def test_what_is_read_is_one_state_also_while_somebody_writes(database_url: str) -> None:
    bound = engine(database_url)
    metadata.create_all(bound)
    with reading(bound) as connection:
        assert connection.execute(sa.select(thing.c.id)).all() == []
        with writing(bound) as other:
            other.execute(sa.insert(thing), [{"id": 1}])
        assert connection.execute(sa.select(thing.c.id)).all() == []
    assert ids(bound) == [1]
    bound.dispose()


def test_a_database_is_read_while_it_is_written(database_url: str) -> None:
    bound = engine(database_url)
    metadata.create_all(bound)
    with writing(bound) as connection:
        connection.execute(sa.insert(thing), [{"id": 1}])
        assert ids(bound) == []
    assert ids(bound) == [1]
    bound.dispose()


def test_a_session_commits(bound: Engine) -> None:
    with session_factory(bound)() as session:
        session.execute(sa.insert(thing), [{"id": 7}])
        session.commit()
    assert ids(bound) == [7]


@pytest.mark.parametrize("url", ["nonsense", "nosuchdatabase://host/name", "sqlite+nosuchdriver:///a.db"])
def test_an_address_that_cannot_be_opened_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(DatabaseError, match="TANDEM_DATABASE_URL names no database"):
        engine(url)


def test_the_short_name_that_other_tools_take_is_told_in_full() -> None:
    with pytest.raises(DatabaseError, match=r"starts with postgres://; write postgresql:// instead\.$"):
        engine("postgres://host/name")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        DatabaseError, match=r"^The folder .*/file/data for the database cannot be made or read: TANDEM_DATA_DIR "
    ):
        engine(f"sqlite:///{tmp_path}/file/data/tandem.db")


def why(url: str) -> str:
    """What somebody is told whose database cannot be used."""
    bound = engine(url)
    with pytest.raises(sa.exc.DBAPIError) as failed, writing(bound) as connection:
        connection.execute(sa.text("CREATE TABLE made (id INTEGER)"))
    bound.dispose()
    return str(refused(bound, failed.value))


def test_of_a_server_it_is_told_what_is_wrong(postgresql_url: str) -> None:
    there = sa.engine.make_url(postgresql_url)
    changed = {
        "database": there.set(database="nowhere"),
        "user": there.set(username="nobody_here"),
        "host": there.set(host="no-such-host.invalid"),
        "port": there.set(host="127.0.0.1", port=9),
    }
    told = {what: why(url.render_as_string(hide_password=False)) for what, url in changed.items()}

    assert told["database"].endswith("has no database nowhere; make it first, or correct its name.")
    assert told["host"] == "There is no host no-such-host.invalid: TANDEM_DATABASE_URL names it."
    assert told["port"] == "The host 127.0.0.1 of the database does not answer."
    assert told["user"].endswith("has no user nobody_here; make it first, or correct its name.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("FATAL:  password authentication failed for user", "refuses this user or password."),
        ("attempt to write a readonly database", "may not be written by this user."),
        ("unable to open database file", "cannot be opened: is its folder this user's?"),
        ("database or disk is full", "is full."),
        ("something else", "does not answer, or refuses to be written."),
    ],
)
def test_what_a_driver_says_is_told_in_a_sentence_without_the_password(said: str, told: str) -> None:
    sentence = str(refused(engine("postgresql://me:hidden-word@clinic.example/tandem"), Exception(said)))

    assert sentence.endswith(told) and "hidden-word" not in sentence


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no database at all, but long enough to be read as one" * 20)

    assert why(f"sqlite:///{tmp_path}/a.db").endswith("a.db is no database, or is damaged.")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("LEAST_ROOM", 1 << 60, r"^The disk of the database .*a\.db is full\.$"),
        ("os.access", lambda *_: False, r"^The database .*a\.db may not be written by this user\.$"),
    ],
)
def test_a_probe_finds_a_file_unwritable_that_open_connections_still_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object, told: str
) -> None:
    bound = engine(f"sqlite:///{tmp_path}/a.db")
    metadata.create_all(bound)
    with writing_anew(bound) as connection:
        connection.execute(sa.insert(thing), [{"id": 1}])
    monkeypatch.setattr(f"bot.database.{name}", value)
    with pytest.raises(DatabaseError, match=told):
        with writing_anew(bound):
            pass
