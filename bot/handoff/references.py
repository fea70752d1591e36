"""The short name of a request, which people read out over the telephone."""

from __future__ import annotations

import secrets

PREFIX = "TD-"
ALPHABET = "34679CFHJKMPRTWXY"
"""No two that are taken for one another (0/O, 1/I/L, 5/S, 2/Z, 8/B, 6/G, U/V), and no words: no vowels."""
SHORTEST = 4


def new_reference(length: int = SHORTEST) -> str:
    """Draw a reference such as TD-4F7K; whether it is free, the table decides."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(length))


def tidied(typed: str) -> str:
    """Put a reference as somebody typed it, such as ``4f7k``, into its form."""
    plain = "".join(typed.upper().split()).removeprefix("TD").removeprefix("-")
    return PREFIX + plain
