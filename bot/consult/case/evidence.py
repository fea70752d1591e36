"""What the classifier says of a message: its guesses for the whole and for the parts that may ask something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.consult.topics import Topic


@dataclass(frozen=True)
class Guess:
    """One topic of the classifier's ranking, with its confidence from 0 to 1."""

    topic: Topic
    confidence: float


NO_GUESS = Guess("fallback", 0.0)


@dataclass(frozen=True)
class Evidence:
    """The classifier's guesses, best first."""

    ranking: tuple[Guess, ...] = ()
    parts: tuple[tuple[Guess, ...], ...] = ()
    """The rankings of the message's parts, where it has several."""
    similarity: float = 1.0
    """The cosine to the nearest training example of all, from 0 to 1."""

    @property
    def best(self) -> Guess:
        """The first guess for the whole message."""
        return self.ranking[0] if self.ranking else NO_GUESS


def ranking_of(pairs: Sequence[tuple[str, float]]) -> tuple[Guess, ...]:
    """Build a ranking from (topic, confidence) pairs, best first."""
    return tuple(Guess(topic, confidence) for topic, confidence in sorted(pairs, key=lambda p: -p[1]))
