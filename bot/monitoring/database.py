"""Measures how long statements wait for the database, and which of them fail. No statement's text is kept."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.monitoring.instruments import Instruments

KINDS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "BEGIN", "PRAGMA"})
OTHER = "other"
_BEGAN = "tandem_began"


def measure_statements(instruments: Instruments, engines: type[Engine] | Engine = Engine) -> None:
    """Measure the statements of every engine of this process, or of one."""

    def begin(connection: Connection, *_: Any) -> None:
        connection.info[_BEGAN] = time.perf_counter()

    def end(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        began = connection.info.pop(_BEGAN, None)
        if began is not None:
            instruments.statement_seconds.labels(kind_of(statement)).observe(time.perf_counter() - began)

    def fail(context: Any) -> None:
        instruments.database_errors.labels(type(context.original_exception).__name__).inc()

    sa.event.listen(engines, "before_cursor_execute", begin)
    sa.event.listen(engines, "after_cursor_execute", end)
    sa.event.listen(engines, "handle_error", fail)


def kind_of(statement: str) -> str:
    """The kind of a statement: its first word, if it is one of a few."""
    first = statement.lstrip()[:12].partition(" ")[0].upper()
    return first if first in KINDS else OTHER
