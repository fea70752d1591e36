"""The website channel's tables; ``bot/migrations`` makes them."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

conversations = sa.Table(
    "website_conversations",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("started_at", sa.DateTime, nullable=False),
    sa.Column("ended_at", sa.DateTime),
)

turns = sa.Table(
    "website_turns",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "conversation_id",
        sa.String(32),
        sa.ForeignKey("website_conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("client_id", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("asked_at", sa.DateTime, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("answered_at", sa.DateTime),
    # up or down
    sa.Column("feedback", sa.String(8)),
    sa.UniqueConstraint("conversation_id", "client_id", name="uq_website_turns_client_id"),
)
