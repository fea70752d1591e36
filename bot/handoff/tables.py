"""The handoff's tables; ``bot/migrations`` makes them."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

contact_vault = sa.Table(
    "contact_vault",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(64), nullable=False, index=True),
    sa.Column("token", sa.String(32), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False, index=True),
    sa.UniqueConstraint("conversation_id", "token", name="uq_contact_vault_token"),
)
