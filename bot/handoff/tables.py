"""The handoff's tables; ``bot/migrations`` makes them."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

requests = sa.Table(
    "handoff_requests",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("reference", sa.String(16), nullable=False, unique=True),
    sa.Column("idempotency_key", sa.String(128), nullable=False, unique=True),
    sa.Column("conversation_id", sa.String(64), nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False, index=True),
    sa.Column("topics", sa.Text, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("consent_version", sa.String(64), nullable=False),
    sa.Column("consented_at", sa.DateTime, nullable=False),
    sa.Column("name_token", sa.String(32), nullable=False),
    sa.Column("contact_token", sa.String(32), nullable=False),
    sa.Column("time_token", sa.String(32)),
    sa.Column("note_token", sa.String(32)),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("closed_at", sa.DateTime),
)

contact_vault = sa.Table(
    "contact_vault",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(64), nullable=False, index=True),
    sa.Column("token", sa.String(32), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False, index=True),
    # Of a request that was filed; without one, the value only waits for a form to be finished.
    sa.Column(
        "request_id",
        sa.Integer,
        sa.ForeignKey("handoff_requests.id", name="fk_contact_vault_request", ondelete="CASCADE"),
        index=True,
    ),
    sa.UniqueConstraint("conversation_id", "token", name="uq_contact_vault_token"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "request_id",
        sa.Integer,
        sa.ForeignKey("handoff_requests.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    # The same on every repeat, so that the receiver can tell a repeat from a second request.
    sa.Column("delivery_id", sa.String(64), nullable=False, unique=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("next_attempt_at", sa.DateTime, nullable=False),
    sa.Column("give_up_at", sa.DateTime, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("claimed_by", sa.String(32)),
    sa.Column("claimed_until", sa.DateTime),
    sa.Column("delivered_at", sa.DateTime),
    sa.Column("dead_at", sa.DateTime),
    sa.Column("last_problem", sa.String(64)),
    sa.UniqueConstraint("request_id", "channel", name="uq_outbox_request_channel"),
    sa.Index("ix_outbox_waiting", "channel", "delivered_at", "dead_at", "created_at"),
)

delivery_channels = sa.Table(
    "delivery_channels",
    metadata,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("paused_until", sa.DateTime),
)
"""How each way out does: while its server refuses, all that waits for it waits in line."""

access_log = sa.Table(
    "access_log",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.Column("who", sa.String(128), nullable=False),
    sa.Column("reference", sa.String(16), nullable=False, index=True),
    sa.Column("what", sa.String(32), nullable=False),
)
"""Who looked at whose request: kept without anything that was seen."""
