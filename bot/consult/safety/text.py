"""A message made plain for matching, with the way back to its own characters.

Lower case, no accents, no apostrophes ("can't" and "cant" are one), no invisible characters, drawn-out
letters squeezed ("cannnt"), digits parted from letters ("16yo"). Each plain character keeps the offset of
the character it came from.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

_DROPPED = frozenset("'’‘`´ʼ′\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f*~")
_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "\n": ".", "\r": " ", "…": ","}
_DRAWN_OUT = 3

Pair = tuple[str, int]


@dataclass(frozen=True)
class PlainText:
    """The plain text and, for each of its characters, the offset in the message."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a stretch of the plain text into one of the message."""
        return self.offsets[start], self.offsets[end - 1] + 1


def plain(message: str) -> PlainText:
    """Make a message plain."""
    pairs = [(char, at) for at, original in enumerate(message) for char in _plain_char(original)]
    pairs = _part_numbers(_open_hyphens(_squeeze(pairs)))
    return PlainText("".join(char for char, _ in pairs), tuple(at for _, at in pairs))


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char in _LIGATURES:
        return _LIGATURES[char]
    if char.isspace():
        return " "
    letters = unicodedata.normalize("NFKD", char)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()


def _squeeze(pairs: list[Pair]) -> list[Pair]:
    """Cut "soooo" to "so", two spaces to one, and dots that trail off to a comma."""
    squeezed: list[Pair] = []
    for char, run in groupby(pairs, key=lambda pair: pair[0]):
        squeezed.extend(_squeezed_run(char, list(run)))
    return squeezed


def _squeezed_run(char: str, run: list[Pair]) -> list[Pair]:
    if char == "." and len(run) > 1:
        return [(",", run[0][1])]
    if char == " " or (char.isalpha() and len(run) >= _DRAWN_OUT):
        return run[:1]
    return run


def _open_hyphens(pairs: list[Pair]) -> list[Pair]:
    """Write "auto-immune" and "peut-on" as two words; leave a dash between words alone."""
    opened = list(pairs)
    for here in range(1, len(pairs) - 1):
        char, at = pairs[here]
        if char == "-" and pairs[here - 1][0].isalnum() and pairs[here + 1][0].isalnum():
            opened[here] = (" ", at)
    return opened


def _part_numbers(pairs: list[Pair]) -> list[Pair]:
    parted: list[Pair] = []
    for char, at in pairs:
        if parted and char.isalpha() and parted[-1][0].isdigit():
            parted.append((" ", at))
        parted.append((char, at))
    return parted
