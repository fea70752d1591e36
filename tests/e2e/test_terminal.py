"""``make run`` and ``make shell`` at a terminal, and stopped by whoever started them."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT
from scripts.free_port import free_port
from tests.e2e.bots import SECONDS, environment

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
CTRL_C, CTRL_D, CLEAR, ENTER = b"\x03", b"\x04", b"\x15", b"\r"
PATIENCE = 20
"""Seconds of silence after which keys are pressed again."""
WIDTH = 48
SIGNS = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|[=>78]|\][^\x07]*\x07)")
"""What tells a terminal where to write, and in which colours."""
BEGINS = "Loading the bot"
WAITS = "\n..."
ASKS = "You:"
CURSOR = b"\x1b[6n"
"""The question of where the cursor is, which a terminal answers."""


def made(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a ``make`` that is nobody's part, at a terminal of its own size."""
    own = environment(TANDEM_DATA_DIR=str(folder), TANDEM_PORT=str(free_port()), TERM="xterm", **settings)
    return {name: value for name, value in own.items() if not name.startswith(("MAKE", "COLUMNS", "LINES"))}


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_make_run_alone_stops_the_bot(tmp_path: Path, told: signal.Signals) -> None:
    env = made(tmp_path, TANDEM_PROT="8000")
    make = subprocess.Popen(
        ["make", "run"], cwd=PROJECT_ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert make.stdout
    ready = next(line for line in make.stdout if "ready" in line)
    make.send_signal(told)
    _, errors = make.communicate(timeout=SECONDS)  # which ends when nobody is left to write

    assert ready == f"Tandem is ready: http://127.0.0.1:{env['TANDEM_PORT']}/ (Ctrl-C stops it)\n"
    assert make.returncode == -told
    told_at_the_start = [line for line in errors.splitlines() if not line.startswith("make: ")]
    assert told_at_the_start == ["TANDEM_PROT is no setting and changes nothing; do you mean TANDEM_PORT?"]


@dataclass
class Terminal:
    """A terminal in which ``make shell`` runs."""

    process: subprocess.Popen[bytes]
    master: int
    shown: bytes = b""
    seen: int = 0
    """So much of what was shown has been waited for."""

    def until(self, text: str, pressing: bytes = b"") -> None:
        """Wait for a text to be shown after the one before.

        Keys are pressed for it, again where nothing comes of them: a line that is only being set up may swallow them.
        """
        self.press(pressing)
        while text not in self.text[self.seen :]:
            if self._is_silent():
                self.press(pressing)
            else:
                assert self._read(), f"{text!r} was never shown: {self.text}"
        self.seen = self.text.index(text, self.seen) + len(text)

    def press(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def ask(self, question: str) -> None:
        """Write a question, and send it once it is seen there; the bot then thinks."""
        self.until(question[-1], pressing=CLEAR + question.encode())
        self.until(WAITS, pressing=ENTER)

    def leave(self, keys: bytes) -> int:
        """Press keys until it ends; its code comes back."""
        self.press(keys)
        while (silent := self._is_silent()) or self._read():
            if silent:
                self.press(keys)
        return self.process.wait(timeout=SECONDS)

    def _is_silent(self) -> bool:
        return not select.select([self.master], [], [], PATIENCE)[0]

    @property
    def text(self) -> str:
        return SIGNS.sub(b"", self.shown).decode(errors="replace").replace("\r\n", "\n")

    def _read(self) -> bytes:
        try:
            new = os.read(self.master, 65536)
        except OSError:  # nobody is at its other end any more
            return b""
        if CURSOR in new:
            self.press(b"\x1b[1;1R")
        self.shown += new
        return new


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Terminal]:
    yield from shell_in(tmp_path / "one")


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Terminal]:
    yield from shell_in(tmp_path / "other")


def shell_in(folder: Path) -> Iterator[Terminal]:
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, WIDTH, 0, 0))

    def take_the_terminal() -> None:
        ioctl(0, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        ["make", "shell"], cwd=PROJECT_ROOT, env=made(folder), stdin=slave, stdout=slave, stderr=slave,
        start_new_session=True, preexec_fn=take_the_terminal,
    )  # fmt: skip
    os.close(slave)
    yield Terminal(process, master)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    os.close(master)


def test_an_answer_is_wrapped_with_its_source_once_and_ctrl_d_leaves(shell: Terminal) -> None:
    shell.until(ASKS)
    shell.ask("which goes first?")
    begins = shell.seen
    shell.until("[optimal-sequence-")
    answer = shell.text[begins : shell.text.index("]", shell.seen)]
    shell.until(ASKS)

    assert shell.leave(CTRL_D) == 0
    lines = [line.strip("\r") for line in answer.splitlines()]
    assert max(map(len, lines)) <= WIDTH and "Botox first" in " ".join(lines)
    assert answer.count("[") == 1
    assert "Traceback" not in shell.text and "***" not in shell.text


@pytest.mark.parametrize("moment", [BEGINS, ASKS, WAITS], ids=["loading", "asking", "answering"])
def test_ctrl_c_leaves_at_any_moment(shell: Terminal, moment: str) -> None:
    shell.until(BEGINS)
    if moment != BEGINS:
        shell.until(ASKS)
    if moment == WAITS:
        shell.ask("which goes first?")

    shell.leave(CTRL_C)
    assert "Traceback" not in shell.text and "Exception" not in shell.text


def test_two_shells_are_in_nobody_s_way(shell: Terminal, another: Terminal) -> None:
    shell.until(ASKS)
    another.until(ASKS)

    assert (shell.leave(CTRL_D), another.leave(CTRL_D)) == (0, 0)
