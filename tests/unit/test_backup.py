"""Copies of a database and the way back, on SQLite and on PostgreSQL: whole, or refused in one sentence."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.backup import BackupError, back_up, drop_old, restore
from bot.channels.conversations import ConversationStore
from bot.channels.tables import turns
from bot.database import engine
from bot.handoff.requests import RequestStore
from bot.handoff.tables import requests
from bot.handoff.vault import ContactVault
from bot.migrations import newest
from tests.handoff import PHONE, SECRET, START, Clock, draft, rows


@pytest.fixture
def filled(migrated: Engine) -> Iterator[Engine]:
    """A database with a conversation and a request in it."""
    conversations = ConversationStore(migrated)
    conversations.ask("c", "1")
    conversations.answer("c", "1", "botox or microneedling first?", {"messages": [], "topic": "order"})
    clock = Clock()
    vault = ContactVault(migrated, SECRET, clock)
    RequestStore(migrated, vault, clock, ways=("mail",)).file(draft(vault))
    yield migrated


def url_of(bound: Engine) -> str:
    return str(bound.url.render_as_string(hide_password=False))


def copied(bound: Engine, folder: Path) -> Path:
    return back_up(url_of(bound), folder, lambda: START)


def test_what_was_lost_is_back_with_every_row_and_every_seal(filled: Engine, tmp_path: Path) -> None:
    before = {table.name: rows(filled, table) for table in (turns, requests)}
    copy = copied(filled, tmp_path / "copies")
    with filled.begin() as connection:
        connection.execute(sa.delete(turns))
        connection.execute(sa.delete(requests))
    filled.dispose()

    assert restore(url_of(filled), copy) == newest()
    assert {table.name: rows(filled, table) for table in (turns, requests)} == before
    token = rows(filled, requests)[0]["contact_token"]
    assert ContactVault(filled, SECRET, Clock()).redeem("c", token) == PHONE


def test_what_a_newer_version_made_beside_it_is_gone_afterwards(filled: Engine, tmp_path: Path) -> None:
    copy = copied(filled, tmp_path / "copies")
    with filled.begin() as connection:
        connection.execute(sa.text("CREATE TABLE of_a_newer_version (id INTEGER)"))
    filled.dispose()
    restore(url_of(filled), copy)

    assert not sa.inspect(filled).has_table("of_a_newer_version")


def test_a_copy_of_what_was_put_back_can_be_put_back(filled: Engine, tmp_path: Path) -> None:
    filled_with = rows(filled, turns)
    restore(url_of(filled), copied(filled, tmp_path / "first"))
    filled.dispose()
    restore(url_of(filled), copied(filled, tmp_path / "second"))

    assert rows(filled, turns) == filled_with


def test_a_copy_goes_into_an_empty_database_too(filled: Engine, database_url: str, tmp_path: Path) -> None:
    copy = copied(filled, tmp_path / "copies")
    if sa.engine.make_url(database_url).get_backend_name() != filled.dialect.name:
        with pytest.raises(BackupError, match="is no copy of this kind of database"):
            restore(database_url, copy)
        return
    other = f"sqlite:///{tmp_path / 'other' / 'tandem.db'}" if filled.dialect.name == "sqlite" else database_url
    restore(other, copy)
    bound = engine(other)

    assert len(rows(bound, turns)) == 1
    bound.dispose()


def test_a_copy_is_named_by_its_moment_and_for_its_owner_alone(filled: Engine, tmp_path: Path) -> None:
    copy = copied(filled, tmp_path / "copies")

    assert copy.stem == "tandem-20261122T120000Z"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert list(copy.parent.iterdir()) == [copy]


def test_a_damaged_copy_changes_nothing(filled: Engine, tmp_path: Path) -> None:
    copy = copied(filled, tmp_path / "copies")
    before = rows(filled, turns)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    filled.dispose()
    with pytest.raises(BackupError):
        restore(url_of(filled), copy)

    assert rows(filled, turns) == before
    assert list(copy.parent.iterdir()) == [copy]


def test_old_copies_are_deleted_and_nothing_else(tmp_path: Path) -> None:
    names = ("tandem-20261101T000000Z.db", "tandem-20261101T000000Z.dump", "tandem-20261121T000000Z.db", "tandem-a.db")
    for name in (*names, "notes.txt"):
        (tmp_path / name).touch()

    assert drop_old(tmp_path, 14, lambda: datetime(2026, 11, 22)) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == ["notes.txt", names[2], names[3]]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite://", "Only SQLite files and PostgreSQL are copied"),
        ("sqlite:////nowhere/tandem.db", "There is no database /nowhere/tandem.db to copy."),
        ("postgresql://nobody:hidden-word@127.0.0.1:1/none", "^pg_dump failed: "),
    ],
)
def test_what_cannot_be_copied_is_told_without_the_password(url: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=sentence) as refused:
        back_up(url, tmp_path / "copies")

    assert "hidden-word" not in str(refused.value)
    assert list((tmp_path / "copies").glob("*")) == []


@pytest.mark.parametrize(
    ("name", "sentence"), [("tandem.dump", "should end in .db"), ("tandem.db", "There is no copy")]
)
def test_what_is_no_copy_is_refused(name: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=sentence):
        restore(f"sqlite:///{tmp_path / 'x.db'}", tmp_path / name)


def test_a_missing_program_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump is missing; on Debian: apt-get install postgresql-client"):
        back_up("postgresql://db/tandem", tmp_path / "copies")
