"""What staff may learn from: the turns that were not understood, and those that their users disliked.

They exist as long as the turns do: an ended chat has none, and a deleted one takes them along.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.tables import conversations, turns
from bot.database import reading

Reason = Literal["not understood", "disliked"]
NOT_UNDERSTOOD = frozenset({"fallback", "gibberish"})
_TURNS = (
    sa.select(turns.c.text, turns.c.answer, turns.c.asked_at, turns.c.feedback)
    .join(conversations)
    .where(conversations.c.ended_at.is_(None), turns.c.answer.is_not(None))
    .order_by(turns.c.id)
)


@dataclass(frozen=True)
class Lesson:
    """A message, what it was taken for, and why somebody should look at it."""

    text: str
    """As the conversation shows it: numbers and addresses are tokens."""
    topic: str
    reason: Reason
    at: datetime
    """When it came, in UTC without a zone."""


def lessons(bound: Engine) -> list[Lesson]:
    """Return every turn that staff may learn from, the oldest first."""
    with reading(bound) as connection:
        return list(_found(connection.execute(_TURNS)))


def _found(rows: sa.engine.Result) -> Iterator[Lesson]:
    for row in rows:
        topic = str(json.loads(row.answer)["topic"])
        if row.feedback == "down":
            yield Lesson(row.text, topic, "disliked", row.asked_at)
        elif topic in NOT_UNDERSTOOD:
            yield Lesson(row.text, topic, "not understood", row.asked_at)
