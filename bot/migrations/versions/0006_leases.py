"""Texts are claimed for a while, so that several processes share the work and a dead one's is taken over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
TABLES = ("sms_inbox", "sms_outbox")


def upgrade() -> None:
    """Add the columns."""
    for table in TABLES:
        op.add_column(table, sa.Column("claimed_until", sa.DateTime))


def downgrade() -> None:
    """Drop them; SQLite makes the tables anew for that."""
    for table in TABLES:
        with op.batch_alter_table(table) as changed:
            changed.drop_column("claimed_until")
