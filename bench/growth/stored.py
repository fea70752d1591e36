"""Stores conversations many times over, as if as many people had talked before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

CHUNK = 1000
"""How many copies of each conversation are written in one transaction."""
_NUMBERS = (
    "WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :first + :count)"
)
_NEW_ID = "printf('%08x', n) || substr({column}, 9)"
_TABLES = {"website_conversations": "id", "website_turns": "conversation_id", "events": "sender_id"}
"""Each table of conversations, with the column that names the conversation."""
_OWN = ("website_turns", "events")
"""Tables whose rows have a number of their own."""


def multiply(database: Path, times: int) -> int:
    """Store every conversation ``times`` times, itself included; return how many there are then.

    The copies differ by the first eight characters of their ids, which are random in the conversations themselves.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        last = {name: connection.execute(f"SELECT max(rowid) FROM {name}").fetchone()[0] for name in _TABLES}
        for first in range(1, times, CHUNK):
            connection.execute("BEGIN")
            for table, column in _TABLES.items():
                numbers = {"first": first, "count": min(CHUNK, times - first), "last": last[table]}
                connection.execute(_copying(connection, table, column), numbers)
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        counted: int = connection.execute("SELECT count(*) FROM website_conversations").fetchone()[0]
    return counted


def _copying(connection: sqlite3.Connection, table: str, column: str) -> str:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = [name for name in names if not (name == "id" and table in _OWN)]
    values = [_NEW_ID.format(column=name) if name == column else name for name in kept]
    rows = f"SELECT {', '.join(values)} FROM numbers, {table} WHERE {table}.rowid <= :last ORDER BY n, {table}.rowid"
    return f"{_NUMBERS} INSERT INTO {table} ({', '.join(kept)}) {rows}"
