"""The parts of a message go through the pipeline behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.part_splitter import IS_VIEW, PartSplitter
from bot.nlu.readers import READING
from bot.nlu.services import services

Trained = Callable[..., Any]


def test_the_parts_travel_behind_the_message(trained: Trained) -> None:
    messages = trained(PartSplitter).process([Message({TEXT: "how much is it? does it hurt?"})])

    assert [m.get(TEXT) for m in messages] == ["how much is it? does it hurt?", "how much is it", "does it hurt"]


def test_the_question_of_a_long_message_and_its_gist_go_before_the_parts(trained: Trained) -> None:
    story = "I had Botox. I work nights at the airport, I have two boys and a very old cat, and I like to sleep a lot."
    message = Message({TEXT: f"{story} Does it hurt much?"})
    message.set(READING, services().reader.read(message.get(TEXT), date(2026, 11, 22)))

    behind = trained(PartSplitter).process([message])[1:]

    assert [(m.get(TEXT), m.get(IS_VIEW)) for m in behind] == [
        ("Does it hurt much?", True),
        ("I had Botox. Does it hurt much?", True),
        ("Does it hurt much", None),
    ]


def test_several_messages_at_once_are_left_alone(trained: Trained) -> None:
    messages = [Message({TEXT: "one two? three four?"}), Message({TEXT: "five"})]

    assert trained(PartSplitter).process(messages) == messages
