"""The label classifier's model: n-grams and a sentence embedding in, one probability a label out.

Logistic regression with fixed weights: the same text gives the same answer. It knows nothing of this bot's domain.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.consult.text.disguises import undisguised

Matrix = NDArray[np.float32]
Counts = Mapping[str, int]
NEITHER = "neither"
"""The label of what has none of the labels asked for."""
_WEIGHTS, _WORDS = "labels.npz", "labels.json"
_SHORTEST, _LONGEST = 2, 5


@dataclass(frozen=True)
class FitOptions:
    """How the model is fitted."""

    inverse_regularization: float = 10.0
    embedding_weight: float = 3.0
    fewest: int = 4
    """An n-gram in fewer examples says nothing."""


@dataclass(frozen=True)
class LabelModel:
    """The weights."""

    labels: tuple[str, ...]
    columns: Mapping[str, int]
    idf: Matrix
    gram_weights: Matrix
    embedding_weights: Matrix
    bias: Matrix

    def probabilities(self, counted: Counts, embedding: Matrix | None) -> dict[str, float]:
        """Return each label's probability, given how often each n-gram stands in a text and what it means.

        Without an embedding the n-grams alone speak.
        """
        columns, values = _row(counted, self.columns, self.idf)
        logits = self.bias + values @ self.gram_weights[columns]
        if embedding is not None:
            logits = logits + unit(embedding) @ self.embedding_weights
        shares = np.exp(logits - logits.max())
        return {label: float(share) for label, share in zip(self.labels, shares / shares.sum(), strict=True)}


def fit(texts: Sequence[str], embeddings: Matrix, labels: Sequence[str], options: FitOptions) -> LabelModel:
    """Fit on texts with their embeddings and labels."""
    found = [counted(text) for text in texts]
    counts = Counter(gram for each in found for gram in each)
    kept = sorted(gram for gram, count in counts.items() if count >= options.fewest)
    columns = {gram: at for at, gram in enumerate(kept)}
    idf = np.array([np.log((1 + len(texts)) / (1 + counts[gram])) + 1 for gram in kept], dtype=np.float32)
    rows = [_row(each, columns, idf) for each in found]
    dense = np.stack([unit(row) for row in embeddings]) * np.float32(options.embedding_weight)
    features = scipy.sparse.hstack([_matrix(rows, len(kept)), scipy.sparse.csr_matrix(dense)]).tocsr()
    regression = LogisticRegression(C=options.inverse_regularization, max_iter=100, tol=1e-3).fit(features, labels)
    weights = regression.coef_.T.astype(np.float32)
    return LabelModel(
        tuple(regression.classes_),
        columns,
        idf,
        weights[: len(kept)],
        weights[len(kept) :] * np.float32(options.embedding_weight),
        regression.intercept_.astype(np.float32),
    )


def save(model: LabelModel, folder: Path) -> None:
    """Write a model into a folder."""
    arrays = {"idf": model.idf, "grams": model.gram_weights, "embedding": model.embedding_weights, "bias": model.bias}
    np.savez(folder / _WEIGHTS, **arrays)
    words = {"labels": model.labels, "grams": list(model.columns)}
    (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


def load(folder: Path) -> LabelModel:
    """Read a model that was saved."""
    words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
    arrays = np.load(folder / _WEIGHTS)
    columns = {gram: at for at, gram in enumerate(words["grams"])}
    return LabelModel(
        tuple(words["labels"]), columns, arrays["idf"], arrays["grams"], arrays["embedding"], arrays["bias"]
    )


def grams(text: str) -> Iterator[str]:
    """Yield a text's words, pairs of words, and the character n-grams of each word."""
    words = undisguised(text).text.split()
    yield from (f"w:{word}" for word in words)
    yield from (f"w:{first} {second}" for first, second in pairwise(words))
    for word in words:
        yield from _of_word(f" {word} ")


def _of_word(padded: str) -> Iterator[str]:
    for size in range(_SHORTEST, _LONGEST + 1):
        yield from (padded[at : at + size] for at in range(max(1, len(padded) - size + 1)))


def counted(text: str) -> Counts:
    """Return how often each n-gram stands in a text."""
    return Counter(grams(text))


def _row(counted: Counts, columns: Mapping[str, int], idf: Matrix) -> tuple[NDArray[np.int64], Matrix]:
    """Return a text's known n-grams, TF-IDF weighted, of one length whatever the text's."""
    counts = {columns[gram]: count for gram, count in counted.items() if gram in columns}
    found = np.fromiter(counts, dtype=np.int64, count=len(counts))
    times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
    return found, np.sqrt(np.float32(2)) * unit((1 + np.log(times)) * idf[found])


def unit(values: Matrix) -> Matrix:
    """Return a vector of length one in the same direction; a vector of zeros stays."""
    length = float(np.linalg.norm(values))
    return values / np.float32(length) if length else values


def _matrix(rows: Iterable[tuple[NDArray[np.int64], Matrix]], width: int) -> Any:
    found = list(rows)
    starts = np.cumsum([0, *(len(columns) for columns, _ in found)])
    columns = np.concatenate([columns for columns, _ in found])
    values = np.concatenate([values for _, values in found])
    return scipy.sparse.csr_matrix((values, columns, starts), shape=(len(found), width))
