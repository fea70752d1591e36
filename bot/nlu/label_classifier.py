"""Rasa component: how likely a message has each of some labels, beside its intent and whatever that is.

It learns from the examples of some intents and from tables of labelled messages, and knows nothing of this bot's
domain: which intents and table labels mean which label is configuration. What is made of it is decided elsewhere.
The pipeline has two: one looks for danger, one for what a message is to the turn before it.
"""

from __future__ import annotations

import csv
import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import label_model
from bot.nlu.encoders.shared import shared_encoder
from bot.nlu.label_model import NEITHER, FitOptions, LabelModel, Matrix, unit
from bot.settings import PROJECT_ROOT

_COUNTED = "counted_n_grams"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Example:
    """A labelled text; one without an embedding is encoded."""

    text: str
    label: str
    embedding: Matrix | None = None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LabelClassifier(GraphComponent):
    """Sets one property of a message: the probability of each configured label."""

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages that Rasa checks for before training."""
        return ["sklearn", "onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options and their defaults."""
        return {
            # Where a message keeps the probabilities.
            "property": "labels",
            # Which intents and labels of the tables mean which label.
            "labels": {},
            # Whether the examples of all other intents teach what has none of the labels.
            "learn_from_others": True,
            # Tables of labelled messages (tab-separated, with a header), from the project's folder.
            "tables": [],
            # Their column with the label: the first of these that a table has; a table without one has no label.
            "label_columns": ["route", "category"],
            # The property with the message as typed, where a component before this one rewrites its text; a message
            # without it (a part of one) is passed over.
            "text_property": TEXT,
            # Part of the name of the featurizers whose sentence embeddings are read.
            "embedding": "sentence_embedding",
            # The encoders of the first of these featurizers, in their order in the pipeline.
            "encoders": ["minilm"],
        }

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: LabelModel | None = None
    ) -> None:
        self._config = {**self.get_default_config(), **config}
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
    ) -> LabelClassifier:
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
    ) -> LabelClassifier:
        """Load a trained classifier; without anything stored, one that says nothing."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, label_model.load(Path(folder)))
        except ValueError:
            return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Train again when a table changes."""
        tables = (PROJECT_ROOT / name for name in config.get("tables", ()))
        return hashlib.sha256(b"\0".join(table.read_bytes() for table in tables)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the examples and the tables; data without any of the labels trains nothing."""
        if {self._label(intent) for intent in training_data.intents} <= {NEITHER}:
            logger.info("The label classifier is skipped: no intent of the training data has one of its labels.")
            return self._resource
        examples = [*self._examples(training_data), *self._rows()]
        ordered = sorted(examples, key=lambda example: (example.text, example.label))
        self._model = _fitted(ordered, self._config["encoders"])
        with self._model_storage.write_to(self._resource) as folder:
            label_model.save(self._model, Path(folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the probabilities of every message."""
        for message in messages:
            text = message.get(self._config["text_property"])
            if self._model and text:
                message.set(self._config["property"], self._look(text, message, self._model))
        return messages

    def _look(self, text: str, message: Message, model: LabelModel) -> dict[str, float]:
        found = model.probabilities(_counted(text, message), self._embedding(message))
        return {label: share for label, share in found.items() if label != NEITHER}

    def _embedding(self, message: Message) -> Matrix | None:
        rows = [
            np.asarray(feature.features, dtype=np.float32).ravel()
            for feature in message.features
            if feature.type == FEATURE_TYPE_SENTENCE and self._config["embedding"] in feature.origin
        ]
        wanted = len(self._config["encoders"])
        return _joined(rows[:wanted]) if len(rows) >= wanted else None

    def _examples(self, training_data: TrainingData) -> Iterator[Example]:
        for message in training_data.intent_examples:
            label = self._label(message.get(INTENT))
            if message.get(TEXT) and (label != NEITHER or self._config["learn_from_others"]):
                yield Example(message.get(TEXT), label, self._embedding(message))

    def _rows(self) -> Iterator[Example]:
        for name in self._config["tables"]:
            with (PROJECT_ROOT / name).open(encoding="utf-8") as file:
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                    yield from self._row(row)

    def _row(self, row: Mapping[str, str]) -> Iterator[Example]:
        """A row that may be read either way teaches nothing."""
        said = next((row[column] for column in self._config["label_columns"] if column in row), "")
        labels = {self._label(label) for label in said.split("|")}
        if len(labels) == 1:
            yield Example(row["text"], labels.pop())

    def _label(self, name: str) -> str:
        return next((label for label, names in self._config["labels"].items() if name in names), NEITHER)


def _counted(text: str, message: Message) -> label_model.Counts:
    """The n-grams of a text, counted once for all classifiers that look at the same message."""
    kept: tuple[str, label_model.Counts] | None = message.get(_COUNTED)
    if kept is None or kept[0] != text:
        kept = text, label_model.counted(text)
        message.set(_COUNTED, kept)
    return kept[1]


def _fitted(examples: list[Example], encoders: Sequence[str]) -> LabelModel:
    missing = [example.text for example in examples if example.embedding is None]
    encoded = iter(_encoded(missing, encoders) if missing else ())
    embeddings = np.stack([next(encoded) if e.embedding is None else e.embedding for e in examples])
    return label_model.fit([e.text for e in examples], embeddings, [e.label for e in examples], FitOptions())


def _encoded(texts: list[str], encoders: Sequence[str]) -> list[Matrix]:
    return [_joined(rows) for rows in zip(*(shared_encoder(name).encode(texts) for name in encoders), strict=True)]


def _joined(rows: Sequence[Matrix]) -> Matrix:
    """Put the vectors of several encoders side by side, each of the same length."""
    return np.concatenate([unit(row) for row in rows])
