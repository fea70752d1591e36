"""Where a second question may begin, and where not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.part_splitter import MOST_PARTS, PartSplitter, parts_of

Trained = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how much is it? does it hurt?", ["how much is it", "does it hurt"]),
        ("how much is it and does it hurt", ["how much is it", "does it hurt"]),
        ("how much is tox, how long does it last", ["how much is tox", "how long does it last"]),
        ("where are you\nhow much is it", ["where are you", "how much is it"]),
        ("c'est combien et ça fait mal", ["c'est combien", "ça fait mal"]),
        ("had tox nov 3. needling nov 20 ok", ["had tox nov 3", "needling nov 20 ok"]),
    ],
)
def test_a_message_is_split_where_a_question_may_begin(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    "text",
    ["", "which goes first", "hi! which first", "ok? ok? ok?", "tox, needling", "botox and microneedling", "? !"],
)
def test_what_is_one_question_has_no_parts(text: str) -> None:
    assert parts_of(text) == []


def test_no_more_than_a_few_parts_are_looked_at() -> None:
    assert len(parts_of("how much? no really? " + "how long is it? " * 20)) == MOST_PARTS


@pytest.mark.parametrize("text", ["?" * 1000, "and " * 250, "a? " * 333, " ." * 500])
def test_a_long_message_is_split_without_trouble(text: str) -> None:
    assert len(parts_of(text)) <= MOST_PARTS


def test_the_parts_travel_behind_the_message(trained: Trained) -> None:
    messages = trained(PartSplitter).process([Message({TEXT: "how much is it? does it hurt?"})])

    assert [m.get(TEXT) for m in messages] == ["how much is it? does it hurt?", "how much is it", "does it hurt"]


def test_several_messages_at_once_are_left_alone(trained: Trained) -> None:
    messages = [Message({TEXT: "one two? three four?"}), Message({TEXT: "five"})]

    assert trained(PartSplitter).process(messages) == messages
