"""The empty start that every later migration builds on.

It makes no table: a database that has only seen this one is known to be ours, and to be up to date.
"""

from __future__ import annotations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to make yet."""


def downgrade() -> None:
    """Nothing to undo."""
