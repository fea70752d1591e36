"""A step of make's ends with make, however that is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT

SCRIPT = PROJECT_ROOT / "scripts" / "stoppable.py"
STEP = "trap 'exit 3' INT TERM; sleep 600 & echo begun; wait"
"""A step with a process of its own beside it, which nobody tells of anything unless all are told."""


def begun(folder: Path, step: str) -> subprocess.Popen[str]:
    # As in the project's own: a line without anything for a shell, so that make starts the script itself.
    (folder / "Makefile").write_text(f"run:\n\t@{sys.executable} {SCRIPT} sh step.sh\n", encoding="utf-8")
    (folder / "step.sh").write_text(step, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    make = subprocess.Popen(
        ["make", "run"], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert make.stdout and make.stdout.readline() == "begun\n"
    return make


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_to_make_alone_ends_the_step_and_all_that_it_started(tmp_path: Path, told: signal.Signals) -> None:
    make = begun(tmp_path, STEP)
    make.send_signal(told)

    # The output ends only when nobody is left to write to it.
    assert make.communicate()[0] == ""
    assert make.returncode == -told


@pytest.mark.parametrize(("code", "makes"), [(0, 0), (3, 2)])
def test_the_step_s_own_end_is_make_s(tmp_path: Path, code: int, makes: int) -> None:
    make = begun(tmp_path, f"echo begun; exit {code}")

    assert make.communicate()[0] == ""
    assert make.returncode == makes
