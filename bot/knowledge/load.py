"""Puts the knowledge into the database: all of it or none, and nothing where it is there already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.database import take_turns, writing
from bot.errors import TandemError
from bot.knowledge import models
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Boundary, Fact, Knowledge, Quote, SequencingRule, Text, Treatment

Row = dict[str, Any]
JOB = 7_263_362
"""Any fixed number, for ``take_turns``."""


class NewerReleaseError(TandemError):
    """A newer release shares the database, and keeps its knowledge in another form."""

    def __init__(self, theirs: str, ours: str) -> None:
        super().__init__(f"The database serves release {theirs} of Tandem, this is {ours}: install the newer one.")


def load_files(bound: Engine, directory: Path, release: str | None = None) -> tuple[Knowledge, bool]:
    """Read the files and load what they say.

    Args:
        bound: The database.
        directory: Where the files are.
        release: Whose files they are; this one's unless given.

    Returns:
        The knowledge, and whether the database was changed; the same files twice change nothing, and those of an
        older release never replace a newer one's.

    Raises:
        FileError: A file is broken; the database keeps the knowledge that it has.
        NewerReleaseError: What a newer release has loaded cannot be read by this one.
    """
    knowledge = read_knowledge(directory)
    return knowledge, load(bound, knowledge, release)


def load(bound: Engine, knowledge: Knowledge, release: str | None = None) -> bool:
    """Replace the loaded knowledge in one transaction; returns whether that was needed.

    Raises:
        NewerReleaseError: What a newer release has loaded cannot be read by this one.
    """
    release = release or version("tandem")
    with writing(bound) as connection:
        take_turns(connection, JOB)
        loaded = loaded_version(connection)
        is_same_layout = loaded is not None and loaded[1] == models.layout()
        if loaded and _is_newer(loaded[2], release):
            if is_same_layout:
                return False
            raise NewerReleaseError(loaded[2], release)
        if loaded == (knowledge.version, models.layout(), release):
            return False
        _clear(connection, is_same_layout)
        for table, rows in _rows(knowledge, release):
            if rows:
                connection.execute(sa.insert(table), rows)
    return True


def _is_newer(theirs: str, ours: str) -> bool:
    return _numbers(theirs) > _numbers(ours)


def _numbers(release: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", release)]


def loaded_version(connection: Connection) -> tuple[str, str, str] | None:
    """The content's and the layout's fingerprint of what is loaded, and its release, or None where nothing is."""
    inspected = sa.inspect(connection)
    if not inspected.has_table(models.version.name):
        return None
    columns = {column["name"] for column in inspected.get_columns(models.version.name)}
    release = models.version.c.release if "release" in columns else sa.literal("0")  # loaded before it was noted
    row = connection.execute(sa.select(models.version.c.content, models.version.c.layout, release.label("by"))).first()
    return (row.content, row.layout, row.by) if row else None


def _clear(connection: Connection, same_layout: bool) -> None:
    """Empty the tables, or make them anew where another release made them.

    Emptying leaves readers on PostgreSQL undisturbed; dropping would fail one that is between two selects.
    """
    if not same_layout:
        models.metadata.drop_all(connection)
        models.metadata.create_all(connection)
        return
    for table in reversed(models.metadata.sorted_tables):
        connection.execute(sa.delete(table))


def _rows(knowledge: Knowledge, release: str) -> Iterator[tuple[sa.Table, list[Row]]]:
    """Every table's rows, the tables that others refer to first."""
    yield models.version, [_version(knowledge, release)]
    yield models.review, _placed(map(vars, knowledge.reviews))
    yield models.source, _placed(map(vars, knowledge.sources))
    yield models.passage, _placed(map(vars, knowledge.passages))
    yield models.treatment, _placed(map(_treatment, knowledge.treatments))
    for treatment in knowledge.treatments:
        yield models.alias, _placed(vars(alias) | {"treatment": treatment.id} for alias in treatment.aliases)
    yield models.rule, _placed(map(_rule, knowledge.rules))
    yield models.topic, _placed(map(vars, knowledge.topics))
    yield models.fact, _placed(map(_fact, knowledge.all_facts))
    yield models.quote, list(_quotes(knowledge))
    yield models.boundary, _placed(map(_boundary, knowledge.boundaries))
    yield models.safety_text, _placed(map(vars, knowledge.safety_texts))
    yield models.phrase, [{"id": "urgent_signs", "text": _json(knowledge.urgent_signs)}]


def _version(knowledge: Knowledge, release: str) -> Row:
    now = datetime.now(timezone.utc)
    row = {"id": 1, "content": knowledge.version, "layout": models.layout()}
    return {**row, "release": release, "loaded_at": now}


def _treatment(treatment: Treatment) -> Row:
    return _without(treatment, "aliases") | {"name": _json(treatment.name)}


def _rule(rule: SequencingRule) -> Row:
    return _without(rule, "quotes") | {"rationale": [_json(text) for text in rule.rationale]}


def _fact(fact: Fact) -> Row:
    values = {name: _json(text) for name, text in fact.values}
    return _without(fact, "quotes") | {"claim": _json(fact.claim), "values": values}


def _boundary(boundary: Boundary) -> Row:
    return vars(boundary) | {"gap": _json(boundary.gap)}


def _quotes(knowledge: Knowledge) -> Iterator[Row]:
    for rule in knowledge.rules:
        yield from (_quote(quote) | {"fact": None, "rule": rule.id} for quote in rule.quotes)
    for fact in knowledge.all_facts:
        yield from (_quote(quote) | {"fact": fact.id, "rule": None} for quote in fact.quotes)


def _quote(quote: Quote) -> Row:
    return {"passage": quote.passage, "text": quote.text}


def _json(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _without(thing: object, name: str) -> Row:
    return {key: value for key, value in vars(thing).items() if key != name}


def _placed(rows: Iterable[Row]) -> list[Row]:
    return [{**row, "position": place} for place, row in enumerate(rows)]
