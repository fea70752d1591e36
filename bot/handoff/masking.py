"""Puts tokens in place of what somebody has already given, wherever they write it again.

A name is known by what stands before it ("my name is …"); written a second time, in a cry for help, it often stands
alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.handoff.contacts import without_extension

FEWEST_LETTERS = 5
"""A word of a name that stands alone is taken for the name from this length on: not "Will", not "Rose"."""
EVERYDAY = ("time",)
"""Kinds of values that are everybody's words: "tomorrow" tells of nobody."""

SHOWN_FIGURES = 2


def without_known(text: str, known: Mapping[str, str]) -> str:
    """A text with the token in place of each value that is known.

    Args:
        text: What somebody wrote.
        known: What they gave before, by token, such as ``name-1``.
    """
    values = {value: token for token, value in known.items() if value.strip() and not token.startswith(EVERYDAY)}
    for value in sorted(values, key=len, reverse=True):
        for pattern in _patterns(values[value], value):
            text = pattern.sub(f"[{values[value]}]", text)
    return text


def hint_of(token: str, value: str) -> tuple[str, str]:
    """What may be said of a value to whoever gave it: its kind, with a number's last figures, a word's first letter."""
    kind = token.rpartition("-")[0]
    if kind == "phone":
        return kind, re.sub(r"\D", "", without_extension(value))[-SHOWN_FIGURES:]
    return kind, value[:1] if kind in ("name", "email") else ""


def _patterns(token: str, value: str) -> Iterator[re.Pattern[str]]:
    yield re.compile(rf"(?<!\w){re.escape(value)}(?!\w)", re.IGNORECASE)
    if token.startswith("name"):
        words = (word for word in re.findall(r"[^\W\d_][\w'’-]*", value) if len(word) >= FEWEST_LETTERS)
        # As names are written: a word of the language in small letters is none.
        yield from (re.compile(rf"(?<![\w\[]){re.escape(word[0].upper() + word[1:])}(?!\w)") for word in words)
