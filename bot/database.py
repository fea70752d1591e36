"""Engines, transactions and sessions for every store, set up once so that no store forgets a timeout.

SQLite (the default) runs in WAL mode, so that readers never wait for a writer, and overwrites what is deleted.
Other databases are asked whether a pooled connection still lives before it is used.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from bot.errors import TandemError
from bot.private import private_database, private_folder

WAIT_SECONDS = 5
"""How long to wait for a connection, or for SQLite's lock, before giving up: a user is waiting too."""
STATEMENT_SECONDS = 5.0
"""How long a statement may take on a server."""
START_SECONDS = 120
"""How long a process that starts waits for those that start with it."""
CONNECTIONS, MORE_CONNECTIONS = 8, 4
"""How many connections a process keeps to a server, and how many more a rush may open."""
LEAST_ROOM = 1 << 20
"""Bytes that a disk must have left for SQLite: with less, it is full within a few turns."""


_NO_ANSWER = "The database {where} does not answer, or refuses to be written."
_REASONS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("password authentication failed", "no password supplied"), "The database {where} refuses this user or password."),
    (("FATAL:  database",), "The server at {host} has no database {name}; make it first, or correct its name."),
    (("FATAL:  role",), "The server at {host} has no user {user}; make it first, or correct its name."),
    (("could not translate host name",), "There is no host {host}: TANDEM_DATABASE_URL names it."),
    (("Connection refused", "timeout expired", "No route to host"), "The host {host} of the database does not answer."),
    (("readonly database",), "The database {where} may not be written by this user."),
    (("unable to open database file",), "The database {where} cannot be opened: is its folder this user's?"),
    (("file is not a database", "malformed"), "The file {where} is no database, or is damaged."),
    (("database or disk is full",), "The disk of the database {where} is full."),
)
"""What drivers say, and what it means."""


class DatabaseError(TandemError):
    """The database cannot be used as configured."""


def engine(url: str) -> Engine:
    """An engine for ``url``; connects to nothing yet.

    Raises:
        DatabaseError: The address cannot be understood, or its driver is not installed.
    """
    try:
        address = sa.engine.make_url(url)
        return _sqlite(address) if address.get_backend_name() == "sqlite" else _server(address)
    except (ArgumentError, NoSuchModuleError, ImportError):
        raise DatabaseError(_unknown(url)) from None
    except OSError as error:
        what = f"The folder {error.filename} for the database cannot be made or read"
        raise DatabaseError(f"{what}: TANDEM_DATA_DIR or TANDEM_DATABASE_URL names it.") from None


@lru_cache(maxsize=4)
def shared_engine(url: str) -> Engine:
    """The engine that all parts of a serving process share, so that its connections stay within a budget."""
    return engine(url)


def lock_engine(url: sa.engine.URL, connections: int, seconds: float) -> Engine:
    """An engine whose connections are kept for locks: so many, and a wait of so long for each lock."""
    return _pooled(url, _timeouts(url, seconds + 1, seconds), connections, 0)


def is_in_memory(bound: Engine) -> bool:
    """Whether a database lives in memory, on one connection."""
    return isinstance(bound.pool, StaticPool)


def file_of(url: str | sa.engine.URL) -> Path | None:
    """The file of an SQLite database; None for any other."""
    try:
        address = sa.engine.make_url(url)
    except ArgumentError:
        return None
    is_file = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    return Path(address.database) if is_file else None


def refused(bound: Engine, error: Exception) -> DatabaseError:
    """Say in one sentence why a database cannot be used, for whoever can put that right."""
    where, told = bound.url.render_as_string(hide_password=True), str(error)
    sentence = next((sentence for signs, sentence in _REASONS if any(sign in told for sign in signs)), _NO_ANSWER)
    return DatabaseError(
        sentence.format(where=where, host=bound.url.host, name=bound.url.database, user=bound.url.username)
    )


def session_factory(bound: Engine) -> Callable[[], Session]:
    """A maker of sessions in the 2.0 style, whose objects stay readable after the commit."""
    maker: Callable[[], Session] = sessionmaker(bind=bound, future=True, expire_on_commit=False)
    return maker


@contextmanager
def reading(bound: Engine) -> Iterator[Connection]:
    """A transaction whose selects all see one and the same state of the database."""
    with bound.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # Not by SQLAlchemy's option: a connection that once had it sets its level anew at each use ever after.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield connection


