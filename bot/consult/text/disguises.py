"""A message without the disguises of its words, for the lexicon: "d i e", "d1e" and "can't" are "die" and "cant".

Lower case, no apostrophes, letters set apart joined, digits that stand for letters read as them, other digits
parted from letters ("16yo"), hyphens inside words opened.
"""

from __future__ import annotations

import re

from bot.consult.text.characters import Pair, PlainText, of_pairs, plain

_DROPPED = frozenset("'*~")
_LOOKS_LIKE = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "!": "i", "@": "a", "$": "s"}
_DISGUISED = re.compile(r"(?<![a-z0-9])(?:[a-z]![a-z]+|[a-z]+(?:[01345@$]+[a-z]+)+)")
# "k!ll" is a word; "ok!cant" are two.
_SET_APART = re.compile(r"(?<!\w)[a-z](?:[ .-][a-z]){2,}(?!\w)")
_PLAIN_ALREADY = re.compile(r"[a-z]+(?: [a-z]+)*")
_NOT_PLAIN = re.compile(rf"([a-z])\1\1|{_SET_APART.pattern}")
_DOTS = re.compile(r"\.{2,}|…")


def undisguised(message: str) -> PlainText:
    """Take a message's words out of their disguise."""
    if _PLAIN_ALREADY.fullmatch(message) and not _NOT_PLAIN.search(message):
        return PlainText(message, range(len(message)))  # most of the lexicon's thousands of entries
    seen = plain(message)
    text = _DOTS.sub(lambda dots: "," + "'" * (len(dots[0]) - 1), seen.text.lower().replace("\n", "."))
    pairs = [(char, at) for char, at in zip(text, seen.offsets, strict=True) if char not in _DROPPED]
    return of_pairs(_part_numbers(_open_hyphens(_unmasked(_joined(pairs)))))


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
