"""Whole messages by kind, and their patterns: ``(when|what day) [then]`` stands for many ways to say one thing.

``(a|b)`` is one of them, ``[a|b]`` one of them or nothing; they may stand inside one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.consult.text.characters import fold

_SIGNS = re.compile(r"[()\[\]|]|[\w']+")
_WORDS = re.compile(r"[\w']+")
_REGEX = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"}


def is_pattern(phrase: str) -> bool:
    """Tell whether a phrase of a list stands for several."""
    return "(" in phrase or "[" in phrase


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Compile patterns into one, which takes a fraction of the time of trying each; for ``first_match``.

    They match words in lower case and without accents.
    """
    return re.compile("|".join(f"({_expression(phrase)})" for phrase in phrases) or "(?!)")


def first_match(pattern: re.Pattern[str], plain: str) -> int | None:
    """Return the number of the first of ``any_of``'s patterns that the whole of a plain text matches, from 0."""
    found = pattern.fullmatch(f"{plain} ")
    return None if found is None else int(found.lastindex or 1) - 1


class WholeMessages:
    """Whole messages by kind: plain phrases, and patterns."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take ``(kind, phrase)`` pairs."""
        listed = list(phrases)
        self._phrases = {words_of(phrase): kind for kind, phrase in listed if not is_pattern(phrase)}
        patterns = [(kind, phrase) for kind, phrase in listed if is_pattern(phrase)]
        self._kinds = [kind for kind, _ in patterns]
        self._pattern = any_of(phrase for _, phrase in patterns)

    def kind(self, words: str) -> str | None:
        """Return the kind of a message, given by its ``words_of``."""
        if words in self._phrases:
            return self._phrases[words]
        number = first_match(self._pattern, words)
        return None if number is None else self._kinds[number]


def words_as_regex(phrases: Iterable[str]) -> str:
    """Return the alternatives of a regular expression that matches any of these phrases, the longest first."""
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


def words_of(text: str) -> str:
    """Return a message's words alone, as whole messages are compared: lower case, no accents, no marks."""
    return " ".join(_WORDS.findall(fold(text).lower()))


def _expression(phrase: str) -> str:
    return "".join(_REGEX.get(sign) or re.escape(f"{sign} ") for sign in _SIGNS.findall(fold(phrase).lower()))
