"""A running bot for the end-to-end tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.bots import Bot, running


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with default settings and data of its own."""
    with running(tmp_path_factory.mktemp("bot")) as started:
        yield started
