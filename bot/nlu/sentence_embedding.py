"""Rasa featurizer: a message's meaning as one vector of a sentence encoder, for any intent classifier.

It knows nothing of this bot's domain and learns nothing: any Rasa pipeline can have it, after the tokenizer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoders import shared
from bot.nlu.encoders.encoder import Vectors
from bot.nlu.encoders.remembering import RememberingEncoder

ENCODER = "encoder"
DEFAULTS = {ENCODER: "minilm"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbeddingFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds a sentence-level dense feature of length 1 to every message with a text."""

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages that Rasa checks for before training."""
        return ["onnxruntime", "tokenizers", "marisa_trie"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEmbeddingFeaturizer:
        """Create the component; the encoder is shared by all of them in the process, what it read lately is not."""
        encoder = RememberingEncoder(shared.shared_encoder(_encoder_name(config)))
        return cls(config, execution_context.node_name, encoder)

    def __init__(self, config: dict[str, Any], name: str, encoder: RememberingEncoder) -> None:
        super().__init__(name, {**self.get_default_config(), **config})
        self._encoder = encoder

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse options that do not exist: a misspelt one would be ignored silently."""
        unknown = set(config) - {FEATURIZER_CLASS_ALIAS, *DEFAULTS}
        if unknown:
            raise InvalidConfigException(f"{cls.__name__} has no option {', '.join(sorted(unknown))}.")
        if _encoder_name(config) not in shared.NAMES:
            raise InvalidConfigException(f"{cls.__name__}: encoder must be one of {', '.join(shared.NAMES)}.")

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Train again when the encoder's files change."""
        return shared.fingerprint(_encoder_name(config))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the feature to every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the feature to every message; all are encoded together, which takes far less than one by one."""
        with_text = [message for message in messages if _text(message)]
        self._add(with_text, self._encoder.encode([_text(message) for message in with_text]))
        return messages

    def work_ahead(self, messages: list[Message]) -> Callable[[], object] | None:
        """Return what to call, from any thread, so that ``process`` finds the vectors there; None where they are."""
        texts = [text for message in messages if (text := _text(message))]
        return None if self._encoder.knows(texts) else partial(self._encoder.encode, texts)

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for position, message in enumerate(messages):
            row = vectors[position : position + 1]
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))


def _encoder_name(config: dict[str, Any]) -> str:
    return str({**DEFAULTS, **config}[ENCODER])


def _text(message: Message) -> str:
    return (message.get(TEXT) or "").strip()
