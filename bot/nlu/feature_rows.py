"""Collects the sentence features of Rasa messages into rows, for the similarity intent classifier.

Each featurizer's part stays a block of its own, scaled to length 1 a message, so that a thousand character
n-grams do not drown one sentence embedding. Sparse rows are kept as columns and values: one message is read in
microseconds so, where assembling library matrices took longer than all the arithmetic on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

Matrix = NDArray[np.float32]
SparseMatrix = Any
"""A scipy.sparse.csr_matrix; the library has no types."""


@dataclass(frozen=True)
class SparseRow:
    """One message's sparse features, all blocks side by side: which columns, and what is in them."""

    columns: NDArray[np.int64]
    values: Matrix


@dataclass(frozen=True)
class Layout:
    """Which featurizers' blocks a model was trained on, in order, and how wide each is."""

    sparse: Mapping[str, int]
    dense: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no feature at all to learn from."""
        return not (self.sparse or self.dense)

    @property
    def sparse_width(self) -> int:
        """Return the number of columns of all sparse blocks together."""
        return sum(self.sparse.values())

    @property
    def compared_width(self) -> int:
        """Return the number of columns of the first dense block: the one by which messages are compared."""
        return next(iter(self.dense.values()), 0)


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


def inverse_document_frequencies(messages: Sequence[Message], layout: Layout) -> Matrix:
    """Return each sparse column's weight: rare words and n-grams count for more."""
    columns = [block.columns for message in messages for block in _count_blocks(message, layout)]
    frequencies = np.bincount(_joined(columns, np.int64), minlength=layout.sparse_width)
    weights: Matrix = (np.log((1 + len(messages)) / (1 + frequencies)) + 1).astype(np.float32)
    return weights


def sparse_row(message: Message, layout: Layout, idf: Matrix) -> SparseRow:
    """Return the message's sparse blocks, TF-IDF weighted, each of length 1."""
    blocks = [_weighted(block, idf) for block in _count_blocks(message, layout)]
    columns = _joined([block.columns for block in blocks], np.int64)
    return SparseRow(columns, _joined([block.values for block in blocks], np.float32))


def dense_row(message: Message, layout: Layout) -> Matrix:
    """Return the dense blocks side by side, scaled so that a product of two rows is a mean cosine."""
    blocks = [_unit(_dense_block(message, origin, width)) for origin, width in layout.dense.items()]
    return _joined(blocks, np.float32) / np.float32(np.sqrt(max(1, len(blocks))))


def compared(dense: Matrix, layout: Layout) -> Matrix:
    """Return the first dense block of dense rows, in its own length again."""
    return dense[..., : layout.compared_width] * np.float32(np.sqrt(len(layout.dense)))


def sparse_matrix(rows: Sequence[SparseRow], width: int) -> SparseMatrix:
    """Stack sparse rows."""
    starts = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = _joined([row.columns for row in rows], np.int64)
    values = _joined([row.values for row in rows], np.float32)
    return scipy.sparse.csr_matrix((values, columns, starts), shape=(len(rows), width))


def _count_blocks(message: Message, layout: Layout) -> Iterator[SparseRow]:
    """Yield each sparse block's raw counts, its columns counted from the first block's first."""
    start = 0
    for origin, width in layout.sparse.items():
        row = _row(message, origin)
        if row is not None:
            counts = row.tocoo(copy=False)
            yield SparseRow(counts.col.astype(np.int64) + start, counts.data.astype(np.float32))
        start += width


def _weighted(counts: SparseRow, idf: Matrix) -> SparseRow:
    return SparseRow(counts.columns, _unit((1 + np.log(counts.values)) * idf[counts.columns]))


def _unit(values: Matrix) -> Matrix:
    length = float(np.linalg.norm(values))
    return values / np.float32(length) if length else values


def _sentence_features(message: Message) -> list[Features]:
    return [f for f in message.features if f.attribute == TEXT and f.type == FEATURE_TYPE_SENTENCE]


def _row(message: Message, origin: str) -> Any | None:
    rows = [feature.features for feature in _sentence_features(message) if feature.origin == origin]
    return rows[0] if rows else None


def _dense_block(message: Message, origin: str, width: int) -> Matrix:
    row = _row(message, origin)
    return np.zeros(width, dtype=np.float32) if row is None else np.asarray(row, dtype=np.float32).ravel()


def _joined(arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=dtype)
