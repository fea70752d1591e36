"""PostgreSQL as the stores use it: no wait without an end, and a server that was away is taken up again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot import database
from bot.database import engine, reading, take_time, writing
from cluster.postgresql import Cluster

metadata = sa.MetaData()
thing = sa.Table("thing", metadata, sa.Column("id", sa.Integer, primary_key=True))


@pytest.fixture
def bound(postgresql_url: str) -> Iterator[Engine]:
    """An engine with the usual limits."""
    made = engine(postgresql_url)
    metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def impatient(bound: Engine, postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Another one on the same database, whose statements have a second."""
    monkeypatch.setattr(database, "STATEMENT_SECONDS", 1)
    made = engine(postgresql_url)
    yield made
    made.dispose()


@pytest.mark.parametrize(("name", "value"), [("statement_timeout", "5s"), ("lock_timeout", "2500ms")])
def test_every_connection_has_its_time_limits(bound: Engine, name: str, value: str) -> None:
    with reading(bound) as connection:
        assert connection.execute(sa.text(f"SHOW {name}")).scalar() == value


def test_a_silent_network_is_noticed_by_the_driver(bound: Engine) -> None:
    with bound.connect() as connection:
        given = connection.connection.dbapi_connection.get_dsn_parameters()
    wanted = {"connect_timeout": "5", "tcp_user_timeout": "5000", "keepalives_idle": "5", "keepalives_interval": "1"}
    assert {name: given[name] for name in wanted} == wanted


def test_a_lock_of_another_transaction_is_not_awaited_for_ever(bound: Engine, impatient: Engine) -> None:
    with writing(bound) as holder:
        holder.execute(sa.text("LOCK TABLE thing IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(OperationalError, match="lock timeout"), writing(impatient) as connection:
            connection.execute(sa.insert(thing), [{"id": 1}])
    with writing(impatient) as connection:
        connection.execute(sa.insert(thing), [{"id": 1}])


def test_a_search_that_nobody_waits_for_may_take_its_time_and_no_statement_after_it(impatient: Engine) -> None:
    with reading(impatient) as connection:
        take_time(connection)
        connection.execute(sa.text("SELECT pg_sleep(1.5)"))
    with reading(impatient) as connection:
        assert connection.execute(sa.text("SHOW statement_timeout")).scalar() == "1s"


def test_a_statement_without_an_end_is_stopped(impatient: Engine) -> None:
    with pytest.raises(OperationalError, match="statement timeout"), reading(impatient) as connection:
        connection.execute(sa.text("SELECT pg_sleep(60)"))


def test_a_pooled_connection_of_a_server_that_was_killed_is_replaced(bound: Engine, cluster: Cluster) -> None:
    with writing(bound) as connection:
        connection.execute(sa.insert(thing), [{"id": 1}])
    cluster.stop("immediate")
    with pytest.raises(OperationalError), reading(bound) as connection:
        connection.execute(sa.select(thing.c.id))
    cluster.start()
    with reading(bound) as connection:
        assert connection.execute(sa.select(thing.c.id)).scalars().all() == [1]
