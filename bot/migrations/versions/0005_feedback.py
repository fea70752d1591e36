"""What a visitor thought of an answer: a word beside the turn, gone with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("website_turns", sa.Column("feedback", sa.String(8)))


def downgrade() -> None:
    """Drop it; SQLite makes the table anew for that."""
    with op.batch_alter_table("website_turns") as turns:
        turns.drop_column("feedback")
