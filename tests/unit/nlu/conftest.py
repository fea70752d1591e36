"""The parts that know this domain, trained on a handful of examples of it or of something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.consult.case.memory import Memory
from bot.nlu.services import services

CONTEXT = SimpleNamespace(node_name="part")
OURS = ("order", "date_check", "price")
FOREIGN = ("play_music", "set_alarm")


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The readers' services on Sunday 22 November 2026, built anew and forgotten afterwards."""
    monkeypatch.setenv("TANDEM_TODAY", "2026-11-22")
    monkeypatch.setenv("TANDEM_DATA_DIR", str(tmp_path))
    services.cache_clear()
    yield
    services.cache_clear()


def data(intents: tuple[str, ...]) -> TrainingData:
    return TrainingData([Message({TEXT: f"an example of {intent}", INTENT: intent}) for intent in intents])


@pytest.fixture
def trained(tmp_path: Path) -> Callable[..., Any]:
    """Train a component; by default on data that has our intents."""
    storage = LocalModelStorage.create(tmp_path)

    def made(kind: Any, intents: tuple[str, ...] = OURS, loaded: bool = False) -> Any:
        component = kind.create({}, storage, Resource("part"), CONTEXT)
        component.train(data(intents))
        return kind.load({}, storage, Resource("part"), CONTEXT) if loaded else component

    return made


@pytest.fixture
def tracker_with() -> Callable[[Memory | None], DialogueStateTracker]:
    """A tracker whose slot holds what a conversation remembers."""

    def tracker(memory: Memory | None) -> DialogueStateTracker:
        value = memory.as_json() if memory else None
        return DialogueStateTracker("x", [AnySlot("consultation", mappings=[{}], initial_value=value)])

    return tracker
