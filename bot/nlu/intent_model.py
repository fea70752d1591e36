"""The mathematics of the similarity intent classifier: plain arrays in, probabilities and similarities out.

Logistic regression says which intent a message is most like; an intent gains by how near its nearest training
example is, since one that says almost the same counts for more than what is said on average. Both are just as sure
about nonsense. The cosine to the nearest example of all says whether anything like it was ever seen: the confidence
is the product. All dense features are fitted; the first one's are compared.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from bot.nlu.feature_rows import Layout, Matrix, SparseMatrix, SparseRow, compared

ARRAYS_FILE = "intent_model.npz"
NAMES_FILE = "intent_model.json"


@dataclass(frozen=True)
class FitOptions:
    """How to fit: the components' options that matter only in training."""

    inverse_regularization: float
    sparse_weight: float
    latent_dimensions: int


@dataclass(frozen=True)
class Nearness:
    """What an intent's nearest example adds to its logit: the weight at a cosine of 1, less the farther it is."""

    weight: float = 0.0
    exponent: float = 1.0

    def __call__(self, similarities: Matrix) -> Matrix:
        """Return what is added, in logits."""
        added: Matrix = np.float32(self.weight) * similarities ** np.float32(self.exponent)
        return added


NO_NEARNESS = Nearness()


@dataclass(frozen=True)
class Examples:
    """Training examples sorted by intent: every text, every intent, and each text's intent by number."""

    texts: tuple[str, ...]
    intents: tuple[str, ...]
    intent_of: NDArray[np.int64]

    @property
    def first_of_intent(self) -> NDArray[np.int64]:
        """Return where each intent's examples start."""
        starts: NDArray[np.int64] = np.searchsorted(self.intent_of, np.arange(len(self.intents)))
        return starts


@dataclass(frozen=True)
class Scores:
    """What the model says of one message: one value an intent, one an example."""

    probabilities: Matrix
    intent_similarities: Matrix
    example_similarities: Matrix

    def confidences(self, exponent: float) -> Matrix:
        """Return the probabilities, lowered by how far off the nearest example is."""
        nearest = self.intent_similarities.max()
        lowered: Matrix = self.probabilities * nearest**exponent
        return lowered


@dataclass(frozen=True)
class IntentModel:
    """A fitted model: linear weights for the features and the training examples to compare with."""

    layout: Layout
    idf: Matrix
    examples: Examples
    sparse_weights: Matrix
    dense_weights: Matrix
    intercepts: Matrix
    reference: Matrix | SparseMatrix
    """The examples' rows in the space of comparison: dense where there are dense features, else sparse."""

    def scores(self, sparse: SparseRow, dense: Matrix, nearness: Nearness = NO_NEARNESS) -> Scores:
        """Score one message, given as one row of each kind."""
        sparse_part = sparse.values @ self.sparse_weights[sparse.columns]
        logits = sparse_part + dense @ self.dense_weights + self.intercepts
        similarities = self._similarities(sparse, dense)
        nearest = np.maximum.reduceat(similarities, self.examples.first_of_intent)
        return Scores(
            probabilities=_softmax(logits + nearness(nearest)),
            intent_similarities=nearest,
            example_similarities=similarities,
        )

    def _similarities(self, sparse: SparseRow, dense: Matrix) -> Matrix:
        if self.layout.dense:
            products = self.reference @ compared(dense, self.layout)
        else:
            products = self.reference @ self._spread(sparse) / len(self.layout.sparse)
        similarities: Matrix = np.clip(products, 0.0, 1.0)
        return similarities

    def _spread(self, sparse: SparseRow) -> Matrix:
        row = np.zeros(self.layout.sparse_width, dtype=np.float32)
        row[sparse.columns] = sparse.values
        return row


def sorted_examples(texts: Sequence[str], intents: Sequence[str]) -> tuple[Examples, NDArray[np.int64]]:
    """Sort examples by intent; also return where each came from."""
    names, numbers = np.unique(np.array(intents), return_inverse=True)
    order: NDArray[np.int64] = np.argsort(numbers, kind="stable")
    examples = Examples(
        texts=tuple(texts[i] for i in order),
        intents=tuple(str(name) for name in names),
        intent_of=numbers[order],
    )
    return examples, order


