"""SMS: who writes, what they wrote until it is answered, the answers until they are sent, and consent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_senders()
    _make_consents()
    _make_inbox()
    _make_outbox()


def downgrade() -> None:
    """Drop them, the dependent one first, with the numbers that the vault keeps for them."""
    op.execute("DELETE FROM contact_vault WHERE conversation_id LIKE 'sms-%'")
    for table in ("sms_outbox", "sms_inbox", "sms_consents", "sms_senders"):
        op.drop_table(table)


def _make_senders() -> None:
    op.create_table(
        "sms_senders",
        sa.Column("sender", sa.String(64), primary_key=True),
        sa.Column("first_seen_at", sa.DateTime, nullable=False),
        sa.Column("last_seen_at", sa.DateTime, nullable=False, index=True),
        sa.Column("introduced_at", sa.DateTime),
        sa.Column("opted_out_at", sa.DateTime),
        sa.Column("language", sa.String(8)),
        sa.Column("sealed_offer", sa.LargeBinary),
    )


def _make_consents() -> None:
    op.create_table(
        "sms_consents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender", sa.String(64), nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
        sa.Column("keyword", sa.String(32), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
    )


def _make_inbox() -> None:
    op.create_table(
        "sms_inbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("message_sid", sa.String(64), nullable=False, unique=True),
        sa.Column("signature", sa.String(64), nullable=False, unique=True),
        sa.Column("sender", sa.String(64), nullable=False, index=True),
        sa.Column("received_at", sa.DateTime, nullable=False, index=True),
        sa.Column("pictures", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("problem", sa.String(64)),
        sa.Column("done_at", sa.DateTime),
    )


def _make_outbox() -> None:
    inbox = sa.ForeignKey("sms_inbox.id", ondelete="CASCADE")
    op.create_table(
        "sms_outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("delivery_id", sa.String(32), nullable=False, unique=True),
        sa.Column("inbox_id", sa.Integer, inbox, nullable=False, unique=True),
        sa.Column("sender", sa.String(64), nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False, index=True),
        sa.Column("next_attempt_at", sa.DateTime, nullable=False),
        sa.Column("give_up_at", sa.DateTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("in_doubt", sa.Boolean, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("twilio_sid", sa.String(64), unique=True),
        sa.Column("problem", sa.String(64)),
        sa.Column("sent_at", sa.DateTime),
        sa.Column("delivered_at", sa.DateTime),
    )
