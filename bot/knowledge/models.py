"""The knowledge's tables. They are rebuilt from the files, never migrated, so they hold nothing else.

``position`` keeps the order of the files, which is the order in which answers say things.
"""

from __future__ import annotations

import hashlib
from functools import cache

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

metadata = sa.MetaData()


def _id() -> sa.Column:
    return sa.Column("id", sa.String(80), primary_key=True)


def _position() -> sa.Column:
    return sa.Column("position", sa.Integer, nullable=False)


def _to(column: str, name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.ForeignKey(column), nullable=nullable)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON, nullable=False)


version = sa.Table(
    "knowledge_version",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("content", sa.String(64), nullable=False),
    sa.Column("layout", sa.String(64), nullable=False),
    sa.Column("release", sa.String(32), nullable=False),
    sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
)
"""One row: which knowledge is loaded, in which layout of these tables, by which release, and since when."""

review = sa.Table(
    "knowledge_review",
    metadata,
    sa.Column("file", sa.String(80), primary_key=True),
    _position(),
    sa.Column("by", sa.Text),
    sa.Column("on", sa.Date),
    sa.Column("translation_needed", sa.Boolean, nullable=False),
    sa.Column("translation_by", sa.Text),
    sa.Column("translation_on", sa.Date),
)

source = sa.Table(
    "knowledge_source",
    metadata,
    _id(),
    _position(),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("author", sa.Text),
    sa.Column("licence", sa.Text),
    sa.Column("note", sa.Text),
)

passage = sa.Table(
    "knowledge_passage",
    metadata,
    _id(),
    _position(),
    _to("knowledge_source.id", "source"),
    sa.Column("heading", sa.Text),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("use", sa.String(16), nullable=False),
    _json("flags"),
    sa.Column("reason", sa.Text),
)

treatment = sa.Table(
    "knowledge_treatment",
    metadata,
    _id(),
    _position(),
    sa.Column("covered", sa.Boolean, nullable=False),
    _json("name"),
    _json("sources"),
    _json("cues"),
)

alias = sa.Table(
    "knowledge_alias",
    metadata,
    _to("knowledge_treatment.id", "treatment"),
    _position(),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("language", sa.String(8)),
    sa.PrimaryKeyConstraint("treatment", "position"),
)

rule = sa.Table(
    "knowledge_sequencing_rule",
    metadata,
    _id(),
    _position(),
    _to("knowledge_treatment.id", "first"),
    _to("knowledge_treatment.id", "then"),
    sa.Column("interval_days", sa.Integer, sa.CheckConstraint("interval_days > 0")),
    sa.Column("stance", sa.String(16), nullable=False),
    _json("rationale"),
    sa.UniqueConstraint("first", "then"),
)

topic = sa.Table(
    "knowledge_topic",
    metadata,
    _id(),
    _position(),
    sa.Column("kind", sa.String(16), nullable=False),
    _json("rules"),
    _json("safety_texts"),
)

fact = sa.Table(
    "knowledge_fact",
    metadata,
    _id(),
    _position(),
    _to("knowledge_topic.id", "topic"),
    _json("claim"),
    _json("values"),
    sa.Column("use", sa.String(16), nullable=False),
    _json("flags"),
    sa.Column("reason", sa.Text),
    _to("knowledge_sequencing_rule.id", "rule", nullable=True),
)

quote = sa.Table(
    "knowledge_quote",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _to("knowledge_fact.id", "fact", nullable=True),
    _to("knowledge_sequencing_rule.id", "rule", nullable=True),
    _to("knowledge_passage.id", "passage"),
    sa.Column("text", sa.Text, nullable=False),
    sa.CheckConstraint("(fact IS NULL) <> (rule IS NULL)", name="quoted_by_one"),
)
"""Words of a passage that a fact or a rule rests on; the ids keep their order."""

boundary = sa.Table(
    "knowledge_boundary",
    metadata,
    sa.Column("topic", sa.ForeignKey("knowledge_topic.id"), primary_key=True),
    _position(),
    _json("gap"),
    _json("subjects"),
    _json("say"),
    _json("clinic"),
    _to("knowledge_sequencing_rule.id", "rule", nullable=True),
)

safety_text = sa.Table(
    "knowledge_safety_text",
    metadata,
    sa.Column("key", sa.String(80), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    _position(),
    sa.Column("text", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("key", "channel", "language"),
)

phrase = sa.Table(
    "knowledge_phrase",
    metadata,
    _id(),
    _json("text"),
)
"""Named words that several answers use, such as ``urgent_signs``."""


@cache
def layout() -> str:
    """A fingerprint of these tables: another one means that a loaded database was made by another release."""
    statements = "\n".join(str(CreateTable(table)) for table in metadata.sorted_tables)
    return hashlib.sha256(statements.encode()).hexdigest()
