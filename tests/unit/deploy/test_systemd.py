"""The units: systemd itself verifies them, and they expose little."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.deploy.validators import DEPLOY, run

UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
PROGRAM = "/opt/tandem/.venv/bin/tandem"
MOST_EXPOSED = 20
"""Of 100: what systemd calls OK."""


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_systemd_finds_no_fault(unit: Path, tmp_path: Path) -> None:
    for each in UNITS:  # beside each other, as a timer needs its service; the program is only there once installed
        (tmp_path / each.name).write_text(each.read_text().replace(PROGRAM, "/bin/true"))
    checked = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", tmp_path / unit.name)

    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize("unit", SERVICES, ids=named)
def test_a_service_exposes_little(unit: Path) -> None:
    checked = run("systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}", unit)

    assert checked.returncode == 0, checked.stdout[-400:]


@pytest.mark.parametrize("unit", SERVICES, ids=named)
def test_a_service_runs_as_a_user_of_its_own_with_the_settings_of_the_environment_file(unit: Path) -> None:
    lines = unit.read_text().splitlines()

    assert {"User=tandem", "Group=tandem", "EnvironmentFile=/etc/tandem/tandem.env"} <= set(lines)
    assert [line.split()[0] for line in lines if line.startswith("ExecStart")] == [f"ExecStart={PROGRAM}"]
