"""A bot that is served with a folder and settings of its own, beside others."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bench import processes, systems, users
from scripts.free_port import free_port

DATABASE = "tandem.db"
QUIET_SECONDS, QUIET_SHARE, LONGEST_REST = 2.0, 0.05, 120.0
"""A process is quiet that has used less than this share of a core for as long."""


@dataclass(frozen=True)
class Served:
    """A running bot."""

    address: str
    start_s: float
    processes: list[subprocess.Popen[bytes]]

    def settle(self) -> None:
        """Wait until it has nothing more to do of itself, such as looking through what is past its retention."""
        end, spent = time.monotonic() + LONGEST_REST, processes.processor_seconds(self.processes)
        while time.monotonic() < end:
            time.sleep(QUIET_SECONDS)
            before, spent = spent, processes.processor_seconds(self.processes)
            if spent - before < QUIET_SHARE * QUIET_SECONDS:
                return

    @property
    def memory_mib(self) -> float:
        """What it holds in memory now."""
        return processes.memory_in_mib(self.processes)


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Served]:
    """Serve a bot for as long as the context lasts.

    Args:
        folder: Where it keeps its data.
        settings: More of its environment.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port, own = free_port(), {"TANDEM_DATA_DIR": str(folder), **settings}
    programs = [
        replace(each, environment={**each.environment, **own}, log=folder / "server.log")
        for each in systems.tandem().servers(port)
    ]
    start, address = time.perf_counter(), f"http://127.0.0.1:{port}"
    with processes.running(programs) as running:
        asyncio.run(users.ready(address, running))
        yield Served(address, time.perf_counter() - start, running)
