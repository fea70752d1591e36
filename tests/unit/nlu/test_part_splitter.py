"""The parts of a message go through the pipeline behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.part_splitter import PartSplitter

Trained = Callable[..., Any]


def test_the_parts_travel_behind_the_message(trained: Trained) -> None:
    messages = trained(PartSplitter).process([Message({TEXT: "how much is it? does it hurt?"})])

    assert [m.get(TEXT) for m in messages] == ["how much is it? does it hurt?", "how much is it", "does it hurt"]


def test_several_messages_at_once_are_left_alone(trained: Trained) -> None:
    messages = [Message({TEXT: "one two? three four?"}), Message({TEXT: "five"})]

    assert trained(PartSplitter).process(messages) == messages
