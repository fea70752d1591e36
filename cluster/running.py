"""Everything together: PostgreSQL, replicas, the worker, nginx in front."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.clinic import read_clinic
from bot.settings import PROJECT_ROOT
from cluster import nginx
from cluster.postgresql import Cluster, temporary_cluster
from cluster.replicas import Replica, launched, start_all, stop

KEY = "a common key for the replicas of a demonstration only"
DATABASE = "postgres"
SAFE: Mapping[str, str] = {}
"""PostgreSQL as it comes."""


@dataclass(frozen=True)
class Running:
    """A running cluster."""

    url: str
    database: Cluster
    database_url: str
    replicas: list[Replica]
    folder: Path


@contextmanager
def running(port: int | None = None, replicas: int = 2, **settings: str) -> Iterator[Running]:
    """Run everything on this machine's loopback address; what it keeps is gone at the end.

    Args:
        port: nginx's; a free one unless given, as all others are.
        replicas: How many serve.
        settings: More of the bot's environment.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tandem-cluster-")))
        folder.chmod(0o711)
        public, redirect, tls, *others = free_ports(3 + 2 * replicas)
        ports, metrics = others[:replicas], others[replicas:]
        public = port or public
        database = stack.enter_context(temporary_cluster(SAFE))
        url = database.url(DATABASE)
        environment = settings_for(url, public, **settings)
        served = [
            Replica(port, folder / f"replica-{port}", environment, shown)
            for port, shown in zip(ports, metrics, strict=True)
        ]
        for replica in served:
            stack.callback(replica.stop)
        start_all(served)
        worker = launched("worker", {**environment, "TANDEM_DATA_DIR": str(folder / "worker")}, folder / "worker.txt")
        stack.callback(stop, worker)
        clinic = read_clinic(PROJECT_ROOT / "clinic.yml")
        nginx.lay_out(folder / "nginx", nginx.Ports(public, redirect, tls), ports, clinic)
        stack.enter_context(nginx.running(folder / "nginx"))
        yield Running(f"http://127.0.0.1:{public}", database, url, served, folder)


def free_ports(count: int) -> list[int]:
    """So many different ports of this machine that nobody uses."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [int(probe.getsockname()[1]) for probe in probes]


def settings_for(database_url: str, public_port: int, **settings: str) -> dict[str, str]:
    """The environment that all processes share: one database, one key, one address."""
    own = {
        "TANDEM_DATABASE_URL": database_url,
        "TANDEM_SECRET_KEY": KEY,
        "TANDEM_ALLOWED_ORIGINS": f"http://127.0.0.1:{public_port},http://localhost:{public_port}",
        "TANDEM_TRUSTED_PROXIES": "127.0.0.1",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    return {**inherited, **own, **settings}
