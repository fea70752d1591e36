"""What knows this domain sleeps on other data: the same pipeline trains on anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.domain_component import DomainComponent
from bot.nlu.part_splitter import PartSplitter
from bot.nlu.readers import QuestionReader, SafetyReader
from bot.nlu.topic_resolver import TopicResolver

Trained = Callable[..., Any]
KINDS = [SafetyReader, QuestionReader, PartSplitter, TopicResolver]
FOREIGN = ("play_music", "set_alarm")
TEXTS = ["i can't breathe after my botox", "tox nov 3? and how much is needling?", ""]


def snapshot(messages: list[Message]) -> list[Any]:
    return [(dict(message.data), set(message.output_properties)) for message in messages]


@pytest.mark.parametrize("loaded", [False, True], ids=["trained", "loaded"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("intents", [FOREIGN, (), ("order",), ("date_check", "greet")], ids=str)
def test_on_foreign_data_it_changes_nothing(
    trained: Trained, kind: type[DomainComponent], intents: tuple[str, ...], loaded: bool
) -> None:
    messages = [Message({TEXT: text}) for text in TEXTS]
    before = snapshot(messages)

    processed = trained(kind, intents, loaded).process(messages)

    assert snapshot(processed) == before and len(processed) == len(messages)


@pytest.mark.parametrize("kind", KINDS)
def test_on_our_data_it_works_trained_and_loaded_alike(
    trained: Trained, kind: type[DomainComponent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0)

    def processed(loaded: bool) -> list[Any]:
        return snapshot(trained(kind, loaded=loaded).process([Message({TEXT: TEXTS[1]})]))

    assert processed(True) == processed(False) != snapshot([Message({TEXT: TEXTS[1]})])


@pytest.mark.parametrize("kind", KINDS)
def test_it_needs_no_settings(kind: type[DomainComponent]) -> None:
    assert kind.get_default_config() == {}


@pytest.mark.parametrize("kind", [SafetyReader, QuestionReader, TopicResolver])
def test_no_messages_are_fine(trained: Trained, kind: type[DomainComponent]) -> None:
    assert trained(kind).process([]) == []
