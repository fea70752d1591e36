"""Typos and text-message spellings turned into the lexicon's words.

Only long words are corrected, towards one of the words listed as ``corrected`` that starts with the same
letter, and never a word listed as a real one (``not_typos``): "threat" is no "throat". A short word is corrected
where its letters only change places ("cnat"), or where one of five is missing ("hivs"). A word without vowels
is read as the one that it leaves the vowels out of: "swllw", "vsn".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_TYPO = 4
_LONG = 9
_ELIDED = frozenset("cdjlmnst")
_VOWELS = frozenset("aeiouyh")
_SHORTEST = 3
_SHORTEST_TARGET = 5
_SHORTEST_WITHIN = 5
_TAIL_VOWELS = re.compile("(?<=.)[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")


class Speller:
    """Turns one word into the lexicon's spelling of it, or leaves it alone."""

    def __init__(
        self,
        spellings: Mapping[str, str],
        corrected: Iterable[str] = (),
        left_alone: Iterable[str] = (),
        two_slips_from: int = _LONG,
    ) -> None:
        """Prepare the lists.

        Args:
            spellings: Fixed spellings.
            corrected: The words to correct towards.
            left_alone: The words that are no typos.
            two_slips_from: How many letters a word must have for two slips to be forgiven.
        """
        self._two_slips_from = two_slips_from
        self._spellings = dict(spellings)
        self._targets: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(corrected)):
            if len(word) >= _SHORTEST_TARGET:
                self._targets[word[0]].append(word)
        self._left_alone = frozenset(left_alone).union(corrected)
        self._skeletons = _skeletons(sorted({*corrected, *self._spellings.values()}))
        self._scrambled = {_letters(word): word for word in sorted(set(corrected), reverse=True)}
        self.spell = lru_cache(maxsize=8192)(self._spell)

    def _spell(self, word: str) -> str:
        fixed = self._spellings.get(word, word)
        if fixed in self._left_alone or len(fixed) < _SHORTEST or not fixed.isalpha():
            return fixed
        guessed = self._unvowelled(fixed) or self._with_slips(fixed) or fixed
        return self._spellings.get(guessed, guessed)

    def _with_slips(self, word: str) -> str | None:
        if len(word) < _SHORTEST_TYPO:
            return None
        scrambled = self._scrambled.get(_letters(word))
        return scrambled or self._clipped(word) or self._elided(word) or self.nearest(word) or self._half_vowelled(word)

    def _clipped(self, word: str) -> str | None:
        """The word that lost its last letter: "endin"."""
        return f"{word}g" if word.endswith("in") and f"{word}g" in self._left_alone else None

    def _unvowelled(self, word: str) -> str | None:
        """The word that was written without its vowels: "prgnnt"."""
        return next(iter(self._skeletons.get(_skeleton(word), ())), None) if _is_skeleton(word) else None

    def _half_vowelled(self, word: str) -> str | None:
        """The word that was written without most of its vowels: "swllwing"."""
        wholes = self._skeletons.get(_skeleton(word), ())
        return next((whole for whole in wholes if _is_within(word, whole)), None)

    def _elided(self, word: str) -> str | None:
        """The word behind a French article that lost its apostrophe: "laspirine"."""
        rest = word[1:]
        elided = word[0] in _ELIDED and rest[0] in _VOWELS and len(rest) >= _SHORTEST_TARGET
        return rest if elided and rest in self._left_alone else None

    def nearest(self, word: str) -> str | None:
        """The word that this one may be a typo of: one slip, two in a long word."""
        slips = 2 if len(word) >= self._two_slips_from else 1
        found = process.extractOne(word, self._targets.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        return str(found[0]) if found else None


def _letters(word: str) -> str:
    """The first letter, and the others whatever their places."""
    return word[0] + "".join(sorted(word[1:]))


def _skeletons(words: Iterable[str]) -> dict[str, list[str]]:
    """The words by what is left of them without vowels; the first that fits counts."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if word.isalpha() and len(_skeleton(word)) >= _SHORTEST:
            found[_skeleton(word)].append(word)
    return dict(found)


def _skeleton(word: str) -> str:
    return _DOUBLED.sub(r"\1", _TAIL_VOWELS.sub("", word))


def _is_skeleton(word: str) -> bool:
    return not _TAIL_VOWELS.search(word)


def _is_within(word: str, whole: str) -> bool:
    """True where at least two letters of the whole word are left out, and nothing else is changed."""
    letters = iter(whole)
    return _SHORTEST_WITHIN <= len(word) <= len(whole) - 2 and all(letter in letters for letter in word)
