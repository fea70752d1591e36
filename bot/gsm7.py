"""How long a text is as an SMS: in the GSM-7 alphabet, where one segment holds 160 characters."""

from __future__ import annotations

ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")
"""Characters that take the place of two."""

SEGMENT = 160


def length(text: str) -> int | None:
    """The number of GSM-7 places that a text takes, or None where it holds a character that GSM-7 lacks."""
    if not set(text) <= ALPHABET | EXTENSION:
        return None
    return len(text) + sum(character in EXTENSION for character in text)
