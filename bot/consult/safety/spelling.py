"""Typos and text-message spellings turned into the lexicon's words.

Only long words are corrected, towards one of the words listed as ``corrected`` that starts with the same
letter, and never a word listed as a real one (``not_typos``): "threat" is no "throat".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_TYPO = 5
_LONG = 9
_ELIDED = frozenset("cdjlmnst")
_VOWELS = frozenset("aeiouyh")


class Speller:
    """Turns one word into the lexicon's spelling of it, or leaves it alone."""

    def __init__(
        self,
        spellings: Mapping[str, str],
        corrected: Iterable[str] = (),
        left_alone: Iterable[str] = (),
    ) -> None:
        """Remember fixed spellings, the words to correct towards, and the words that are no typos."""
        self._spellings = dict(spellings)
        self._targets: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(corrected)):
            self._targets[word[0]].append(word)
        self._left_alone = frozenset(left_alone).union(corrected)
        self.spell = lru_cache(maxsize=8192)(self._spell)

    def _spell(self, word: str) -> str:
        fixed = self._spellings.get(word, word)
        if fixed in self._left_alone or len(fixed) < _SHORTEST_TYPO or not fixed.isalpha():
            return fixed
        return self._elided(fixed) or self.nearest(fixed) or fixed

    def _elided(self, word: str) -> str | None:
        """The word behind a French article that lost its apostrophe: "laspirine"."""
        rest = word[1:]
        elided = word[0] in _ELIDED and rest[0] in _VOWELS and len(rest) >= _SHORTEST_TYPO
        return rest if elided and rest in self._left_alone else None

    def nearest(self, word: str) -> str | None:
        """The word that this one may be a typo of: one slip, two in a long word."""
        slips = 2 if len(word) >= _LONG else 1
        found = process.extractOne(word, self._targets.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        return str(found[0]) if found else None
