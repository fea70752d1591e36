"""Rasa intent classifier whose confidence falls when nothing similar was ever seen in training.

Logistic regression over all the sentence features of the pipeline (sparse ones TF-IDF weighted), helped by the
cosine to each intent's nearest training example, and times the cosine to the nearest one of all. The cosine is that of
the first dense featurizer in the pipeline. It knows nothing of this bot's domain: it trains on any Rasa data. Beside
``intent`` and ``intent_ranking`` it tells the staff why: ``nearest_examples``.
"""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import feature_rows, intent_model
from bot.nlu.intent_model import Examples, FitOptions, IntentModel, Nearness, Scores

logger = logging.getLogger(__name__)

NEAREST_EXAMPLES = "nearest_examples"
SIMILARITY = "similarity"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SimilarityIntentClassifier(IntentClassifier, GraphComponent):
    """Sets ``intent``, ``intent_ranking`` (with ``similarity``) and ``nearest_examples`` of a message."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for a featurizer before this component."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages that Rasa checks for before training."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options and their defaults."""
        return {
            # How freely the weights may grow; scikit-learn's C.
            "inverse_regularization": 10.0,
            # What words and n-grams count beside the embedding, in length.
            "sparse_weight": 0.5,
            # Words and n-grams are fitted in this many latent directions.
            "latent_dimensions": 300,
            # What an intent's nearest example adds to its logit, at a cosine of 1; 0: the regression alone.
            "nearest_weight": 4.0,
            # How much sooner it adds less the farther it is; 1: in proportion.
            "nearest_exponent": 3.0,
            # 0 leaves the similarity out of the confidence, 2 squares it.
            "similarity_exponent": 1.0,
            "ranking_length": 10,
            "nearest_examples": 3,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = _checked({**self.get_default_config(), **config}, set(self.get_default_config()))
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SimilarityIntentClassifier:
        """Create an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SimilarityIntentClassifier:
        """Load a trained classifier; without anything stored, an untrained one."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, intent_model.load(folder))
        except ValueError:
            logger.warning("The intent classifier was not trained: it will recognise no intent.")
            return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has a text, an intent and features."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        layout = feature_rows.layout_of(examples[0]) if examples else None
        if layout is None or layout.is_empty:
            logger.warning("The intent classifier is skipped: there are no featurized examples to learn from.")
            return self._resource
        self._model = self._fitted(examples, layout)
        with self._model_storage.write_to(self._resource) as folder:
            intent_model.save(self._model, folder)
        return self._resource

    def _fitted(self, messages: list[Message], layout: feature_rows.Layout) -> IntentModel:
        examples, messages = _sorted(messages)
        idf = feature_rows.inverse_document_frequencies(messages, layout)
        sparse_rows = [feature_rows.sparse_row(message, layout, idf) for message in messages]
        sparse = feature_rows.sparse_matrix(sparse_rows, layout.sparse_width)
        dense = np.stack([feature_rows.dense_row(message, layout) for message in messages])
        return intent_model.fit(layout, idf, examples, sparse, dense, self._options)

    @property
    def _options(self) -> FitOptions:
        return FitOptions(
            inverse_regularization=self._config["inverse_regularization"],
            sparse_weight=self._config["sparse_weight"],
            latent_dimensions=self._config["latent_dimensions"],
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the likeliest intent of every message, the ranking and the nearest training examples."""
        for message in messages:
            if self._model and feature_rows.has_features(message, self._model.layout):
                self._classify(message, self._model)
            else:
                _set(message, [], [])
        return messages

    def _classify(self, message: Message, model: IntentModel) -> None:
        sparse = feature_rows.sparse_row(message, model.layout, model.idf)
        dense = feature_rows.dense_row(message, model.layout)
        nearness = Nearness(self._config["nearest_weight"], self._config["nearest_exponent"])
        scores = model.scores(sparse, dense, nearness)
        _set(message, self._ranking(model, scores), self._nearest(model, scores))

    def _ranking(self, model: IntentModel, scores: Scores) -> list[dict[str, Any]]:
        confidences = scores.confidences(self._config["similarity_exponent"])
        return [
            {
                INTENT_NAME_KEY: model.examples.intents[i],
                PREDICTED_CONFIDENCE_KEY: float(confidences[i]),
                SIMILARITY: float(scores.intent_similarities[i]),
            }
            for i in _highest(scores.probabilities, self._config["ranking_length"])
        ]

    def _nearest(self, model: IntentModel, scores: Scores) -> list[dict[str, Any]]:
        return [
            {
                TEXT: model.examples.texts[i],
                INTENT: model.examples.intents[model.examples.intent_of[i]],
                SIMILARITY: float(scores.example_similarities[i]),
            }
            for i in _highest(scores.example_similarities, self._config["nearest_examples"])
        ]


def _checked(config: dict[str, Any], known: set[str]) -> dict[str, Any]:
    name = SimilarityIntentClassifier.__name__
    unknown = sorted(set(config) - known)
    if unknown:
        raise InvalidConfigException(f"{name} has no option {', '.join(unknown)}.")
    wrong = sorted(key for key, value in config.items() if not isinstance(value, int | float) or value < 0)
    if wrong:
        raise InvalidConfigException(f"{name}: {', '.join(wrong)} must be a number, at least 0.")
    return config


def _sorted(messages: list[Message]) -> tuple[Examples, list[Message]]:
    texts = [str(message.get(TEXT)) for message in messages]
    intents = [str(message.get(INTENT)) for message in messages]
    examples, order = intent_model.sorted_examples(texts, intents)
    return examples, [messages[i] for i in order]


def _highest(values: feature_rows.Matrix, count: int) -> list[int]:
    """Return the positions of the highest values, highest first; the earlier one first among equals."""
    if not 0 < count < len(values):
        return [int(i) for i in np.argsort(-values, kind="stable")[:count]]
    # Thousands of examples are compared with every message: only those that can be among the first are sorted.
    candidates = np.flatnonzero(values >= np.partition(values, -count)[-count])
    return [int(i) for i in candidates[np.argsort(-values[candidates], kind="stable")[:count]]]


def _set(message: Message, ranking: list[dict[str, Any]], nearest: list[dict[str, Any]]) -> None:
    best = {key: ranking[0][key] for key in (INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY)} if ranking else None
    message.set(INTENT, best or {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(NEAREST_EXAMPLES, nearest, add_to_output=True)