def fit(
    layout: Layout,
    idf: Matrix,
    examples: Examples,
    sparse: SparseMatrix,
    dense: Matrix,
    options: FitOptions,
) -> IntentModel:
    """Fit a model on examples sorted by intent, given as rows in the same order. Deterministic."""
    basis = _latent_basis(sparse, options.latent_dimensions) * options.sparse_weight
    rows = np.hstack([np.asarray(sparse @ basis, dtype=np.float32), dense])
    weights, intercepts = _linear_weights(rows, examples, options.inverse_regularization)
    split = basis.shape[1]
    return IntentModel(
        layout=layout,
        idf=idf,
        examples=examples,
        # The basis served to fit fast; folded into the weights it costs nothing at run time.
        sparse_weights=basis @ weights[:split],
        dense_weights=np.ascontiguousarray(weights[split:]),
        intercepts=intercepts,
        reference=_by_columns(compared(dense, layout)) if layout.dense else sparse,
    )


def _latent_basis(sparse: SparseMatrix, dimensions: int) -> Matrix:
    """Return the directions that hold most of the sparse rows: far fewer than there are n-grams."""
    kept = min(dimensions, min(sparse.shape) - 1)
    if kept < 1:
        return np.eye(sparse.shape[1], dtype=np.float32)
    svd = TruncatedSVD(kept, n_iter=2, random_state=0).fit(sparse)
    basis: Matrix = svd.components_.T.astype(np.float32)
    return basis


def _linear_weights(rows: Matrix, examples: Examples, inverse_regularization: float) -> tuple[Matrix, Matrix]:
    """Return one column of weights and one intercept an intent."""
    if len(examples.intents) == 1:
        return np.zeros((rows.shape[1], 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    model = LogisticRegression(C=inverse_regularization, class_weight="balanced", max_iter=100)
    with warnings.catch_warnings():
        # Stopping early costs nothing that could be measured; the warning only alarms.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows, examples.intent_of)
    return _row_each(model.coef_, len(examples.intents)).T, _row_each(model.intercept_, len(examples.intents))


def _row_each(values: NDArray[Any], intents: int) -> Matrix:
    """Give two intents a row each: scikit-learn keeps only the second one's."""
    rows = values if intents > 2 else np.concatenate([np.zeros_like(values), values])
    return rows.astype(np.float32)


def _softmax(logits: Matrix) -> Matrix:
    exponentials = np.exp(logits - logits.max())
    probabilities: Matrix = exponentials / exponentials.sum()
    return probabilities


def save(model: IntentModel, folder: Path) -> None:
    """Write the model as plain arrays and JSON: nothing in it is executed when it is loaded."""
    arrays: dict[str, Any] = {
        "intent_of": model.examples.intent_of,
        "sparse_weights": model.sparse_weights,
        "dense_weights": model.dense_weights,
        "intercepts": model.intercepts,
        "idf": model.idf,
        **_reference_arrays(model.reference),
    }
    np.savez(folder / ARRAYS_FILE, **arrays)
    names = {"layout": asdict(model.layout), "texts": model.examples.texts, "intents": model.examples.intents}
    (folder / NAMES_FILE).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def load(folder: Path) -> IntentModel:
    """Read a model that ``save`` wrote."""
    names = json.loads((folder / NAMES_FILE).read_text(encoding="utf-8"))
    with np.load(folder / ARRAYS_FILE, allow_pickle=False) as file:
        arrays = dict(file)
    return IntentModel(
        layout=Layout(**names["layout"]),
        idf=arrays["idf"],
        examples=Examples(tuple(names["texts"]), tuple(names["intents"]), arrays["intent_of"]),
        sparse_weights=arrays["sparse_weights"],
        dense_weights=arrays["dense_weights"],
        intercepts=arrays["intercepts"],
        reference=_reference(arrays),
    )


def _reference_arrays(reference: Matrix | SparseMatrix) -> dict[str, NDArray[Any]]:
    if isinstance(reference, np.ndarray):
        return {"reference": reference}
    return {
        "reference_data": reference.data,
        "reference_indices": reference.indices,
        "reference_indptr": reference.indptr,
        "reference_shape": np.array(reference.shape),
    }


def _by_columns(rows: Matrix) -> Matrix:
    """Lay a matrix out column by column: times one vector, all of it is read once and in order, in half the time."""
    laid_out: Matrix = np.asfortranarray(rows)
    return laid_out


def _reference(arrays: Mapping[str, NDArray[Any]]) -> Matrix | SparseMatrix:
    if "reference" in arrays:
        return _by_columns(arrays["reference"])
    parts = (arrays["reference_data"], arrays["reference_indices"], arrays["reference_indptr"])
    return scipy.sparse.csr_matrix(parts, shape=tuple(arrays["reference_shape"]))
