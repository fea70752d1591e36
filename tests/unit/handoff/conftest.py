"""A store of requests, and what a form hands it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy.engine import Engine

from bot.handoff.requests import RequestStore
from bot.handoff.types import Draft
from bot.handoff.vault import ContactVault
from tests.handoff import SECRET, Clock, draft

Drafted = Callable[..., Draft]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(migrated: Engine, clock: Clock) -> ContactVault:
    return ContactVault(migrated, SECRET, clock)


@pytest.fixture
def store(migrated: Engine, vault: ContactVault, clock: Clock) -> RequestStore:
    return RequestStore(migrated, vault, clock, ways=("mail",))


@pytest.fixture
def drafted(vault: ContactVault) -> Drafted:
    """Makes what the form hands over, its values sealed."""
    return partial(draft, vault)
