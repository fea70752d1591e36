"""The test run's own PostgreSQL: missing, it says what to type; there, it listens on this machine only."""

from __future__ import annotations

from pathlib import Path

import psycopg2
import pytest

from cluster import postgresql
from cluster.postgresql import Cluster, NotInstalledError, temporary_cluster


def test_without_the_package_the_tests_fail_with_the_command_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgresql, "INSTALLED", tmp_path)
    with pytest.raises(NotInstalledError, match="type: sudo apt-get install --yes postgresql"), temporary_cluster():
        pass


def test_it_listens_on_the_loopback_address_and_on_no_socket_file(cluster: Cluster) -> None:
    with psycopg2.connect(cluster.url("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('listen_addresses'), current_setting('unix_socket_directories')")
        assert cursor.fetchone() == ("127.0.0.1", "")


def test_a_database_is_new_each_time(cluster: Cluster) -> None:
    names = [cluster.create(), cluster.create()]
    assert len(set(names)) == 2
    for name in names:
        cluster.drop(name)
