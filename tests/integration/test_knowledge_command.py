"""``tandem knowledge``: what it prints, and how it refuses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT

Tandem = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROJECT_ROOT / "data" / "knowledge", tmp_path / "knowledge"))


@pytest.fixture
def tandem(tmp_path: Path, copy: Path, typed: Tandem, monkeypatch: pytest.MonkeyPatch) -> Tandem:
    """Run the command on a copy of the knowledge and a database of its own."""
    given = {"TANDEM_DATA_DIR": tmp_path / "var", "TANDEM_KNOWLEDGE_DIR": copy, "COLUMNS": 200}
    for name, value in given.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.chdir(tmp_path)
    return typed


def test_check_counts_and_says_who_has_not_reviewed_yet(tandem: Tandem) -> None:
    done = tandem("knowledge", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "│ passages                       │ 47" in done.stdout
    assert done.stdout.count("not yet reviewed by a clinician") == 10
    assert done.stdout.count("not yet reviewed by a translator") == 7


def test_check_reads_the_safety_lexicon_too(tandem: Tandem, copy: Path) -> None:
    file = copy / "safety" / "emergency.yml"
    text = file.read_text(encoding="utf-8")
    line = text[: text.index("    kind: symptom")].count("\n") + 1
    file.write_text(text.replace("    kind: symptom", "    kind: omen", 1), encoding="utf-8")
    done = tandem("knowledge", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"knowledge/safety/emergency.yml:{line}: expected one of symptom, ")
    assert done.stderr.endswith("found 'omen'\n")


def test_check_refuses_a_broken_file_in_one_line(tandem: Tandem, copy: Path) -> None:
    file = copy / "sequencing.yml"
    text = file.read_text(encoding="utf-8")
    line = text[: text.index("interval_days: 14")].count("\n") + 1
    file.write_text(text.replace("interval_days: 14", "interval_days: soon"), encoding="utf-8")
    done = tandem("knowledge", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (f"knowledge/sequencing.yml:{line}: expected a whole number of 1 or more, found 'soon'\n")


@pytest.mark.parametrize("command", ["check", "load"])
def test_an_interval_that_its_sentence_does_not_say_is_refused(tandem: Tandem, copy: Path, command: str) -> None:
    file = copy / "sequencing.yml"
    text = file.read_text(encoding="utf-8").replace("interval_days: 14", "interval_days: 21")
    file.write_text(text, encoding="utf-8")
    line, quote = (text[: text.index(words)].count("\n") + 1 for words in ("interval_days: 21", "Waiting at least"))
    done = tandem("knowledge", command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"knowledge/sequencing.yml:{line}: the interval is 21 days, "
        f"but the quote in line {quote} says 'two weeks', which is 14 days\n"
    )


def test_load_says_whether_it_changed_anything_and_show_shows_it(tandem: Tandem) -> None:
    first, again, shown = (
        tandem("knowledge", "load"),
        tandem("knowledge", "load"),
        tandem("knowledge", "show", "order"),
    )
    assert first.stdout == "Loaded 51 facts, 2 rules, 29 treatments.\n"
    assert again.stdout == "Nothing to do, already loaded: 51 facts, 2 rules, 29 treatments.\n"
    assert shown.stdout.startswith("order (article)\n")
    assert "two weeks (14 days)" in shown.stdout
    assert "do_not_repeat" in shown.stdout


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("emergency", "This could be serious. Call 911 now or go to emergency."),
        ("price", "The article says nothing about prices or insurance."),
        ("wait_after_microneedling", "none given"),
    ],
)
def test_show_has_something_for_every_kind_of_topic(tandem: Tandem, topic: str, words: str) -> None:
    tandem("knowledge", "load")
    assert words in tandem("knowledge", "show", topic).stdout


@pytest.mark.parametrize(
    ("arguments", "loaded", "sentence"),
    [
        (
            ("show", "order"),
            False,
            "The knowledge is not loaded into the database; run: tandem knowledge load\n",
        ),
        (("show", "weather"), True, "The knowledge holds nothing called 'weather'.\n"),
    ],
)
def test_show_refuses_in_one_line(tandem: Tandem, arguments: tuple[str, ...], loaded: bool, sentence: str) -> None:
    if loaded:
        tandem("knowledge", "load")
    done = tandem("knowledge", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_a_wrong_setting_is_one_line_too(tandem: Tandem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_PORT", "many")
    done = tandem("knowledge", "check")
    assert (done.returncode, done.stderr) == (
        2,
        "TANDEM_PORT should be a number from 1 to 65535, not 'many'.\n",
    )


def test_the_command_does_not_wait_for_rasa() -> None:
    script = (
        "import sys; from bot.cli.main import app; import typer.testing;"
        "result = typer.testing.CliRunner().invoke(app, ['knowledge', 'check']);"
        "print(result.exit_code, [m for m in ('rasa', 'spacy', 'tensorflow') if m in sys.modules])"
    )
    env = {"PYTHONPATH": str(PROJECT_ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "0 []\n"


def test_help_lists_the_commands_without_importing_them(tandem: Tandem) -> None:
    done = tandem("--help")
    assert done.returncode == 0
    assert "knowledge" in done.stdout
    assert "Check, load and show what the bot knows." in done.stdout


def test_a_module_without_an_app_is_no_command(tandem: Tandem) -> None:
    done = tandem("main")
    assert done.returncode == 2
    assert "No such command 'main'" in done.stderr


def test_review_prints_levels_texts_and_each_rule_with_what_it_catches_and_spares(tandem: Tandem) -> None:
    done = tandem("knowledge", "review")
    assert (done.returncode, done.stderr) == (0, "")
    assert "| emergency_911 | A red flag: call 911 now." in done.stdout
    assert "| call_911 | sms | en | This could be serious. Call 911 now" in done.stdout
    rule = done.stdout.split("### throat.closing\n")[1].split("\n### ")[0]
    parts = [line.split(":")[0] for line in rule.splitlines() if line and line[0] not in "-`"]
    assert parts == ["Source", "Looks for", "Catches", "Spares"]
    assert "- “my throat feels tight and i had botox yesterday”" in rule
    assert done.stdout.rstrip().endswith('`reviewed: {by: "Name, profession", on: YYYY-MM-DD}`.')


def test_review_is_a_page_for_a_browser_too(tandem: Tandem) -> None:
    done = tandem("knowledge", "review", "--html")
    assert done.stdout.startswith('<!doctype html>\n<html lang="en">')
    assert "<td>call_911</td>" in done.stdout
    assert "<strong>Call 911 now</strong>" in done.stdout


def test_another_lexicon_has_another_fingerprint(tandem: Tandem, copy: Path) -> None:
    def fingerprint() -> str:
        return tandem("knowledge", "review").stdout.splitlines()[2]

    before = fingerprint()
    file = copy / "safety" / "idioms.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("weak coffee", "weak cocoa", 1), encoding="utf-8")
    assert fingerprint() != before
