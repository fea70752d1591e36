"""Reads the knowledge from the database, once, and again when somebody loaded another one.

``KnowledgeStore.current()`` is what actions call at every turn: it costs one small select.
"""

from __future__ import annotations

import math
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.database import reading
from bot.errors import TandemError
from bot.knowledge import models
from bot.knowledge.types import (
    Boundary,
    Fact,
    Knowledge,
    Passage,
    Quote,
    Review,
    SafetyText,
    SequencingRule,
    Source,
    Text,
    Topic,
    Treatment,
    TreatmentAlias,
)

Row = Any
_Made = TypeVar("_Made")
Quotes = Mapping[str, tuple[Quote, ...]]


class KnowledgeNotLoadedError(TandemError):
    """The database holds no knowledge, or one that another release loaded."""

    def __init__(self) -> None:
        super().__init__("The knowledge is not loaded into the database; run: tandem knowledge load")


FRESH_SECONDS = 0.5
"""How long after another knowledge was loaded it may take a serving process to answer by it."""
MOMENT = 0.3
"""Seconds that an answer waits for the question whether there is other knowledge."""


class KnowledgeStore:
    """The knowledge in a database, as the running bot sees it."""

    def __init__(self, bound: Engine, fresh_seconds: float = 0.0) -> None:
        """Read from a database.

        Args:
            bound: The database.
            fresh_seconds: For how long what was read is right without asking; then it is asked in a thread and waited
                for a moment only, since a database may hang. Asked each time, and waited for, unless given.
        """
        self._engine = bound
        self._fresh_seconds = fresh_seconds
        self._knowledge: Knowledge | None = None
        self._asked_at = -math.inf
        self._asking = threading.Lock()

    def current(self) -> Knowledge:
        """The knowledge that is loaded now, read anew only when it has changed.

        Raises:
            KnowledgeNotLoadedError: There is none, or the database cannot be read and none was read before.
        """
        if self._knowledge is None or not self._fresh_seconds:
            return self._asked()
        if time.monotonic() - self._asked_at > self._fresh_seconds and self._asking.acquire(blocking=False):
            asking = threading.Thread(target=self._refresh, daemon=True)
            asking.start()
            asking.join(MOMENT)
        return self._knowledge

    def _refresh(self) -> None:
        try:
            self._asked()
        finally:
            self._asking.release()

    def _asked(self) -> Knowledge:
        try:
            self._knowledge = self._ask(self._read)
        except (SQLAlchemyError, KnowledgeNotLoadedError):
            # What the bot knew a moment ago is still right while the database is away; `check` reports it.
            if self._knowledge is None:
                raise KnowledgeNotLoadedError() from None
        self._asked_at = time.monotonic()
        return self._knowledge

    def check(self) -> str:
        """The loaded version, asked of the database itself, for a health check.

        Raises:
            TandemError: The database does not answer, or holds no knowledge of this release.
        """
        try:
            return self._ask(_version)
        except DBAPIError:
            raise TandemError("The database that holds the knowledge does not answer.") from None

    def loaded_at(self) -> datetime:
        """When the current knowledge was loaded."""
        return self._ask(_loaded_at)

    def _ask(self, question: Callable[[Connection], _Made]) -> _Made:
        """Put a question in a transaction of its own; a database that has never been loaded is told apart."""
        try:
            with reading(self._engine) as connection:
                return question(connection)
        except DBAPIError:
            if sa.inspect(self._engine).has_table(models.version.name):
                raise
            raise KnowledgeNotLoadedError() from None

    def _read(self, connection: Connection) -> Knowledge:
        known, version = self._knowledge, _version(connection)
        return known if known and known.version == version else _knowledge(connection, version)


_VERSION = sa.select(models.version.c.content, models.version.c.layout)


def _version(connection: Connection) -> str:
    row = connection.execute(_VERSION).first()
    if row is None or row.layout != models.layout():
        raise KnowledgeNotLoadedError()
    return str(row.content)


def _loaded_at(connection: Connection) -> datetime:
    loaded: datetime = connection.execute(sa.select(models.version.c.loaded_at)).scalar_one()
    return loaded if loaded.tzinfo else loaded.replace(tzinfo=timezone.utc)  # SQLite keeps no zone


