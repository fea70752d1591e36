"""The language of a message, told by its words, and of its conversation, which changes by clear evidence or on request.

The words are data (data/language/told_by.yml), a list for each language that the bot speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot import languages
from bot.consult.text.characters import straight, without_accents
from bot.consult.text.within import Within
from bot.consult.types import Language
from bot.yaml_lines import plain_yaml

CLEAR, COMMON = 2, 1
ENOUGH = 2
"""As much as a language has to weigh more than the conversation's, before the conversation changes."""
ALONE = 3
"""As many times as much: a sentence of both is of the conversation's."""
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[\d,;.?!]")


@dataclass(frozen=True)
class _Words:
    """By what one language is told."""

    weights: Mapping[str, int]
    letters: frozenset[str]
    leading: frozenset[str] = frozenset()

    def weight(self, words: list[str]) -> int:
        """Count the words; one that may be a day elsewhere ("botox mon 9") counts only before a word."""
        leading = (word for word, behind in pairwise(words) if word in self.leading and behind.isalpha())
        told = sum(self.weights.get(without_accents(word), 0) for word in words) + sum(1 for _ in leading)
        return told + any(self.letters & set(word) for word in words)


class LanguageTeller:
    """Tells languages with one list of words; built once, shared freely."""

    def __init__(self, path: Path) -> None:
        """Read the words by language."""
        lists: dict[str, dict[str, Any]] = plain_yaml(path)
        known = {language: lists[language] for language in languages.ids() if language in lists}
        self._words = {language: _words(each) for language, each in known.items()}
        self._asked = {language: Within(_phrases(each)) for language, each in known.items()}

    def language(self, text: str, so_far: Language | None = None) -> Language:
        """Return the language in which to answer a message.

        Args:
            text: The message.
            so_far: The conversation's language; before its first answer what a page or a number hints at, if anything.
        """
        asked = self._asked_for(text)
        if asked:
            return asked
        weights = self.weights(text)
        best = max(weights, key=lambda each: weights[each])
        others = max((weights[each] for each in weights if each != best), default=0)
        if so_far not in weights:
            return best if weights[best] > others and weights[best] >= ENOUGH else languages.ids()[0]
        clear = weights[best] >= ENOUGH and weights[best] >= ALONE * others
        return best if clear else so_far

    def weights(self, text: str) -> dict[Language, int]:
        """Return how much speaks for each language."""
        words = list(_words_of(text))
        return {language: each.weight(words) for language, each in self._words.items()}

    def _asked_for(self, text: str) -> Language | None:
        """The language that is asked for last; talk of one asks for none."""
        places = {
            language: max((end for _, end in phrases.find("asked", text)), default=0)
            for language, phrases in self._asked.items()
            if not phrases.has("not_asked", text)
        }
        asked = max(places, key=lambda each: places[each], default=None)
        return asked if asked and places[asked] else None


def _words_of(text: str) -> Iterator[str]:
    """The words in small letters, and the parts that a hyphen or an apostrophe joins; a name loses its accents."""
    for found in _WORD.finditer(straight(text)):
        word = found.group()
        low = word.lower()
        yield without_accents(low) if word[0].isupper() and found.start() else low
        yield from (part for part in re.split("['-]", low) if part != low)


def _words(lists: Mapping[str, Any]) -> _Words:
    common, clear = (
        dict.fromkeys(_listed(lists, kind), weight) for kind, weight in (("common", COMMON), ("clear", CLEAR))
    )
    leading = frozenset(_listed(lists, "leading"))
    return _Words({**common, **clear}, frozenset(lists.get("letters") or ""), leading)


def _listed(lists: Mapping[str, Any], kind: str) -> Iterator[str]:
    for line in lists.get(kind) or ():
        yield from (without_accents(word.lower()) for word in str(line).split())


def _phrases(lists: Mapping[str, Any]) -> dict[str, list[str]]:
    return {kind: lists.get(kind) or [] for kind in ("asked", "not_asked")}
