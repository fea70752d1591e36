"""``tandem explain``, run as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT


def tandem(*arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli.main", "explain", *arguments]
    settings = {"TANDEM_TODAY": "2026-11-22", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **env}
    return subprocess.run(
        command,
        input=stdin,
        env={**os.environ, **settings},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_messages_on_standard_input_are_explained_one_by_one_and_nothing_else_is_said() -> None:
    done = tandem("--json", stdin="botox 10 days ago, needling today ok?\nj'ai du mal à respirer\n")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["topic"], first["timing"]["verdict"], first["quotes"][0]["id"]) == (
        "date_check",
        "too_soon",
        "optimal-sequence-3",
    )
    assert len(first["nearest_examples"]) == 3
    assert (second["topic"], second["language"], second["safety"]["route"]) == ("emergency", "fr", "emergency_911")


@pytest.mark.parametrize(
    ("arguments", "stdin", "sentence"),
    [
        ((), "", 'Give a message to explain, such as: tandem explain "botox 10 days ago, needling today?"'),
        ((" ",), "", "The message is empty."),
        (("x" * 1001,), "", "The message is too long: at most 1,000 characters."),
    ],
)
def test_what_cannot_be_explained_is_refused_in_one_line(arguments: tuple[str, ...], stdin: str, sentence: str) -> None:
    done = tandem(*arguments, stdin=stdin)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{sentence}\n")


def test_a_clinic_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    done = tandem("which first", TANDEM_CLINIC_FILE=str(tmp_path / "none.yml"))
    assert done.returncode != 0
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
