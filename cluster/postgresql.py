"""A PostgreSQL of one run's own: Debian's package, a new cluster on a free port, gone at the end.

The server refuses to run as root, so that root starts it as the system user that the package makes.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from scripts.free_port import free_port

INSTALLED = Path("/usr/lib/postgresql")
SYSTEM_USER = "postgres"
MISSING = "PostgreSQL is not installed; type: sudo apt-get install --yes postgresql"
FASTER = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "256MB", "autovacuum": "off"}
"""What is given up costs data only when the machine itself fails; a killed server still has it all."""


class NotInstalledError(Exception):
    """There is no PostgreSQL; the sentence names the command to type."""


class Cluster:
    """A server that can be stopped and started, and its databases."""

    def __init__(self, programs: Path, folder: Path, port: int, options: Mapping[str, str]) -> None:
        self._programs = programs
        self._folder = folder
        self._port = port
        self._given = options
        self._numbers = itertools.count(1)

    @property
    def log(self) -> Path:
        """What the server has said."""
        return self._folder / "log.txt"

    @property
    def pids(self) -> list[int]:
        """The server's processes, its first one first."""
        first = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        of_it = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, of_it)]

    def url(self, database: str) -> str:
        """The address of a database, as ``TANDEM_DATABASE_URL`` takes it."""
        return f"postgresql://{SYSTEM_USER}@127.0.0.1:{self._port}/{database}"

    def create(self, template: str = "template1") -> str:
        """A new database, a copy of another; its name."""
        name = f"tandem_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever still uses it."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def initialise(self) -> None:
        """Make the cluster; whoever can reach the loopback address may connect."""
        self._call("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={SYSTEM_USER}")

    def start(self) -> None:
        """Start the server and wait until it answers; does nothing where it runs."""
        if self._call("pg_ctl", "status", check=False) != 0:
            self._call("pg_ctl", "start", "--wait", f"--log={self.log}", f"--options={self._options()}")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; ``immediate`` is how it dies when the power goes."""
        self._call("pg_ctl", "stop", "--wait", f"--mode={mode}", check=False)

    def _options(self) -> str:
        given = {"port": self._port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "''", **self._given}
        return " ".join(f"-c {name}={value}" for name, value in given.items())

    def _call(self, program: str, *arguments: str, check: bool = True) -> int:
        command = [*_as_system_user(), str(self._programs / program), f"--pgdata={self._folder / 'data'}", *arguments]
        # Not captured through a pipe: the server would inherit it, and reading would never end.
        with (self._folder / f"{program}.txt").open("w+", encoding="utf-8") as told:
            code = subprocess.run(command, stdout=told, stderr=told, cwd="/").returncode
            told.seek(0)
            assert code == 0 or not check, f"{program} failed: {told.read()}"
        return code

    def _run(self, statement: str) -> None:
        connection = psycopg2.connect(self.url("postgres"))
        connection.autocommit = True
        try:
            connection.cursor().execute(statement)
        finally:
            connection.close()


@contextmanager
def temporary_cluster(options: Mapping[str, str] = FASTER) -> Iterator[Cluster]:
    """A running cluster that is stopped and removed at the end.

    Args:
        options: Settings of the server.

    Raises:
        NotInstalledError: PostgreSQL is not there.
    """
    programs = _programs()
    # Not below pytest's own folder, which nobody but its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="tandem-postgresql-"))
    if os.getuid() == 0:
        shutil.chown(folder, SYSTEM_USER)
    cluster = Cluster(programs, folder, free_port(), options)
    try:
        cluster.initialise()
        cluster.start()
        yield cluster
    finally:
        cluster.stop("immediate")
        shutil.rmtree(folder)


def _programs() -> Path:
    """Where the newest installed version's programs are."""
    found = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda program: int(program.parts[-3]))
    if not found:
        raise NotInstalledError(MISSING)
    return found[-1].parent


def _as_system_user() -> list[str]:
    return ["runuser", "-u", SYSTEM_USER, "--"] if os.getuid() == 0 else []
