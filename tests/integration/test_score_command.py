"""``tandem score``, run as a developer runs it, on tables that need no model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT

TABLE = """\
text\troute\tnote
i cant breathe since my botox\temergency_911\t
what time do you open\tnone\t
what time do you close\tclinician_only\twrong on purpose
"""


def tandem(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli.main", "score", *arguments, "--image", str(folder / "map.png")]
    env = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, env=env, cwd=PROJECT_ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "flags.tsv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_table_is_summed_up_with_its_confusions_and_drawn(tmp_path: Path, table: Path) -> None:
    done = tandem(tmp_path, str(table))
    lines = [line.replace("│", " ").split() for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert ["flags", "3", "2", "66.6", "%", "0", "0"] in [line[:7] for line in lines]
    assert ["clinician_only", "none", "1"] in lines
    assert "what time do you close" in done.stdout
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_the_summary_alone_names_no_rows(tmp_path: Path, table: Path) -> None:
    done = tandem(tmp_path, str(table), "--summary")
    assert done.returncode == 0
    assert "what time do you close" not in done.stdout


def test_a_file_that_is_no_table_is_refused_in_one_line(tmp_path: Path) -> None:
    done = tandem(tmp_path, str(tmp_path / "none.tsv"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"The table {tmp_path / 'none.tsv'} cannot be read.\n"
