"""``tandem score``, run as a developer runs it, on tables that need no model."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.cli.score import TODAY

TABLE = """\
text\troute\tnote
i cant breathe since my botox\temergency_911\t
what time do you open\tnone\t
what time do you close\tclinician_only\twrong on purpose
"""


Scored = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def tandem(typed: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scored:
    """Score tables; the heat map goes into the test's folder."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TANDEM_TODAY", TODAY)  # which the command sets too, for good
    return partial(_scored, typed, tmp_path)


def _scored(typed: Scored, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return typed("score", *arguments, "--image", str(folder / "map.png"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "flags.tsv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_table_is_summed_up_with_its_confusions_and_drawn(tmp_path: Path, tandem: Scored, table: Path) -> None:
    done = tandem(str(table))
    lines = [line.replace("│", " ").split() for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert ["flags", "3", "2", "66.6", "%", "0", "0"] in [line[:7] for line in lines]
    assert ["clinician_only", "none", "1"] in lines
    assert "what time do you close" in done.stdout
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_the_summary_alone_names_no_rows(tandem: Scored, table: Path) -> None:
    done = tandem(str(table), "--summary")
    assert done.returncode == 0
    assert "what time do you close" not in done.stdout


def test_a_file_that_is_no_table_is_refused_in_one_line(tmp_path: Path, tandem: Scored) -> None:
    done = tandem(str(tmp_path / "none.tsv"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"The table {tmp_path / 'none.tsv'} cannot be read.\n"
