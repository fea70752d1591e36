"""Keeps what a user types from being a command: Rasa obeys any message that starts with a slash.

Such a message is marked, not changed beyond it: the safety layer still reads its words, and the understanding
knows by the mark that somebody typed a command.
"""

from __future__ import annotations

import unicodedata

MARK = "[command] "
"""Stands before a typed command; what follows it starts with a slash."""
SLASHES = frozenset("/\u2044\u2215\u2571\u27cb\u29f8\u2afb\u2afd\u3033\uff0f")
"""A slash and the characters that pass for one, by shape or after normalisation."""
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def neutralised(text: str) -> str:
    """The text, marked where it would otherwise start with a slash."""
    start = next((i for i, c in enumerate(text) if not _is_blank(c)), len(text))
    if not _starts_with_slash(text[start:]):
        return text
    return f"{MARK}/{text[start + 1 :]}"


def _is_blank(character: str) -> bool:
    """True for all that a reader does not see: blanks, joiners, marks on nothing, letters without a shape."""
    return unicodedata.category(character)[0] in "CMZ" or character in _FILLERS


def _starts_with_slash(text: str) -> bool:
    return text[:1] in SLASHES and text != ""
