"""The website channel: its conversations and turns, and the vault of contact data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "website_conversations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
    )
    _make_turns()
    _make_vault()


def downgrade() -> None:
    """Drop them, the dependent one first."""
    for table in ("contact_vault", "website_turns", "website_conversations"):
        op.drop_table(table)


def _make_turns() -> None:
    op.create_table(
        "website_turns",
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
        sa.UniqueConstraint("conversation_id", "client_id", name="uq_website_turns_client_id"),
    )


def _make_vault() -> None:
    op.create_table(
        "contact_vault",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.String(64), nullable=False, index=True),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False, index=True),
        sa.UniqueConstraint("conversation_id", "token", name="uq_contact_vault_token"),
    )
