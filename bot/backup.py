"""Copies of the database, whole and made while the bot runs, and the way back.

SQLite copies itself; PostgreSQL does so by its own programs, ``pg_dump`` and ``pg_restore``. A copy is for its owner
alone: it holds conversations. The secret key is not in it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.engine.url import URL, make_url

from bot.clock import utc_now
from bot.database import engine, file_of
from bot.errors import TandemError
from bot.migrations import current, newest
from bot.private import private_folder

NAMED = "tandem-{:%Y%m%dT%H%M%SZ}{}"
ENDINGS = {"sqlite": ".db", "postgresql": ".dump"}
UNFINISHED = ".part"
_QUIETLY = ("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
_NOBODY_WRITES = "&immutable=1"
"""SQLite may then read a file in a folder where it may make none beside it."""
LIBPQ: Mapping[str, Callable[[URL], object]] = {
    "PGHOST": lambda url: url.host,
    "PGPORT": lambda url: url.port,
    "PGUSER": lambda url: url.username,
    "PGPASSWORD": lambda url: url.password,
    "PGDATABASE": lambda url: url.database,
}
"""Where PostgreSQL's programs read how to connect; a command line would show the password to everybody."""


class BackupError(TandemError):
    """A copy that could not be made or put back, and why."""


def back_up(database_url: str, folder: Path, clock: Callable[[], datetime] = utc_now) -> Path:
    """Write a copy of the database into a folder; its file comes out, and is there only if it is whole.

    Raises:
        BackupError: The database cannot be read, the folder cannot be written, or a program is missing.
    """
    url = make_url(database_url)
    kind = _kind(url)
    target = folder / NAMED.format(clock(), ENDINGS[kind])
    draft = target.with_name(target.name + UNFINISHED)
    try:
        private_folder(folder)
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        _COPY[kind](url, draft)
        return draft.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"No copy could be written into {folder}: {_told(error)}.") from None
    finally:
        draft.unlink(missing_ok=True)


def drop_old(folder: Path, days: int, clock: Callable[[], datetime] = utc_now) -> int:
    """Delete the copies in a folder that are older than some days; how many that were."""
    oldest = clock() - timedelta(days=days)
    names = {NAMED.format(oldest, ending) for ending in ENDINGS.values()}
    old = [file for file in folder.glob("tandem-*") for name in names if _is_older(file.name, name)]
    for file in old:
        file.unlink()
    return len(old)


def _is_older(name: str, than: str) -> bool:
    """Names of the same form sort by their moment."""
    return len(name) == len(than) and name.endswith(than[-3:]) and name < than


def restore(database_url: str, copy: Path) -> str | None:
    """Put a copy in place of all that the database holds, or change nothing; the revision of its tables comes out.

    Raises:
        BackupError: The copy is damaged or of another kind, or of a newer version, or a program is missing.
    """
    url = make_url(database_url)
    kind = _kind(url)
    if copy.suffix != ENDINGS[kind]:
        raise BackupError(f"{copy.name} is no copy of this kind of database; it should end in {ENDINGS[kind]}.")
    if not copy.is_file():
        raise BackupError(f"There is no copy {copy}.")
    try:
        _RESTORE[kind](url, copy)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{copy} could not be put back: {_told(error)}.") from None
    return _revision(database_url)


def is_newer(revision: str | None) -> bool:
    """Whether tables are of a newer version than this one, which must not run on them."""
    return revision is not None and revision > newest()


def _revision(database_url: str) -> str | None:
    bound = engine(database_url)
    try:
        return current(bound)
    finally:
        bound.dispose()


def _kind(url: URL) -> str:
    kind: str = url.get_backend_name()
    if kind not in ENDINGS or (kind == "sqlite" and file_of(url) is None):
        raise BackupError("Only SQLite files and PostgreSQL are copied; back up this database by its own means.")
    return kind


def _copy_sqlite(url: URL, target: Path) -> None:
    _overwrite(_existing(url), target)


def _copy_postgresql(url: URL, target: Path) -> None:
    _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _restore_sqlite(url: URL, copy: Path) -> None:
    with closing(_reading(copy, _NOBODY_WRITES)) as given:
        (state,) = given.execute("PRAGMA integrity_check").fetchone()
    if state != "ok":
        raise BackupError(f"{copy} is damaged.")
    target = Path(str(url.database))
    private_folder(target.parent)
    _overwrite(copy, target, _NOBODY_WRITES)
    target.chmod(0o600)


def _restore_postgresql(url: URL, copy: Path) -> None:
    """Empty the database and fill it, in one transaction: tables that only a newer version has go too."""
    script = copy.with_name(copy.name + UNFINISHED)
    try:
        script.touch(mode=0o600)
        # To a file first: of a damaged copy a pipe would hand on the first half.
        _run(url, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", copy)
        emptied = ("--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public")
        _run(url, "psql", *_QUIETLY, "--single-transaction", *emptied, f"--file={script}")
    finally:
        script.unlink(missing_ok=True)


def _overwrite(source: Path, target: Path, more: str = "") -> None:
    """Copy a database page by page: whole, while others read and write, and over whatever the target holds."""
    with closing(_reading(source, more)) as given, closing(sqlite3.connect(target)) as made:
        given.backup(made)


def _reading(file: Path, more: str = "") -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro{more}", uri=True)


def _existing(url: URL) -> Path:
    file = Path(str(url.database))
    if not file.is_file():
        raise BackupError(f"There is no database {file} to copy.")
    return file


def _run(url: URL, program: str, *arguments: object) -> None:
    if not shutil.which(program):
        raise BackupError(f"{program} is missing; on Debian: apt-get install postgresql-client")
    how = {name: str(value) for name, read in LIBPQ.items() if (value := read(url)) is not None}
    command = [program, *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, **how}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise BackupError(f"{program} failed: {_first_line(done.stderr)}")


def _first_line(said: str) -> str:
    return next((line.strip() for line in said.splitlines() if line.strip()), "it said nothing")


def _told(error: Exception) -> str:
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)


_COPY: Mapping[str, Callable[[URL, Path], None]] = {"sqlite": _copy_sqlite, "postgresql": _copy_postgresql}
_RESTORE: Mapping[str, Callable[[URL, Path], None]] = {"sqlite": _restore_sqlite, "postgresql": _restore_postgresql}
