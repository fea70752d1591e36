"""A message made plain for matching, with the way back to its own characters.

Lower case, no accents, no apostrophes ("can't" and "cant" are one), no invisible characters, drawn-out
letters squeezed ("cannnt"), letters set apart joined ("d i e"), digits that stand for letters read as them
("d1e"), other digits parted from letters ("16yo"). Each plain character keeps the offset of the character
it came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

_DROPPED = frozenset("'’‘`´ʼ′\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f*~")
_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "\n": ".", "\r": " ", "…": ","}
_DRAWN_OUT = 3
_LOOKS_LIKE = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "!": "i", "@": "a", "$": "s"}
_DISGUISED = re.compile(r"(?<![a-z0-9])[a-z]+(?:[01345!@$]+[a-z]+)+")
_SET_APART = re.compile(r"(?<!\w)[a-z](?:[ .-][a-z]){2,}(?!\w)")
_PLAIN_ALREADY = re.compile(r"[a-z]+(?: [a-z]+)*")
_NOT_PLAIN = re.compile(rf"([a-z])\1\1|{_SET_APART.pattern}")

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
    if _PLAIN_ALREADY.fullmatch(message) and not _NOT_PLAIN.search(message):
        return PlainText(message, tuple(range(len(message))))  # most of the lexicon's thousands of entries
    pairs = [(char, at) for at, original in enumerate(message) for char in _plain_char(original)]
    pairs = _part_numbers(_open_hyphens(_unmasked(_joined(_squeeze(pairs)))))
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


def _joined(pairs: list[Pair]) -> list[Pair]:
    """Write "d i e" and "d.i.e" as one word."""
    text = "".join(char for char, _ in pairs)
    gaps = {at for run in _SET_APART.finditer(text) for at in range(run.start() + 1, run.end(), 2)}
    return [pair for at, pair in enumerate(pairs) if at not in gaps]


def _unmasked(pairs: list[Pair]) -> list[Pair]:
    """Read a digit or a sign inside a word as the letter it looks like."""
    text = "".join(char for char, _ in pairs)
    inside = {at for word in _DISGUISED.finditer(text) for at in range(*word.span())}
    return [(_LOOKS_LIKE.get(char, char) if here in inside else char, at) for here, (char, at) in enumerate(pairs)]


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
