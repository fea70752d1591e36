"""What the classifier says of a message: its guesses for the whole and for the parts that may ask something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bot.consult.topics import Topic


@dataclass(frozen=True)
class Guess:
    """One topic of the classifier's ranking, with its confidence from 0 to 1."""

    topic: Topic
    confidence: float


NO_GUESS = Guess("fallback", 0.0)


@dataclass(frozen=True)
class TurnGuess:
    """What a message most likely is to the turn before it: a kind of data/language/turns.tsv, with its probability."""

    kind: str
    probability: float


NO_TURN = TurnGuess("none", 0.0)


@dataclass(frozen=True)
class Evidence:
    """The classifier's guesses, best first."""

    whole: tuple[Guess, ...] = ()
    views: tuple[tuple[Guess, ...], ...] = ()
    """The rankings of a long message's question, alone and with the sentences that name a treatment."""
    parts: tuple[tuple[Guess, ...], ...] = ()
    """The rankings of the message's parts, where it may hold several questions."""
    turn: TurnGuess = NO_TURN
    """The classifier of turns on the message."""
    similarity: float = 1.0
    """The cosine to the nearest training example of all, from 0 to 1."""

    @cached_property
    def ranking(self) -> tuple[Guess, ...]:
        """The guesses for the message: each view of it counts like the whole."""
        if not self.views:
            return self.whole
        seen, sums = (self.whole, *self.views), defaultdict[Topic, float](float)
        for guess in chain.from_iterable(seen):
            sums[guess.topic] += guess.confidence
        return ranking_of([(topic, total / len(seen)) for topic, total in sums.items()])

    @property
    def best(self) -> Guess:
        """The first guess for the message."""
        return self.ranking[0] if self.ranking else NO_GUESS


def ranking_of(pairs: Sequence[tuple[str, float]]) -> tuple[Guess, ...]:
    """Build a ranking from (topic, confidence) pairs, best first."""
    return tuple(Guess(topic, confidence) for topic, confidence in sorted(pairs, key=lambda p: -p[1]))
