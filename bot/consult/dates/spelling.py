"""Puts misspelt months, weekdays and day words right ("novemeber", "wendsday"), and nothing shorter."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

SHORTEST = 6
"""Words below this many letters are too close to other words to be guessed at."""

_LONG = 8
_LONG_ENOUGH_FOR_TWO = 7
_REAL_WORDS = frozenset(
    "augusta auguste christian christians christa christens christie christina christine hallowed "
    "resemblance demarche demarches decamper deceiver demanche denombre demembre thirsty".split()
)


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") else word


class Speller:
    """Corrects a word to the one name that it is nearest to.

    Args:
        known: Words that are right as they are.
        names: Those that may be guessed at.
    """

    def __init__(self, known: Iterable[str], names: Iterable[str]) -> None:
        self.words = frozenset(known)
        self._targets = tuple(sorted(name for name in names if len(name) >= SHORTEST))
        self._correct = lru_cache(maxsize=4096)(self._nearest)

    def correct(self, word: str) -> str | None:
        """Find the known word that is meant, if there is one.

        Args:
            word: A folded word that is not itself known.
        """
        if len(word) < SHORTEST or word in _REAL_WORDS or _stem(word) in self.words:
            return None
        return self._correct(word)

    def _nearest(self, word: str) -> str | None:
        same_start = (target for target in self._targets if target[0] == word[0])
        near = [(OSA.distance(word, target), target) for target in same_start]
        return min((hit for hit in near if hit[0] <= _allowed(word, hit[1])), default=(0, None))[1]


def _allowed(word: str, target: str) -> int:
    """Allow two slips in a long name, one in a shorter."""
    return 2 if len(target) >= _LONG and len(word) >= _LONG_ENOUGH_FOR_TWO else 1
