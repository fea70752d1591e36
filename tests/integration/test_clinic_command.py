"""``tandem clinic``: what is wrong with the profile, what the bot says with it, and what nginx says without the bot."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.channels.away import configuration
from bot.cli.clinic import app
from bot.clinic import read_clinic
from bot.settings import PROJECT_ROOT


def check(monkeypatch: pytest.MonkeyPatch, file: Path, command: str = "check") -> tuple[int, str]:
    monkeypatch.setenv("TANDEM_CLINIC_FILE", str(file))
    result = CliRunner().invoke(app, [command], env={"COLUMNS": "120"})
    return result.exit_code, result.output


def test_a_good_profile_is_shown_as_the_bot_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = check(monkeypatch, PROJECT_ROOT / "clinic.yml")

    assert (code, "clinic.yml can be used." in said, "Please look at" in said) == (0, True, False)
    assert "Tuesday and Wednesday 10:00 a.m.–6:00 p.m." in said
    assert "no text: the bot names the next days off" in said


def test_a_text_in_one_language_is_pointed_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "clinic.yml"
    text = (PROJECT_ROOT / "clinic.yml").read_text(encoding="utf-8")
    file.write_text(text.replace("  fr: C'est la seule adresse (texte d'exemple).\n", ""), encoding="utf-8")
    code, said = check(monkeypatch, file)

    assert (code, "Please look at locations: it has no text in fr" in said) == (0, True)


def test_all_that_is_wrong_is_told_line_by_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "clinic.yml"
    text = (PROJECT_ROOT / "clinic.yml").read_text(encoding="utf-8")
    file.write_text(text.replace('"403-555-0100"', "ask").replace("friday:", "fryday:"), encoding="utf-8")
    code, said = check(monkeypatch, file)
    phone, hours = said.splitlines()

    assert code == 2
    assert phone == f"{file}:9: phone: 'ask' is no phone number; write it like this: \"403-555-0100\""
    assert hours.startswith(f"{file}:23: hours: 'fryday' is no day of the week; the days are monday")


def test_what_nginx_says_without_the_bot_names_the_clinic_and_its_phone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.yml"
    text = (PROJECT_ROOT / "clinic.yml").read_text(encoding="utf-8")
    file.write_text(text.replace("403-555-0100", "403-555-0199"), encoding="utf-8")
    code, said = check(monkeypatch, file, "away")

    assert code == 0
    assert said == configuration(read_clinic(file))
    assert said.count("call Demo Clinic (example only) at 403-555-0199") == 2
