"""What the components that know this domain share: they sleep on training data that lacks its intents.

The same ``config.yml`` trains on any Rasa NLU data; without the sequencing intents these components change nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

OUR_INTENTS = frozenset({"order", "date_check"})
"""Data that has these intents is about this domain."""
CONVERSATION_SLOT = "consultation"


class DomainComponent(GraphComponent):
    """A component that works only in a model that was trained on this domain's intents."""

    _file: ClassVar[str] = "domain_component.json"

    def __init__(self, model_storage: ModelStorage, resource: Resource, active: bool = False) -> None:
        """Take where to keep whether this model is about our domain."""
        self._model_storage = model_storage
        self._resource = resource
        self._active = active

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings: the lists are data, the day and the clinic come from the environment."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DomainComponent:
        """Make an untrained component."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DomainComponent:
        """Load a trained component."""
        with model_storage.read_from(resource) as folder:
            kept = json.loads((Path(folder) / cls._file).read_text(encoding="utf-8"))
        return cls(model_storage, resource, kept["active"])

    def train(self, training_data: TrainingData) -> Resource:
        """Note whether the data is about this domain."""
        self._active = training_data.intents >= OUR_INTENTS
        with self._model_storage.write_to(self._resource) as folder:
            (Path(folder) / self._file).write_text(json.dumps({"active": self._active}), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Read the messages; ``tracker`` is the conversation that they belong to, if there is one."""
        if self._active:
            for message in messages:
                self._read(message, tracker)
        return messages

    def _read(self, message: Message, tracker: DialogueStateTracker | None) -> None:
        raise NotImplementedError
