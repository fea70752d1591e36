"""How long a text is as an SMS: in the GSM-7 alphabet, where one segment holds 160 characters."""

from __future__ import annotations

import unicodedata

ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")
"""Characters that take the place of two."""

SEGMENT = 160
PART = 153
"""What a segment holds of a text that needs several: the rest of it says which part it is."""
_PLAIN = {"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "•": "-"}


def length(text: str) -> int | None:
    """The number of GSM-7 places that a text takes, or None where it holds a character that GSM-7 lacks."""
    if not set(text) <= ALPHABET | EXTENSION:
        return None
    return len(text) + sum(character in EXTENSION for character in text)


def segments(text: str) -> int | None:
    """The number of segments that a text is sent as, or None where it holds a character that GSM-7 lacks."""
    whole = length(text)
    if whole is None or whole <= SEGMENT:
        return whole and 1
    count, filled = 1, 0
    for character in text:
        size = 2 if character in EXTENSION else 1
        # A character of two places is never split between two segments.
        if filled + size > PART:
            count, filled = count + 1, 0
        filled += size
    return count


def normalised(text: str) -> str:
    """The text with what GSM-7 lacks replaced by what looks most like it, or left out where nothing does."""
    return "".join(map(_closest, text))


def _closest(character: str) -> str:
    if character in ALPHABET or character in EXTENSION:
        return character
    plain = _PLAIN.get(character) or unicodedata.normalize("NFKD", character)
    return "".join(each for each in plain if each in ALPHABET or each in EXTENSION)