def _knowledge(connection: Connection, version: str) -> Knowledge:
    passages = tuple(_passage(row) for row in _rows(connection, models.passage))
    quotes_of = _quotes(connection, {passage.id: passage for passage in passages})
    return Knowledge(
        version=version,
        sources=tuple(_plain(Source, row) for row in _rows(connection, models.source)),
        passages=passages,
        treatments=_treatments(connection),
        topics=tuple(_topic(row) for row in _rows(connection, models.topic)),
        rules=tuple(_rule(row, quotes_of["rule"]) for row in _rows(connection, models.rule)),
        all_facts=tuple(_fact(row, quotes_of["fact"]) for row in _rows(connection, models.fact)),
        boundaries=tuple(_boundary(row) for row in _rows(connection, models.boundary)),
        safety_texts=tuple(_plain(SafetyText, row) for row in _rows(connection, models.safety_text)),
        urgent_signs=_phrase(connection, "urgent_signs"),
        reviews=tuple(_plain(Review, row) for row in _rows(connection, models.review)),
    )


def _rows(connection: Connection, table: sa.Table) -> list[Row]:
    return list(connection.execute(sa.select(table).order_by(table.c.position)).mappings())


def _plain(kind: Callable[..., _Made], row: Row) -> _Made:
    """A dataclass whose fields are the row's columns."""
    return kind(**{name: value for name, value in row.items() if name != "position"})


def _passage(row: Row) -> Passage:
    return _with(Passage, row, flags=tuple(row["flags"]))


def _treatments(connection: Connection) -> tuple[Treatment, ...]:
    aliases: dict[str, list[TreatmentAlias]] = defaultdict(list)
    for row in _rows(connection, models.alias):
        aliases[row["treatment"]].append(TreatmentAlias(row["text"], row["kind"], row["language"]))
    return tuple(_treatment(row, aliases[row["id"]]) for row in _rows(connection, models.treatment))


def _treatment(row: Row, aliases: list[TreatmentAlias]) -> Treatment:
    return _with(
        Treatment,
        row,
        name=Text.of(row["name"]),
        aliases=tuple(aliases),
        sources=tuple(row["sources"]),
        cues=tuple(row["cues"]),
    )


def _topic(row: Row) -> Topic:
    return _with(Topic, row, rules=tuple(row["rules"]), safety_texts=tuple(row["safety_texts"]))


def _rule(row: Row, quotes: Quotes) -> SequencingRule:
    rationale = tuple(Text.of(text) for text in row["rationale"])
    return _with(SequencingRule, row, rationale=rationale, quotes=quotes[row["id"]])


def _fact(row: Row, quotes: Quotes) -> Fact:
    return _with(
        Fact,
        row,
        claim=Text.of(row["claim"]),
        quotes=quotes[row["id"]],
        flags=tuple(row["flags"]),
        values=tuple((name, Text.of(text)) for name, text in row["values"].items()),
    )


def _boundary(row: Row) -> Boundary:
    lists = {name: tuple(row[name]) for name in ("subjects", "say", "clinic")}
    return _with(Boundary, row, gap=Text.of(row["gap"]), **lists)


def _phrase(connection: Connection, phrase_id: str) -> Text:
    query = sa.select(models.phrase.c.text).where(models.phrase.c.id == phrase_id)
    return Text.of(connection.execute(query).scalar_one())


def _quotes(connection: Connection, passages: Mapping[str, Passage]) -> dict[str, Quotes]:
    """The quotes of every fact and of every rule."""
    found: dict[str, dict[str, tuple[Quote, ...]]] = {"fact": {}, "rule": {}}
    for row in connection.execute(sa.select(models.quote).order_by(models.quote.c.id)).mappings():
        of, owner = ("fact", row["fact"]) if row["fact"] else ("rule", row["rule"])
        quote = Quote(row["passage"], passages[row["passage"]].heading, row["text"])
        found[of][owner] = (*found[of].get(owner, ()), quote)
    return dict(found)


def _with(kind: Callable[..., _Made], row: Row, **fields: object) -> _Made:
    """A dataclass from a row, some of whose columns need another form."""
    return _plain(kind, {**row, **fields})
