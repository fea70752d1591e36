"""What a long message asks is read in its question; whatever else it says, in the whole."""

from __future__ import annotations

from dataclasses import replace

from bot.consult.reading.direction import Direction, read_direction
from bot.consult.reading.sentence import Sentence
from bot.consult.types import Pair

_ASKS = frozenset({"how_long", "why", "same_day", "which", "and_why", "counts_sessions"})
"""The cues that say what is asked."""


def signals_of(message: Sentence, question: Sentence) -> tuple[str, ...]:
    """Return the labels of a message's cues; what only its story asks is not asked."""
    asks = {label for label in message.cues.found if label in _ASKS or label.startswith("about_")}
    dropped = asks.difference(question.cues.found)
    return tuple(label for label in message.cues.found if label not in dropped)


def direction_of(message: Sentence, question: Sentence, pair: Pair) -> Direction:
    """Return the order that a message puts the treatments in; an order in the question goes before one in the story."""
    direction = read_direction(message, pair)
    if question is message:
        return direction
    asked = read_direction(question, pair)
    tells = asked.first and (len(question.treatments) > 1 or direction.first is None)
    if asked.asks_which or tells:
        return replace(direction, first=asked.first, asks_which=asked.asks_which, flips=asked.flips)
    return replace(direction, asks_which=False)
