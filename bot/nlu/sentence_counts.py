"""Rasa's CountVectorsFeaturizer for sentence classifiers: the whole message's counts, and nothing for each word.

Stock Rasa also counts every word on its own, for models that read sequences (DIET), and calls scikit-learn twice
a message. Where only whole messages are classified, that is most of the featurizer's time, in training and in
every turn. The counts themselves, the options and what is stored are stock Rasa's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import DENSE_FEATURIZABLE_ATTRIBUTES
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceCountsFeaturizer(CountVectorsFeaturizer):
    """Adds a sentence-level sparse feature to every message: how often each word or n-gram stands in it."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the feature to every message; all are counted together."""
        for attribute, vectorizer in (self.vectorizers or {}).items():
            if attribute in DENSE_FEATURIZABLE_ATTRIBUTES and vectorizer is not None:
                self._count(messages, attribute, vectorizer)
        return messages

    def _count(self, messages: list[Message], attribute: str, vectorizer: object) -> None:
        words = [self._get_processed_message_tokens_by_attribute(message, attribute) for message in messages]
        filled = [(message, " ".join(its)) for message, its in zip(messages, words, strict=True) if its]
        if not filled:
            return
        rows = vectorizer.transform([text for _, text in filled])  # type: ignore[attr-defined]
        rows.sort_indices()
        for (message, _), row in zip(filled, _rows(rows), strict=True):
            self.add_features_to_message(None, row, attribute, message)


def _rows(matrix: Any) -> Iterator[scipy.sparse.coo_matrix]:
    """Yield each row of a sparse matrix on its own: cut from its arrays, a third of what indexing takes."""
    width = matrix.shape[1]
    for start, end in pairwise(matrix.indptr):
        columns = matrix.indices[start:end]
        yield scipy.sparse.coo_matrix((matrix.data[start:end], (np.zeros_like(columns), columns)), shape=(1, width))
