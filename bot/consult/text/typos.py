"""Slips of the finger: a word that is none is read as the nearest one that people use here.

The words are data (data/language/words.txt), and so are the common ones that are no slips
(data/knowledge/safety/common_words.txt). A word begins as it was meant to, and a name is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.consult.text.characters import Pair, PlainText, of_pairs

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
_DRAWN_OUT = re.compile(r"(.)\1\1")
_SHORTEST = 3
_TWO_SLIPS_FROM = 7
_LOOKED_AT = 8
_COMMON_FROM = 6
"""A word that is only common must have so many letters to be meant: a short one is near too many."""
_ENDINGS = ("s", "er", "ed", "ing", "ly", "y", "'s")
_SHORTEST_STEM = 4


class Typos:
    """Corrects the words of a text."""

    def __init__(self, words: Sequence[str], common: Sequence[str], known: Iterable[str] = ()) -> None:
        """Prepare the lists.

        Args:
            words: The words to correct towards, the most frequent first.
            common: Real words, the most frequent first.
            known: Further words that are no slips.
        """
        self._known = frozenset((*words, *common, *known))
        self._meant: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys((*words, *(word for word in common if len(word) >= _COMMON_FROM))):
            self._meant[word[0]].append(word)
        self.corrected = lru_cache(maxsize=8192)(self._corrected)

    def correct(self, seen: PlainText) -> PlainText:
        """Return a text with its slips corrected, and the way back to the message."""
        found = [(word, self.word(word[0], word.start())) for word in _WORD.finditer(seen.text)]
        changed = [(word.span(), new) for word, new in found if new != word[0]]
        return of_pairs(_replaced(seen, changed)) if changed else seen

    def word(self, word: str, at: int = 0) -> str:
        """Return a word as it was meant; ``at`` is its place in the text, where a capital makes no name."""
        is_name = at > 0 and word.istitle()
        corrected = word if is_name else self.corrected(word.lower())
        return word if corrected == word.lower() else corrected

    def _corrected(self, word: str) -> str:
        if len(word) < _SHORTEST or _DRAWN_OUT.search(word) or self._is_real(word):
            return word
        slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
        near = process.extract(
            word, self._meant.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=_LOOKED_AT
        )
        meant = min(near, key=lambda found: (found[1], _oddity(word, found[0])), default=None)
        return word if meant is None or (len(word) == _SHORTEST and not _same_letters(word, meant[0])) else meant[0]

    def _is_real(self, word: str) -> bool:
        stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return word in self._known or any(len(stem) >= _SHORTEST_STEM and stem in self._known for stem in stems)


def _oddity(typed: str, meant: str) -> int:
    """Letters are swapped or doubled more often than replaced or left out, and seldom is another one put in."""
    if _same_letters(typed, meant) or _single(typed) == _single(meant):
        return 0
    return 1 if len(meant) >= len(typed) else 2


def _same_letters(typed: str, meant: str) -> bool:
    return sorted(typed) == sorted(meant)


def _single(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _replaced(seen: PlainText, changed: Iterable[tuple[tuple[int, int], str]]) -> Iterator[Pair]:
    at = 0
    for (start, end), new in changed:
        yield from zip(seen.text[at:start], seen.offsets[at:start], strict=True)
        yield from ((letter, seen.offsets[min(start + i, end - 1)]) for i, letter in enumerate(new[:-1]))
        yield new[-1], seen.offsets[end - 1]
        at = end
    yield from zip(seen.text[at:], seen.offsets[at:], strict=True)
