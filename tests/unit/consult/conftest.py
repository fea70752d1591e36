"""A reader over the project's own lists, and a fixed day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.consult.house import message_reader
from bot.consult.reading import MessageReader, Reading
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT

TODAY = date(2026, 11, 22)
Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return read_knowledge(PROJECT_ROOT / "data" / "knowledge")


@pytest.fixture(scope="session")
def reader() -> MessageReader:
    return message_reader(PROJECT_ROOT / "data" / "knowledge", PROJECT_ROOT / "data" / "language")


@pytest.fixture(scope="session")
def read(reader: MessageReader) -> Read:
    """Read a message on Sunday 22 November 2026, unless another day is given."""

    def reading(text: str, today: date = TODAY, **options: object) -> Reading:
        return reader.read(text, today, **options)

    return reading
