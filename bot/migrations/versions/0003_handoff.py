"""The handoff: requests, what is to be delivered of them, who looked at them; the vault keeps what they hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANNELS = ("mail", "webhook", "console")


def upgrade() -> None:
    """Make the tables, and let the vault's rows belong to a request."""
    _make_requests()
    _make_outbox()
    _make_channels()
    _make_access_log()
    # In batch, because SQLite cannot add a foreign key to a table: it is made anew.
    with op.batch_alter_table("contact_vault") as vault:
        vault.add_column(sa.Column("request_id", sa.Integer))
        vault.create_foreign_key(
            "fk_contact_vault_request", "handoff_requests", ["request_id"], ["id"], ondelete="CASCADE"
        )
        vault.create_index("ix_contact_vault_request_id", ["request_id"])


def downgrade() -> None:
    """Drop them, the dependent ones first; the vault forgets what belonged to requests."""
    op.execute("DELETE FROM contact_vault WHERE request_id IS NOT NULL")
    with op.batch_alter_table("contact_vault") as vault:
        vault.drop_index("ix_contact_vault_request_id")
        vault.drop_constraint("fk_contact_vault_request", type_="foreignkey")
        vault.drop_column("request_id")
    for table in ("access_log", "delivery_channels", "outbox", "handoff_requests"):
        op.drop_table(table)


def _make_requests() -> None:
    op.create_table(
        "handoff_requests",
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


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "request_id",
            sa.Integer,
            sa.ForeignKey("handoff_requests.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
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


def _make_channels() -> None:
    channels = op.create_table(
        "delivery_channels",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("paused_until", sa.DateTime),
    )
    op.bulk_insert(channels, [{"name": name, "failures": 0, "paused_until": None} for name in CHANNELS])


def _make_access_log() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
        sa.Column("who", sa.String(128), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False, index=True),
        sa.Column("what", sa.String(32), nullable=False),
    )
