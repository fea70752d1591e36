"""Alive and ready are told apart, and neither asks the database."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.server.probes import is_ready


def app(**ctx: Any) -> Any:
    return SimpleNamespace(ctx=SimpleNamespace(**ctx))


def agent(ready: bool) -> Any:
    return SimpleNamespace(is_ready=lambda: ready)


@pytest.mark.parametrize(
    ("ctx", "ready"),
    [
        ({"agent": agent(True)}, True),
        ({"agent": agent(False)}, False),
        ({}, False),
        ({"agent": agent(True), "is_stopping": True}, False),
    ],
)
def test_people_are_sent_where_a_model_is_loaded_and_the_server_does_not_stop(ctx: Any, ready: bool) -> None:
    assert is_ready(app(**ctx)) is ready
