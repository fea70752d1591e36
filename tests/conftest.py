"""Databases for the tests of every store: each test gets one of its own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import Engine

from bot.database import engine
from bot.migrations import upgrade
from cluster.postgresql import Cluster, NotInstalledError, temporary_cluster
from tests.people import dump, left_below, strangers_in

BACKENDS = ("sqlite", "postgresql")


def pytest_configure() -> None:
    """Have Hypothesis look for wrong answers and not for slow ones: those depend on the machine."""
    settings.register_profile("tandem", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("tandem")


@pytest.fixture(scope="session", autouse=True)
def nobody_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Look, after all tests, through every database and log that they have left, as files of SQLite are."""
    yield
    assert left_below(tmp_path_factory.getbasetemp()) == {}, "somebody can be read in what a test has left"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL of this test run, started when the first test needs it."""
    try:
        with temporary_cluster() as started:
            yield started
    except NotInstalledError as missing:
        pytest.fail(str(missing))


@pytest.fixture
def postgresql_url(cluster: Cluster) -> Iterator[str]:
    """A new, empty database on PostgreSQL."""
    yield from _database(cluster)


@pytest.fixture
def migrated_postgresql_url(cluster: Cluster, migrated_template: str) -> Iterator[str]:
    """A new database on PostgreSQL with every operational table."""
    yield from _database(cluster, migrated_template)


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new, empty database; the test runs once on each backend."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'tandem.db'}"


@pytest.fixture(params=BACKENDS)
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database with every operational table; the test runs once on each backend."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("migrated_postgresql_url"))
    copy = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "tandem.db")
    return f"sqlite:///{copy}"


@pytest.fixture
def migrated(migrated_url: str) -> Iterator[Engine]:
    """An engine on a new database with every operational table."""
    made = engine(migrated_url)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every operational table, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "tandem.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_template(cluster: Cluster) -> str:
    """A database on PostgreSQL with every operational table, to be copied."""
    name = cluster.create()
    _migrate(cluster.url(name))
    return name


def _database(cluster: Cluster, *template: str) -> Iterator[str]:
    name = cluster.create(*template)
    yield cluster.url(name)
    cluster.start()  # a test may have stopped it
    left = strangers_in(dump(cluster.url(name)))
    cluster.drop(name)
    assert left == [], "somebody can be read in what the test has left"


def _migrate(url: str) -> None:
    made = engine(url)
    upgrade(made)
    made.dispose()
