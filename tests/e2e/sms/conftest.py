"""A running bot that answers texts, and the stand-in for Twilio's API that it talks to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from bot.database import engine
from tests.e2e.bots import Bot, running
from tests.e2e.phones import Api, twilio


@pytest.fixture(scope="module")
def api() -> Iterator[Api]:
    with twilio() as started:
        yield started
        assert started.problems == []


@pytest.fixture(scope="module")
def more_settings() -> dict[str, str]:
    """What a module sets for its bot beside the API's address."""
    return {}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, api: Api, more_settings: dict[str, str]) -> Iterator[Bot]:
    with running(tmp_path_factory.mktemp("texting"), **api.settings, **more_settings) as started:
        yield started


@pytest.fixture(scope="module")
def kept(bot: Bot) -> Iterator[Engine]:
    """The database in which the bot keeps texts until they are answered."""
    bound = engine(f"sqlite:///{bot.folder / 'tandem.db'}")
    yield bound
    bound.dispose()
