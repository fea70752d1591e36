"""The decision on a message: its topic, the row that decided, and the other questions in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.consult.topics import Topic

Manner = Literal["stay", "cleared"]


@dataclass(frozen=True)
class TopicDecision:
    """The topic of a message, and how it came about."""

    topic: Topic
    rule: str
    """The name of the row that decided."""
    more: tuple[Topic, ...] = ()
    """Further questions in the same message, to be answered as well."""
    likely: tuple[Topic, ...] = ()
    """The likeliest topics, for a question back."""
    follow_up: Manner | None = None
    """``stay``: the safe state holds; ``cleared``: it was left."""
    held: Topic | None = None
    """The question on timing that a fact of health holds back."""
    confidence: float = 0.0