@contextmanager
def writing(bound: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it is kept, or none.

    SQLite's write lock is taken at the start: taken later, the busy timeout would not apply to a transaction
    that has read already, and it would fail at once beside another writer.
    """
    with bound.connect() as connection:
        connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        with connection.begin():
            yield connection


@contextmanager
def writing_anew(bound: Engine) -> Iterator[Connection]:
    """Like ``writing``, but over a new connection, to a database that is there already: for a probe.

    SQLite's open connections go on in a file that was deleted; a new one notices.

    Raises:
        DatabaseError: the file may not be written, or its disk is full.
    """
    file = file_of(bound.url)
    if file and file.is_file():
        _check_writable(file)
    with writing(_reopened(file) if file else bound) as connection:
        yield connection


def _check_writable(file: Path) -> None:
    """Ask the system itself: on a full disk SQLite's log has room for some writes, and its open files stay writable."""
    if not os.access(file, os.W_OK):
        raise DatabaseError(f"The database {file} may not be written by this user.")
    if shutil.disk_usage(file).free < LEAST_ROOM:
        raise DatabaseError(f"The disk of the database {file} is full.")


@lru_cache(maxsize=4)
def _reopened(file: Path) -> Engine:
    """An engine that opens an SQLite file for each connection anew, and never makes one."""
    address = f"{file.absolute().as_uri()}?mode=rw"
    made = sa.create_engine(
        "sqlite://",
        future=True,
        poolclass=NullPool,
        creator=lambda: sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, check_same_thread=False),
    )
    return _prepared(made)


@contextmanager
def durably_writing(bound: Engine) -> Iterator[Connection]:
    """Like ``writing``, for what somebody is told is kept: after the commit not even a power cut undoes it.

    Elsewhere SQLite may lose the last moments then, which is faster; a server's commit is always as safe as this.
    """
    with bound.connect() as connection:
        with _synchronous(connection), connection.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin():
            yield connection


@contextmanager
def _synchronous(connection: Connection) -> Iterator[None]:
    """Have SQLite wait for the disk; on the driver's own connection, because it must be said between transactions."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection
    driver.cursor().execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA synchronous=NORMAL")


def take_turns(connection: Connection, job: int) -> None:
    """Let processes that start together do a job one after the other, until the transaction ends.

    Nobody is served yet, so that each waits for all that are before it. SQLite's write lock, which ``writing``
    holds, does the same.
    """
    if connection.dialect.name == "postgresql":
        for limit in ("lock_timeout", "statement_timeout"):
            connection.execute(sa.text(f"SET LOCAL {limit} = '{START_SECONDS}s'"))
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:job)"), {"job": job})


def take_time(connection: Connection) -> None:
    """Let the transaction's statements take as long as they need: nobody waits for them."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))


def is_mine_alone(connection: Connection, job: int) -> bool:
    """Whether this process may do a job that one process does for all, until the transaction ends."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.execute(sa.text("SELECT pg_try_advisory_xact_lock(:job)"), {"job": job}).scalar())


def wipe(bound: Engine) -> None:
    """Have nothing left of what was deleted, as far as the database lets us.

    SQLite overwrites it in the file, and its log is folded back here. PostgreSQL's autovacuum does it later.
    """
    if bound.dialect.name == "sqlite":
        with closing(bound.raw_connection()) as connection:  # outside of any transaction
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _unknown(url: str) -> str:
    if url.startswith("postgres://"):
        return "TANDEM_DATABASE_URL starts with postgres://; write postgresql:// instead."
    return "TANDEM_DATABASE_URL names no database that this installation can open."


def _sqlite(address: Any) -> Engine:
    file = file_of(address)
    if file:
        private_folder(file.parent)
    made = sa.create_engine(
        address,
        future=True,
        connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False},
        # One connection is one database where it lives in memory. A file's connections are kept open: when
        # the last one closes, SQLite folds its WAL back into the file, which costs more than a whole turn.
        poolclass=QueuePool if file else StaticPool,
    )
    if file:
        sa.event.listen(made, "do_connect", lambda *_: private_database(file))
    return _prepared(made)


def _prepared(made: Engine) -> Engine:
    sa.event.listen(made, "connect", _prepare_sqlite)
    sa.event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Python's driver would begin transactions by itself, but not before CREATE or DROP: a failed rebuild
    # could then not be rolled back. With None it leaves that to _begin_sqlite.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _server(address: Any) -> Engine:
    # A lock is given up sooner than a statement, so that a second attempt still fits into a turn.
    limits = _timeouts(address, STATEMENT_SECONDS, STATEMENT_SECONDS / 2)
    return _pooled(address, limits, CONNECTIONS, MORE_CONNECTIONS)


def _pooled(address: Any, limits: dict[str, object], size: int, more: int) -> Engine:
    return sa.create_engine(
        address,
        future=True,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        pool_size=size,
        max_overflow=more,
        connect_args=limits,
    )


def _timeouts(address: Any, statement_seconds: float, lock_seconds: float) -> dict[str, object]:
    if address.get_backend_name() != "postgresql":
        return {}
    return {
        "connect_timeout": WAIT_SECONDS,
        "options": f"-c statement_timeout={statement_seconds * 1000:.0f} -c lock_timeout={lock_seconds * 1000:.0f}",
        # The server cannot time out what a silent network keeps from it: the driver has to notice.
        "tcp_user_timeout": WAIT_SECONDS * 1000,
        "keepalives_idle": WAIT_SECONDS,
        "keepalives_interval": 1,
        "keepalives_count": WAIT_SECONDS,
    }
