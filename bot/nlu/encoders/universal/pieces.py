"""Cuts a text into the encoder's pieces of words: those that are likeliest together.

This is SentencePiece's unigram model. Its 128,000 pieces stay on disk as a compressed tree (marisa): as objects in
memory they would take 32 MB.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import marisa_trie
import numpy as np
from numpy.typing import NDArray

SPACE = "\u2581"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\ufeff\ufffd"), " ")
"""Characters without a look that part words, as SentencePiece takes them."""
UNKNOWN, START, END = 0, 1, 2
UNKNOWN_PENALTY = 10.0
"""How much less likely a character without a piece is than the unlikeliest piece."""
LONGEST_PIECE = 16


class Pieces:
    """All pieces of the model, with how likely each is."""

    def __init__(self, tree: Path, scores: NDArray[np.float32], numbers: NDArray[np.int32]) -> None:
        """Open the tree; scores and the model's own numbers are given in the tree's order."""
        self._tree = marisa_trie.Trie().mmap(str(tree))
        self._scores = scores
        self._numbers = numbers
        self._unknown = float(scores.min()) - UNKNOWN_PENALTY

    def numbers(self, text: str) -> list[int]:
        """Return the model's numbers of a text's pieces, between those of start and end."""
        words = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).split()
        letters = SPACE + SPACE.join(words)
        return [START, *self._likeliest(letters), END]

    def _likeliest(self, letters: str) -> list[int]:
        """Find the best way to each place, letter by letter, and follow the last one back (Viterbi)."""
        best = [0.0] + [-np.inf] * len(letters)
        steps = [(0, UNKNOWN)] * (len(letters) + 1)
        for start in range(len(letters)):
            for end, score, number in self._pieces_from(letters, start):
                if best[start] + score > best[end]:
                    best[end] = best[start] + score
                    steps[end] = (start, number)
        return _numbers_along(steps)

    def _pieces_from(self, letters: str, start: int) -> Iterator[tuple[int, float, int]]:
        """Yield where the pieces that start here end, how likely each is, and its number."""
        ends = set()
        for piece, place in self._tree.iter_prefixes_with_ids(letters[start : start + LONGEST_PIECE]):
            ends.add(start + len(piece))
            yield start + len(piece), self._scores[place], self._numbers[place]
        if start + 1 not in ends:
            yield start + 1, self._unknown, UNKNOWN


def _numbers_along(steps: list[tuple[int, int]]) -> list[int]:
    numbers, place = [], len(steps) - 1
    while place > 0:
        place, number = steps[place]
        numbers.append(int(number))
    return numbers[::-1]
