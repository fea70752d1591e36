"""`tandem handoffs`: what staff types, what they see of a request, and what is kept of their looking."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.cli import main
from bot.database import engine
from bot.handoff.requests import RequestStore
from bot.handoff.tables import access_log
from bot.handoff.vault import ContactVault
from tests.handoff import NAME, NOTE, PHONE, SECRET, START, TIME, Clock, draft, rows

Tandem = Callable[..., int]


@pytest.fixture
def bound(migrated_url: str) -> Iterator[Engine]:
    made = engine(migrated_url)
    yield made
    made.dispose()


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, migrated_url: str, tmp_path: Path) -> None:
    given = {"DATABASE_URL": migrated_url, "SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path)}
    for name, value in given.items():
        monkeypatch.setenv(f"TANDEM_{name}", value)
    monkeypatch.setenv("LOGNAME", "sam")
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def tandem(monkeypatch: pytest.MonkeyPatch) -> Tandem:
    def called(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["tandem", "handoffs", *arguments])
        with pytest.raises(SystemExit) as ended:
            main.main()
        return int(ended.value.code or 0)

    return called


@pytest.fixture
def reference(bound: Engine) -> str:
    """A request that was made just now."""
    vault = ContactVault(bound, SECRET)
    return RequestStore(bound, vault).file(draft(vault, note=vault.keep("c", "note", f"[red]{NOTE}\x1b[2J"))).reference


def looks(bound: Engine) -> list[tuple[str, str, str]]:
    return [(row["who"], row["reference"], row["what"]) for row in rows(bound, access_log)]


def test_a_list_shows_what_is_open_and_nothing_of_the_person(
    tandem: Tandem, reference: str, bound: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem("list") == 0
    page = capsys.readouterr().out
    assert reference in page and "order, pain" in page and "console: waiting after 0 tries" in page
    assert not [word for word in (NAME, PHONE, TIME, NOTE) if word in page]
    assert looks(bound) == []


def test_a_list_is_json_for_scripts(
    tandem: Tandem, reference: str, bound: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem("list", "--json") == 0
    (request,) = json.loads(capsys.readouterr().out)
    assert request["reference"] == reference
    assert request["asked_at"].endswith("Z")
    assert (request["state"], request["topics"], request["closed_at"]) == ("waiting", ["order", "pain"], None)
    assert request["consented_at"] == START.isoformat() + "Z"
    assert [(each["channel"], each["attempts"], each["delivered_at"]) for each in request["deliveries"]] == [
        ("console", 0, None)
    ]


def test_an_empty_list_says_so(tandem: Tandem, capsys: pytest.CaptureFixture[str]) -> None:
    assert tandem("list") == 0
    assert capsys.readouterr().out == "No request is open.\n"
    assert tandem("list", "--json") == 0
    assert capsys.readouterr().out == "[]\n"


def test_a_request_is_shown_with_its_contact_data_as_typed_and_the_look_is_kept(
    tandem: Tandem, reference: str, bound: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem("show", reference.lower()) == 0
    page = capsys.readouterr().out
    assert all(word in page for word in (NAME, PHONE, TIME, f"[red]{NOTE}"))
    assert "\x1b[2J" not in page
    assert tandem("show", reference, "--as", " Dr  Example ", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["name"], shown["contact"], shown["preferred_time"]) == (NAME, PHONE, TIME)
    assert looks(bound) == [("sam", reference, "show"), ("Dr Example", reference, "show")]


def test_what_no_key_opens_any_more_is_told(
    tandem: Tandem, reference: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TANDEM_SECRET_KEY", "quite another secret")
    assert tandem("show", reference) == 0
    assert capsys.readouterr().out.count("no longer readable") == 2


def test_a_request_is_closed_once_and_listed_no_more(
    tandem: Tandem, reference: str, bound: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem("close", reference, "--as", "Sam") == 0
    assert "closed" in capsys.readouterr().out
    assert tandem("close", reference, "--json") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "closed"
    assert tandem("list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert tandem("list", "--all") == 0
    assert "not delivered before it was closed" in " ".join(capsys.readouterr().out.split())
    assert looks(bound) == [("Sam", reference, "close")]


def test_a_request_is_tried_again(
    tandem: Tandem, reference: str, bound: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem("retry", reference, "--json") == 0
    assert json.loads(capsys.readouterr().out)["deliveries"][0]["dead_at"] is None
    assert looks(bound) == [("sam", reference, "retry")]


@pytest.mark.parametrize("command", ["show", "close", "retry"])
def test_an_unknown_reference_is_one_line(tandem: Tandem, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert tandem(command, "TD-9999") == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "",
        "There is no request TD-9999; tandem handoffs list shows those that there are.\n",
    )


def test_nothing_to_retry_is_one_line(tandem: Tandem, reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    tandem("close", reference)
    capsys.readouterr()
    assert tandem("retry", reference) == 1
    assert capsys.readouterr().err == f"Nothing of {reference} waits to be delivered.\n"


def test_times_are_the_clinics(
    tandem: Tandem, bound: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    vault = ContactVault(bound, SECRET, clock)
    RequestStore(bound, vault, clock).file(draft(vault))
    assert tandem("list") == 0
    assert "Sun 22 Nov 05:00" in capsys.readouterr().out
