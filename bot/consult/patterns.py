"""Patterns of the lists of whole messages: ``(when|what day) [then]`` stands for many ways to say one thing.

``(a|b)`` is one of them, ``[a|b]`` one of them or nothing; they may stand inside one another.
"""

from __future__ import annotations

import re

from bot.consult.tokens import fold

_SIGNS = re.compile(r"[()\[\]|]|[\w']+")
_REGEX = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"}


def is_pattern(phrase: str) -> bool:
    """Tell whether a phrase of a list stands for several."""
    return "(" in phrase or "[" in phrase


def compiled(phrase: str) -> re.Pattern[str]:
    """Compile a pattern; it matches words in lower case and without accents, each with a blank behind it."""
    return re.compile(
        "".join(_REGEX.get(sign) or re.escape(f"{sign} ") for sign in _SIGNS.findall(fold(phrase).lower()))
    )


def matches(pattern: re.Pattern[str], plain: str) -> bool:
    """Tell whether the whole of a plain text is what a pattern stands for."""
    return pattern.fullmatch(f"{plain} ") is not None
