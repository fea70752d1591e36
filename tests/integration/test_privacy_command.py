"""`tandem privacy`: what staff types, on a new database and on one with data, and what it answers to a slip."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.conversations import ConversationStore
from bot.cli import main
from bot.clock import utc_now
from bot.database import engine
from bot.handoff.vault import ContactVault

SECRET = "a secret for tests only"


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    given = {"DATABASE_URL": database_url, "SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path)}
    for name, value in given.items():
        monkeypatch.setenv(f"TANDEM_{name}", value)
    monkeypatch.setenv("LOGNAME", "sam")


def tandem(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["tandem", "privacy", *arguments])
    with pytest.raises(SystemExit) as ended:
        main.main()
    return int(ended.value.code or 0)


def test_a_new_database_holds_nothing_on_anybody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem(monkeypatch, "export", "--phone", "403-555-0142") == 0
    held = json.loads(capsys.readouterr().out)
    assert held["person"] == {"phone": "+14035550142"}
    assert (held["requests"], held["contacts"], held["conversations"]) == ([], [], [])
    assert tandem(monkeypatch, "forget", "--email", "robin@clinic.example") == 0
    assert capsys.readouterr().out == "Nothing was held on this person.\n"
    assert tandem(monkeypatch, "purge") == 0
    assert capsys.readouterr().out == "Deleted: conversations 0, requests 0, contacts 0.\n"


def test_a_person_is_exported_forgotten_and_then_unknown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    tandem(monkeypatch, "purge")
    bound = engine(database_url)
    ConversationStore(bound).ask("c", "m")
    ContactVault(bound, SECRET).keep("c", "phone", "+14035550142")
    capsys.readouterr()
    assert tandem(monkeypatch, "export", "--phone", "(403) 555 0142") == 0
    assert json.loads(capsys.readouterr().out)["contacts"][0]["value"] == "+14035550142"
    assert tandem(monkeypatch, "forget", "--phone", "4035550142", "--as", "Kim Lee") == 0
    assert capsys.readouterr().out == "Deleted: requests 0, contacts 1, conversations 1.\n"
    with bound.connect() as connection:
        audit = connection.exec_driver_sql("SELECT who, reference, what FROM access_log ORDER BY id").all()
    assert audit == [("sam", "-", "export"), ("Kim Lee", "-", "forget")]
    bound.dispose()


def test_old_conversations_are_purged_by_the_days_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    tandem(monkeypatch, "purge")
    bound = engine(database_url)
    ConversationStore(bound, lambda: utc_now() - timedelta(days=4)).ask("c", "m")
    bound.dispose()
    capsys.readouterr()
    monkeypatch.setenv("TANDEM_RETENTION_DAYS", "5")
    tandem(monkeypatch, "purge")
    monkeypatch.setenv("TANDEM_RETENTION_DAYS", "3")
    tandem(monkeypatch, "purge")
    assert [line[:24] for line in capsys.readouterr().out.splitlines()] == [
        "Deleted: conversations 0",
        "Deleted: conversations 1",
    ]


def test_a_purge_seals_anew_what_an_older_key_sealed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    tandem(monkeypatch, "purge")
    bound = engine(database_url)
    ContactVault(bound, SECRET).keep("c", "phone", "+14035550142")
    newest = "a newer secret for tests only"
    monkeypatch.setenv("TANDEM_SECRET_KEY", f"{newest},{SECRET}")
    capsys.readouterr()
    for told in ("Sealed anew with the newest key: 1.", "Deleted: conversations 0, requests 0, contacts 0."):
        tandem(monkeypatch, "purge")
        assert capsys.readouterr().out.splitlines()[-1] == told
    assert ContactVault(bound, newest).redeem("c", "phone-1") == "+14035550142"
    bound.dispose()


def test_values_that_no_key_opens_are_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    tandem(monkeypatch, "purge")
    bound = engine(database_url)
    ContactVault(bound, "a key that was thrown away").keep("c", "phone", "+14035550142")
    bound.dispose()
    for command in ("export", "forget"):
        capsys.readouterr()
        assert tandem(monkeypatch, command, "--phone", "403-555-0142") == 0
        assert capsys.readouterr().err == ("Could not be searched, because no key of TANDEM_SECRET_KEY opens it: 1.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Give one of --phone and --email.\n"),
        (("--phone", "robin"), "That is no phone number; write it like 403-555-0100 or +14035550100.\n"),
        (("--email", "robin"), "That is no e-mail address; write it like name@clinic.example.\n"),
    ],
)
@pytest.mark.parametrize("command", ["export", "forget"])
def test_a_slip_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    arguments: tuple[str, ...],
    told: str,
) -> None:
    assert tandem(monkeypatch, command, *arguments) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", told)


def test_a_database_that_is_away_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TANDEM_DATABASE_URL", "postgresql://tandem:hidden-word@127.0.0.1:1/tandem")
    assert tandem(monkeypatch, "purge") == 1
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1 and "does not answer" in told and "hidden-word" not in told
