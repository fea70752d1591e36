"""Collects the sentence features of Rasa messages into matrices, for the similarity intent classifier.

Each featurizer's part stays a block of its own, scaled to length 1 a message, so that a thousand character
n-grams do not drown one sentence embedding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from sklearn.preprocessing import normalize

Matrix = NDArray[np.float32]
SparseMatrix = Any
"""A scipy.sparse matrix; the library has no types."""


@dataclass(frozen=True)
class Layout:
    """Which featurizers' blocks a model was trained on, in order, and how wide each is."""

    sparse: Mapping[str, int]
    dense: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no feature at all to learn from."""
        return not (self.sparse or self.dense)


def layout_of(message: Message) -> Layout:
    """Read the blocks off one featurized message."""
    features = _sentence_features(message)
    return Layout(
        sparse={f.origin: f.features.shape[-1] for f in features if f.is_sparse()},
        dense={f.origin: f.features.shape[-1] for f in features if f.is_dense()},
    )


def has_features(message: Message, layout: Layout) -> bool:
    """Tell whether the message carries at least one of the blocks."""
    known = {*layout.sparse, *layout.dense}
    return any(feature.origin in known for feature in _sentence_features(message))


def sparse_blocks(messages: Sequence[Message], layout: Layout) -> dict[str, SparseMatrix]:
    """Return the raw counts of each sparse block, one row a message."""
    return {origin: _sparse_block(messages, origin, width) for origin, width in layout.sparse.items()}


def dense_rows(messages: Sequence[Message], layout: Layout) -> Matrix:
    """Return the dense blocks side by side, scaled so that a product of two rows is a mean cosine."""
    if not layout.dense:
        return np.zeros((len(messages), 0), dtype=np.float32)
    blocks = [
        normalize(np.vstack([_dense_row(message, origin, width) for message in messages]))
        for origin, width in layout.dense.items()
    ]
    rows: Matrix = (np.hstack(blocks) / np.sqrt(len(blocks))).astype(np.float32)
    return rows


def inverse_document_frequencies(counts: SparseMatrix) -> Matrix:
    """Return each column's weight: rare words and n-grams count for more."""
    frequencies = np.bincount(counts.indices, minlength=counts.shape[1])
    weights: Matrix = (np.log((1 + counts.shape[0]) / (1 + frequencies)) + 1).astype(np.float32)
    return weights


def weighted_rows(
    blocks: Mapping[str, SparseMatrix], weights: Mapping[str, Matrix], rows: int
) -> SparseMatrix:
    """Return the sparse blocks side by side, TF-IDF weighted, each of length 1."""
    if not weights:
        return scipy.sparse.csr_matrix((rows, 0), dtype=np.float32)
    weighted = [_weighted(blocks[origin], weights[origin]) for origin in weights]
    return scipy.sparse.hstack(weighted, format="csr")


def _weighted(counts: SparseMatrix, weights: Matrix) -> SparseMatrix:
    weighted = counts.astype(np.float32)
    weighted.data = (1 + np.log(weighted.data)) * weights[weighted.indices]
    return normalize(weighted, copy=False)


def _sentence_features(message: Message) -> list[Features]:
    return [f for f in message.features if f.attribute == TEXT and f.type == FEATURE_TYPE_SENTENCE]


def _row(message: Message, origin: str) -> Any | None:
    rows = [feature.features for feature in _sentence_features(message) if feature.origin == origin]
    return rows[0] if rows else None


def _sparse_block(messages: Sequence[Message], origin: str, width: int) -> SparseMatrix:
    return scipy.sparse.vstack([_sparse_row(message, origin, width) for message in messages], format="csr")


def _sparse_row(message: Message, origin: str, width: int) -> SparseMatrix:
    row = _row(message, origin)
    return scipy.sparse.coo_matrix((1, width)) if row is None else row


def _dense_row(message: Message, origin: str, width: int) -> NDArray[Any]:
    row = _row(message, origin)
    return np.zeros((1, width)) if row is None else np.asarray(row).reshape(1, width)
