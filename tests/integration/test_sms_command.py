"""`tandem sms`: what staff see of the texts that could not be answered or sent, and how one is tried again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.sms import people
from bot.channels.sms.inbox import Inbox, Reply
from bot.channels.sms.limits import Caps, Limits
from bot.channels.sms.outbox import Outbox
from bot.channels.sms.received import Received, Status
from bot.channels.sms.reception import Reception
from bot.channels.sms.seal import Seal
from bot.channels.sms.tables import inbox, outbox
from bot.channels.sms.wording import Wording
from bot.cli import main
from bot.clinic import read_clinic
from bot.database import engine, writing
from bot.handoff.vault import ContactVault
from bot.settings import PROJECT_ROOT
from tests.handoff import PHONE, SECRET, START, Clock, rows

Tandem = Callable[..., int]
WORDS = "what is botox?"


@pytest.fixture
def bound(migrated_url: str) -> Iterator[Engine]:
    made = engine(migrated_url)
    yield made
    made.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel(bound: Engine, clock: Clock) -> tuple[Reception, Inbox, Outbox]:
    vault, seal = ContactVault(bound, SECRET, Clock()), Seal(SECRET)
    letters = Outbox(bound, vault, seal, clock, backoff=lambda _: timedelta(seconds=1))
    limits = Limits(Caps(60, 120, 2000), clock)
    wording = Wording(read_clinic(PROJECT_ROOT / "clinic.yml"))
    reception = Reception(bound, vault, seal, letters, limits, wording, lambda text: False, clock)
    return reception, Inbox(bound, seal, letters, limits, clock), letters


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, migrated_url: str, tmp_path: Path) -> None:
    given = {"DATABASE_URL": migrated_url, "SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path)}
    for name, value in given.items():
        monkeypatch.setenv(f"TANDEM_{name}", value)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def tandem(monkeypatch: pytest.MonkeyPatch) -> Tandem:
    def called(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["tandem", "sms", *arguments])
        with pytest.raises(SystemExit) as ended:
            main.main()
        return int(ended.value.code or 0)

    return called


def arrive(channel: tuple[Reception, Inbox, Outbox], number: int = 1, text: str = WORDS) -> str:
    """Have a message arrive; returns its sender's name."""
    message = Received(f"SM{number}", f"signature-{number}", PHONE, text, 0, False)
    assert channel[0].accept(message)
    assert not channel[0].accept(message)
    return str(channel[1].due()[0])


def answered(channel: tuple[Reception, Inbox, Outbox], sender: str) -> None:
    waiting = channel[1].take(sender)
    assert waiting and waiting.text == WORDS
    assert channel[1].reply(waiting, Reply("An answer.", "en"))
    assert not channel[1].reply(waiting, Reply("A second answer.", "en"))


def in_doubt(channel: tuple[Reception, Inbox, Outbox], clock: Clock) -> str:
    sender = arrive(channel)
    answered(channel, sender)
    letter = channel[2].take(sender)
    assert letter and (letter.number, letter.body) == (PHONE, "An answer.")
    clock.advance(seconds=31)
    assert channel[2].due() == []
    assert channel[2].take(sender) is None
    return sender


def test_without_dead_letters_it_says_so(tandem: Tandem, capsys: pytest.CaptureFixture[str]) -> None:
    assert tandem("dead-letters") == 0
    assert capsys.readouterr().out == "There are no dead letters.\n"


def test_a_text_in_doubt_is_listed_without_its_words_and_its_number(
    channel: tuple[Reception, Inbox, Outbox], clock: Clock, tandem: Tandem, capsys: pytest.CaptureFixture[str]
) -> None:
    in_doubt(channel, clock)

    assert tandem("dead-letters", "--json") == 0
    shown = capsys.readouterr().out
    (letter,) = json.loads(shown)
    moment = START.isoformat(timespec="seconds") + "Z"
    assert {**letter, "id": "a"} == {
        "id": "a",
        "kind": "unsent",
        "at": moment,
        "problem": "interrupted",
        "in_doubt": True,
    }
    assert tandem("dead-letters") == 0
    page = capsys.readouterr().out
    assert "interrupted, may have arrived" in page
    assert [word for word in (PHONE, "An answer.", WORDS) if word in shown + page] == []


def test_a_dead_letter_is_put_in_line_again(
    channel: tuple[Reception, Inbox, Outbox],
    clock: Clock,
    bound: Engine,
    tandem: Tandem,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sender = in_doubt(channel, clock)
    (row,) = rows(bound, outbox)

    assert tandem("retry", f"a{row['id']}") == 0
    assert capsys.readouterr().out == f"a{row['id']} is in line again.\n"
    assert [(r["state"], r["in_doubt"], r["attempts"]) for r in rows(bound, outbox)] == [("queued", False, 0)]
    assert outbox_due(bound, sender)


def outbox_due(bound: Engine, sender: str) -> bool:
    with bound.connect() as connection:
        found = sa.select(outbox.c.id).where(outbox.c.sender == sender, outbox.c.state == "queued")
        return connection.execute(found).first() is not None


def test_a_message_that_was_put_aside_is_answered_after_a_retry(
    channel: tuple[Reception, Inbox, Outbox], bound: Engine, tandem: Tandem
) -> None:
    sender = arrive(channel)
    waiting = channel[1].take(sender)
    assert waiting
    channel[1].put_aside(waiting, "daily_cap")
    assert channel[1].due() == []
    (row,) = rows(bound, inbox)

    assert tandem("retry", f"m{row['id']}") == 0
    assert channel[1].due() == [sender]
    answered(channel, sender)


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        ("12", "Give a dead letter's id as tandem sms dead-letters lists it, such as a12."),
        ("a0", "Give a dead letter's id as tandem sms dead-letters lists it, such as a12."),
        ("a12", "There is no dead letter of that id; tandem sms dead-letters lists them."),
        ("m12", "There is no dead letter of that id; tandem sms dead-letters lists them."),
    ],
)
def test_a_wrong_id_is_refused_in_one_sentence(
    tandem: Tandem, capsys: pytest.CaptureFixture[str], letter: str, said: str
) -> None:
    assert tandem("retry", letter) == 2
    assert capsys.readouterr().err == f"{said}\n"


def test_nothing_is_put_in_line_for_who_wants_no_texts(
    channel: tuple[Reception, Inbox, Outbox],
    clock: Clock,
    bound: Engine,
    tandem: Tandem,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sender = in_doubt(channel, clock)
    with writing(bound) as connection:
        people.set_consent(connection, (sender,), START, "stop", "STOP")
    (row,) = rows(bound, outbox)

    assert tandem("retry", f"a{row['id']}") == 2
    assert capsys.readouterr().err == "Its sender wants no more texts.\n"


def test_a_delivery_that_is_reported_late_ends_the_doubt(
    channel: tuple[Reception, Inbox, Outbox],
    clock: Clock,
    bound: Engine,
    tandem: Tandem,
    capsys: pytest.CaptureFixture[str],
) -> None:
    in_doubt(channel, clock)
    (row,) = rows(bound, outbox)
    channel[2].told(Status("SM9", row["delivery_id"], "delivered", None))

    assert tandem("dead-letters") == 0
    assert capsys.readouterr().out == "There are no dead letters.\n"
    assert [(r["state"], r["sealed"]) for r in rows(bound, outbox)] == [("delivered", None)]
