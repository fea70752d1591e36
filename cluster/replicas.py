"""Processes of the bot: replicas that serve, and the worker that delivers; started, stopped, restarted in turn."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.settings import PROJECT_ROOT

TANDEM = PROJECT_ROOT / ".venv" / "bin" / "tandem"
START_SECONDS = 600
STOP_SECONDS = 60


class NotStartedError(Exception):
    """A process of the bot has ended instead of serving; the sentence is its own."""


@dataclass
class Replica:
    """One serving process."""

    port: int
    folder: Path
    environment: Mapping[str, str]
    metrics_port: int | None = None
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it has said."""
        return self.folder / "log.txt"

    def launch(self) -> None:
        """Start it, without waiting."""
        self.folder.mkdir(parents=True, exist_ok=True)
        own = {"TANDEM_PORT": str(self.port), "TANDEM_DATA_DIR": str(self.folder)}
        if self.metrics_port:
            own["TANDEM_METRICS_PORT"] = str(self.metrics_port)
        self.process = launched("serve", {**self.environment, **own}, self.log)

    def wait(self) -> None:
        """Wait until it is well.

        Raises:
            NotStartedError: it has ended.
        """
        deadline = time.monotonic() + START_SECONDS
        while not self.is_well():
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                raise NotStartedError(self.log.read_text(encoding="utf-8")[-2000:])
            time.sleep(0.1)

    def is_well(self) -> bool:
        """Whether it says so itself."""
        try:
            return httpx.get(f"{self.url}/health", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        """Have it end what is under way, and then itself."""
        if self.process is not None:
            stop(self.process)


def launched(command: str, environment: Mapping[str, str], log: Path) -> subprocess.Popen[str]:
    """Start one of the bot's commands."""
    with log.open("a", encoding="utf-8") as told:
        return subprocess.Popen(
            [TANDEM, command], env=dict(environment), stdout=told, stderr=told, text=True, cwd=PROJECT_ROOT
        )


def stop(process: subprocess.Popen[str]) -> None:
    """Ask a process to end, and see to it that it does."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def start_all(replicas: Iterable[Replica]) -> None:
    """Start them all at once, and wait until each is well."""
    replicas = list(replicas)
    for replica in replicas:
        replica.launch()
    for replica in replicas:
        replica.wait()


def restart_in_turn(replicas: Iterable[Replica]) -> None:
    """Restart one after the other, the next only once the one before is well: somebody always serves."""
    for replica in replicas:
        replica.stop()
        replica.launch()
        replica.wait()
