"""A running bot that answers texts, and the stand-in for Twilio's API that it talks to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.bots import Bot, running
from tests.e2e.phones import Api, twilio


@pytest.fixture(scope="module")
def api() -> Iterator[Api]:
    with twilio() as started:
        yield started
        assert started.problems == []


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, api: Api) -> Iterator[Bot]:
    with running(tmp_path_factory.mktemp("texting"), **api.settings) as started:
        yield started
