"""The whole bot in a process of its own, as people start it, for the end-to-end tests to talk to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from coverage import Coverage

from bot.settings import PROJECT_ROOT
from scripts.free_port import free_port
from tests.people import strangers_in, whole_files

BIN = PROJECT_ROOT / ".venv" / "bin"
MODEL = PROJECT_ROOT / "models" / "tandem.tar.gz"
SECRET = "a secret for these tests only"
SECONDS = 900
"""How long anything may take; only what has gone wrong takes so long, on any machine."""
Answer = dict[str, Any]


def environment(**settings: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TANDEM_", "COV_"))}
    return {**inherited, "TANDEM_TODAY": "2026-11-22", "TANDEM_SECRET_KEY": SECRET, **settings}


def measured() -> dict[str, str]:
    """The setting with which a process of its own counts for the tests' coverage, if that is asked for.

    It makes a start half as slow again: for what runs in no other way.
    """
    return {"COVERAGE_PROCESS_START": str(PROJECT_ROOT / "pyproject.toml")} if Coverage.current() else {}


@dataclass
class Talk:
    """One conversation with a running bot."""

    http: httpx.Client
    headers: dict[str, str]
    said: list[str] = field(default_factory=list)

    def send(self, **body: Any) -> httpx.Response:
        self.said.append(str(len(self.said)))
        whole = {"id": self.said[-1], **body}
        return self.http.post("/webhooks/website/messages", json=whole, headers=self.headers)

    def say(self, text: str) -> Answer:
        answered = self.send(text=text)
        assert answered.status_code == 200, answered.text
        return dict(answered.json())


@dataclass
class Bot:
    """A bot in a process of its own."""

    folder: Path
    port: int
    settings: dict[str, str]
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        own = {"TANDEM_PORT": str(self.port), "TANDEM_DATA_DIR": str(self.folder), "TANDEM_LOG_LEVEL": "DEBUG"}
        return environment(**{**own, **self.settings})

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def start(self) -> None:
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [BIN / "tandem", "serve"], env=self.env, stdout=log, stderr=log, text=True, cwd=PROJECT_ROOT
            )
        wait_until(lambda: self._healthy() or (self.process and self.process.poll() is not None))
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-2000:]

    def stop(self) -> int:
        assert self.process
        return stopped(self.process)

    def _healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=60, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def http(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=SECONDS, trust_env=False)

    def talk(self, token: str | None = None) -> Talk:
        http = self.http()
        token = token or http.post("/webhooks/website/session").json()["token"]
        return Talk(http, {"Authorization": f"Bearer {token}"})

    def tandem(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BIN / "tandem", *arguments], env=self.env, input=given, capture_output=True, text=True, timeout=SECONDS
        )

    def ask(self, *lines: str, jsonl: bool = False) -> list[Answer]:
        options = ["--jsonl"] if jsonl else []
        asked = self.tandem("ask", "--url", self.url, *options, given="\n".join(lines) + "\n")
        assert asked.returncode == 0, asked.stderr
        return [json.loads(line) for line in asked.stdout.splitlines()]


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.2)


def stopped(process: subprocess.Popen[str]) -> int:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        return process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Bot]:
    if not MODEL.exists():
        pytest.fail("There is no model; type: make train")
    bot = Bot(folder, free_port(), settings)
    bot.start()
    try:
        yield bot
    finally:
        bot.stop()
    assert strangers_in(whole_files(folder)) == [], "somebody's contact data can be read in what the bot has left"


def texts(answer: Answer) -> list[str]:
    return [message["text"] for message in answer["messages"]]


def spoken(answer: Answer) -> str:
    return " ".join(texts(answer))


def buttons(answer: Answer) -> dict[str, str]:
    return {b["payload"]: b["title"] for message in answer["messages"] for b in message["buttons"]}
