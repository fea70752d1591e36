"""Reads boundaries.yml: what no source says, and what an answer may hold instead."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bot.knowledge.reading.common import Ids, known, open_file, text_by_language
from bot.knowledge.types import SAYS, Boundary, Review
from bot.yaml_lines import Entry

CLINIC_ENTRIES = ("name", "address", "hours", "phone", "email", "booking_link", "price_note")
"""The entries of clinic.yml that may answer a question."""


def read_boundaries(file: Path, topics: Collection[str], rules: Collection[str]) -> tuple[tuple[Boundary, ...], Review]:
    """The boundaries, at most one for a topic."""
    fields, _, review = open_file(file, ("boundaries",), translated=True)
    ids = Ids()
    return tuple(_boundary(item, ids, topics, rules) for item in fields["boundaries"].items()), review


def _boundary(entry: Entry, ids: Ids, topics: Collection[str], rules: Collection[str]) -> Boundary:
    fields = entry.fields(("topic", "gap", "subjects", "say"), ("clinic", "rule"))
    ids.add(fields["topic"])
    return Boundary(
        topic=known(fields["topic"], topics, "topic"),
        gap=text_by_language(fields["gap"]),
        subjects=fields["subjects"].texts(),
        say=tuple(item.choice(SAYS) for item in fields["say"].items()),
        clinic=tuple(i.choice(CLINIC_ENTRIES) for i in fields["clinic"].items()) if "clinic" in fields else (),
        rule=known(fields["rule"], rules, "rule") if "rule" in fields else None,
    )
