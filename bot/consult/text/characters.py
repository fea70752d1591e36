"""The one normaliser: what is typed becomes what is meant to be read, with the way back to the message.

``clean`` takes away what nobody sees and writes every look-alike as the plain character; ``plain`` drops accents
and drawn-out letters besides. ``fold`` and ``straight`` change no length, for texts whose offsets have to stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´′＇", "'"),
        **dict.fromkeys("“”«»„″", '"'),
        **dict.fromkeys("–—‐‑−‒―", "-"),
        "⁄": "/",
    }
)
_LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"}
_INVISIBLE = ("Cc", "Cf", "Cn", "Co", "Cs")
# Selectors, joiners and fillers that take no place of their own, whatever their category; and trade marks.
_PASSED_OVER = re.compile("[\ufe00-\ufe0f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0™®©]")
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[-•*·–]|\d{1,2}[).])[ \t]")
_INNER_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_UNEVEN = re.compile(r"[^ -_a-~\n]|[ \n][ \n]")
_FRACTION = "⁄"
_DRAWN_OUT = 3
_NO_LETTER_TRIPLED = re.compile(r"(?!.*([A-Za-z])\1\1)", re.DOTALL)

Pair = tuple[str, int]
"""A character, and the offset in the message of the one that it comes from."""


@dataclass(frozen=True)
class PlainText:
    """A text made plain and, for each of its characters, the offset in the message."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a stretch of the plain text into one of the message."""
        return self.offsets[start], self.offsets[end - 1] + 1


def of_pairs(pairs: Iterable[Pair]) -> PlainText:
    """Put characters together again."""
    kept = list(pairs)
    return PlainText("".join(char for char, _ in kept), tuple(at for _, at in kept))


def clean(message: str) -> PlainText:
    """Write a message as it looks: no invisible characters, single blanks, straight quotes, plain letters and digits.

    Args:
        message: The message as typed.
    """
    if not _UNEVEN.search(message):
        return PlainText(message, range(len(message)))
    return of_pairs(_single_blanks(_characters(message, _seen)))


def plain(message: str) -> PlainText:
    """Write a message without accents and drawn-out letters too: "Trèèès" is "Tres"."""
    cleaned = clean(message)
    if cleaned.text.isascii() and _NO_LETTER_TRIPLED.match(cleaned.text):
        return cleaned
    pairs = ((char, cleaned.offsets[at]) for char, at in _characters(cleaned.text, without_accents))
    return of_pairs(_shortened(pairs))


def items_apart(message: str) -> str:
    """End each line of a message that holds a list, as its writer sees it; no offset moves.

    Args:
        message: The message as typed.
    """
    return message.replace("\n", ";") if _ITEM.search(message) else message


def straight(text: str) -> str:
    """Straighten quotes, dashes and blanks; no offset moves."""
    return "".join(" " if char.isspace() else char for char in text.translate(_STRAIGHT))


def fold(text: str) -> str:
    """Drop accents, and hyphens inside words; no offset moves: "post-séance" is "post seance"."""
    return _INNER_HYPHEN.sub(" ", "".join(map(_base, straight(text))))


@lru_cache(maxsize=4096)
def without_accents(text: str) -> str:
    """Drop the accents, and write ligatures as two letters."""
    letters = unicodedata.normalize("NFKD", "".join(_LIGATURES.get(char, char) for char in text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def _base(char: str) -> str:
    decomposed = unicodedata.normalize("NFD", char)
    return decomposed[0] if len(decomposed) > 1 and unicodedata.combining(decomposed[1]) else char


def _characters(text: str, written: Callable[[str], str]) -> Iterable[Pair]:
    return ((char, at) for at, original in enumerate(text) for char in written(original))


@lru_cache(maxsize=4096)
def _seen(char: str) -> str:
    """What one character looks like: itself, the plain letter or digit that it stands for, or nothing."""
    if char.isspace():
        return "\n" if char in "\n\r\u2028\u2029" else " "
    if unicodedata.category(char) in _INVISIBLE or _PASSED_OVER.match(char):
        return ""
    straightened = char.translate(_STRAIGHT)
    stands_for = unicodedata.normalize("NFKC", straightened)
    if _FRACTION in stands_for:
        return f" {stands_for.replace(_FRACTION, '/')}"
    return stands_for if stands_for.isascii() else straightened


def _single_blanks(pairs: Iterable[Pair]) -> Iterable[Pair]:
    """Leave one blank of several; a line's end counts more than a blank."""
    for is_blank, run in groupby(pairs, key=lambda pair: pair[0] in " \n"):
        kept = list(run)
        if is_blank:
            kept = [next((pair for pair in kept if pair[0] == "\n"), kept[0])]
        yield from kept


def _shortened(pairs: Iterable[Pair]) -> Iterable[Pair]:
    """Cut "soooo" to "so"."""
    for char, run in groupby(pairs, key=lambda pair: pair[0]):
        kept = list(run)
        yield from kept[:1] if char.isalpha() and len(kept) >= _DRAWN_OUT else kept
