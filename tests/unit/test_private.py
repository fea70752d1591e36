"""What the bot keeps is its owner's alone, whatever the process's mask is and whatever was there before."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import engine, writing
from bot.private import close_to_others, private_database
from bot.server.prepare import prepare
from bot.settings import Settings


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o7777)


def test_a_started_bot_s_folder_database_and_key_are_its_owner_s(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    settings = Settings.from_environment({"TANDEM_DATA_DIR": str(folder)})
    kept_open = engine(settings.database_url)
    with writing(kept_open) as connection:
        connection.execute(sa.text("CREATE TABLE thing (id INTEGER)"))
    prepare(settings)
    settings.secret_key()
    assert {path.name: mode(path) for path in (folder, *folder.iterdir())} == {
        "data": "0o700",
        "tandem.db": "0o600",
        "tandem.db-wal": "0o600",
        "tandem.db-shm": "0o600",
        "secret.key": "0o600",
    }
    kept_open.dispose()


def test_a_new_folder_is_made_closed(tmp_path: Path) -> None:
    engine(f"sqlite:///{tmp_path}/new/tandem.db")
    Settings.from_environment({"TANDEM_DATA_DIR": str(tmp_path / "other")}).secret_key()
    assert (mode(tmp_path / "new"), mode(tmp_path / "other")) == ("0o700", "0o700")


def test_files_of_an_older_start_are_closed(tmp_path: Path) -> None:
    files = [tmp_path / f"a.db{suffix}" for suffix in ("", "-wal", "-shm")]
    for file in files:
        file.touch(0o664)
    bound = engine(f"sqlite:///{files[0]}")
    with bound.connect():
        assert [mode(file) for file in files] == ["0o600"] * 3
    bound.dispose()


def test_a_database_in_a_folder_of_many_leaves_that_folder_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    bound = engine(f"sqlite:///{tmp_path}/a.db")
    with bound.connect():
        assert (mode(tmp_path), mode(tmp_path / "a.db")) == ("0o755", "0o600")
    bound.dispose()


def test_a_shared_folder_stays_shared_and_what_may_not_be_read_is_not_opened(tmp_path: Path) -> None:
    for before, after in ((0o1777, "0o1777"), (0o500, "0o500"), (0o750, "0o700")):
        tmp_path.chmod(before)
        close_to_others(tmp_path)
        assert mode(tmp_path) == after
    tmp_path.chmod(0o700)
    close_to_others(tmp_path / "nothing")


WRITE = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"


def test_the_locks_that_sqlite_holds_stay_held(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE thing (id INTEGER)")
        writer.execute("BEGIN IMMEDIATE")
        private_database(file)
        other = subprocess.run([sys.executable, "-c", WRITE, file], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr
