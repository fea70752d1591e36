"""The database's clock, which every process sees alike whatever its own machine says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot import database_clock
from bot.database import engine
from bot.database_clock import DatabaseClock
from cluster.postgresql import Cluster

YESTERDAY = datetime(2020, 1, 1)


@pytest.fixture
def _wrong_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_clock, "utc_now", lambda: YESTERDAY)


@pytest.mark.usefixtures("_wrong_here")
def test_a_server_s_clock_counts_and_not_this_machine_s(postgresql_url: str) -> None:
    assert DatabaseClock(engine(postgresql_url))() - YESTERDAY > timedelta(days=365)


@pytest.mark.usefixtures("_wrong_here")
def test_sqlite_s_is_this_machine_s(migrated_file: str) -> None:
    assert DatabaseClock(engine(f"sqlite:///{migrated_file}"))() == YESTERDAY


@pytest.mark.usefixtures("_wrong_here")
def test_what_was_told_goes_on_while_the_server_is_away(
    postgresql_url: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_clock, "FRESH_SECONDS", 0.0)
    clock = DatabaseClock(engine(postgresql_url))
    before = clock()
    cluster.stop("immediate")
    assert timedelta(0) < clock() - before < timedelta(days=1)


@pytest.mark.usefixtures("_wrong_here")
def test_a_server_that_never_answered_leaves_this_machine_s() -> None:
    assert DatabaseClock(engine("postgresql://nobody@127.0.0.1:1/none"))() == YESTERDAY


def test_it_is_asked_once_in_a_while(migrated_postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bound: Engine = engine(migrated_postgresql_url)
    clock = DatabaseClock(bound)
    asked: list[Engine] = []
    monkeypatch.setattr(DatabaseClock, "_ask", lambda self, at: asked.append(at))
    clock(), clock()
    assert len(asked) == 2  # while nothing is known
    monkeypatch.undo()
    clock()
    monkeypatch.setattr(DatabaseClock, "_ask", lambda self, at: asked.append(at))
    clock(), clock()
    assert len(asked) == 2
