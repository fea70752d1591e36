"""What is kept for how long, and that nothing is kept longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.engine import Connection, Engine

from bot.channels.conversations import ConversationStore
from bot.database import engine, is_mine_alone, reading, writing
from bot.handoff import conversation_tables as theirs
from bot.handoff.requests import RequestStore
from bot.handoff.retention import BATCH, JOB, Periods, Purged, purge
from bot.handoff.types import Draft
from bot.handoff.vault import LIFETIME, ContactVault, Kind
from bot.settings import Settings

NOW = datetime(2026, 11, 22, 12, 0)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
SECRET = "a secret for tests only"
TYPED: dict[Kind, str] = {"name": "Robin", "phone": "+14035550142"}
TRACKER = SQLTrackerStore.SQLEvent.__table__


@pytest.fixture
def bound(migrated: Engine) -> Engine:
    TRACKER.create(migrated)
    return migrated


def at(moment: datetime) -> Any:
    return lambda: moment


def talk(bound: Engine, conversation: str, moment: datetime, *texts: str) -> None:
    """A conversation on the website whose messages came at one moment."""
    store = ConversationStore(bound, at(moment))
    for number, text in enumerate(texts or ["hello"]):
        store.ask(conversation, f"m{number}")
        store.answer(conversation, f"m{number}", text, {"messages": []})
        track(bound, conversation, moment, "user", text)


def track(bound: Engine, sender: str, moment: datetime, kind: str, text: str = "") -> None:
    seconds = moment.replace(tzinfo=timezone.utc).timestamp()
    row = {"sender_id": sender, "type_name": kind, "timestamp": seconds, "data": f'{{"text": "{text}"}}'}
    with writing(bound) as connection:
        connection.execute(sa.insert(TRACKER), [row])


def kept(bound: Engine, column: str, table: str) -> list[Any]:
    with bound.connect() as connection:
        return sorted(connection.execute(sa.text(f"SELECT DISTINCT {column} FROM {table}")).scalars())


def test_a_conversation_is_kept_for_its_days_after_the_last_message(bound: Engine) -> None:
    talk(bound, "old", NOW - 30 * DAY)
    talk(bound, "young", NOW - 30 * DAY + SECOND)
    talk(bound, "went on", NOW - 40 * DAY, "first")
    ConversationStore(bound, at(NOW - DAY)).ask("went on", "m1")
    track(bound, "went on", NOW - DAY, "user", "second")
    assert purge(bound, NOW) == Purged(conversations=1)
    left = ["went on", "young"]
    assert kept(bound, "id", "website_conversations") == left
    assert kept(bound, "conversation_id", "website_turns") == left
    assert kept(bound, "sender_id", "events") == left


def test_the_clinic_s_own_number_of_days_counts(bound: Engine) -> None:
    talk(bound, "c", NOW - 3 * DAY)
    settings = Settings.from_environment({"TANDEM_RETENTION_DAYS": "3", "TANDEM_REQUEST_RETENTION_DAYS": "8"})
    assert Periods.of(settings) == Periods(conversations=3 * DAY, requests=8 * DAY)
    assert purge(bound, NOW, Periods.of(settings)) == Purged(conversations=1)


def test_an_ended_conversation_goes_as_soon_as_its_token_would_have_expired(bound: Engine) -> None:
    for name, ended in (("long ago", NOW - LIFETIME), ("just now", NOW - LIFETIME + SECOND)):
        talk(bound, name, NOW - DAY)
        ConversationStore(bound, at(ended)).end(name)
    assert purge(bound, NOW) == Purged(conversations=1)
    assert kept(bound, "id", "website_conversations") == ["just now"]
    assert ConversationStore(bound).has_ended("just now")


def test_a_conversation_that_nobody_wrote_in_goes_too(bound: Engine) -> None:
    ConversationStore(bound, at(NOW - 31 * DAY)).end("silent")
    assert purge(bound, NOW) == Purged(conversations=1)


def test_a_conversation_of_the_shell_goes_and_old_sessions_of_one_that_goes_on(bound: Engine) -> None:
    track(bound, "shell", NOW - 31 * DAY, "user", "old")
    for days in (40, 20):
        track(bound, "often", NOW - days * DAY, "session_started")
        track(bound, "often", NOW - days * DAY, "user", f"{days} days ago")
    # One session that has gone on for all the time is needed whole.
    track(bound, "long", NOW - 40 * DAY, "session_started")
    track(bound, "long", NOW - DAY, "user", "again")
    assert purge(bound, NOW) == Purged(conversations=1)
    assert kept(bound, "sender_id", "events") == ["long", "often"]
    assert kept(bound, "data", "events WHERE sender_id = 'often' AND type_name = 'user'") == ['{"text": "20 days ago"}']
    assert len(kept(bound, "id", "events WHERE sender_id = 'long'")) == 2


def test_contact_data_goes_when_it_expires_or_with_its_conversation(bound: Engine) -> None:
    ContactVault(bound, SECRET, at(NOW - LIFETIME)).keep("expired", "phone", "+14035550123")
    ContactVault(bound, SECRET, at(NOW - LIFETIME + SECOND)).keep("fresh", "phone", "+14035550123")
    assert purge(bound, NOW) == Purged(contacts=1)
    assert kept(bound, "conversation_id", "contact_vault") == ["fresh"]


def ask_for_a_person(bound: Engine, conversation: str, moment: datetime, days: int = 30) -> str:
    """A request to the clinic; its reference."""
    vault = ContactVault(bound, SECRET, at(moment))
    tokens = {kind: vault.keep(conversation, kind, value) for kind, value in TYPED.items()}
    draft = Draft(
        conversation, "website", conversation, tokens["name"], tokens["phone"], None, None, (), "en", "1", moment
    )
    return RequestStore(bound, vault, at(moment), ("mail", "console"), timedelta(days=days)).file(draft).reference


def test_a_request_is_kept_for_its_days_and_its_contact_data_with_it(bound: Engine) -> None:
    old, young = (
        ask_for_a_person(bound, name, NOW - 30 * DAY + wait) for name, wait in (("a", 0 * DAY), ("b", SECOND))
    )
    RequestStore(bound, ContactVault(bound, SECRET)).show(old, "sam")
    assert purge(bound, NOW) == Purged(requests=1, never_closed=1)
    assert kept(bound, "reference", "handoff_requests") == [young]
    assert kept(bound, "conversation_id", "contact_vault") == ["b"]
    assert kept(bound, "channel", "outbox") == ["console", "mail"]
    assert len(kept(bound, "id", "outbox")) == 2
    assert kept(bound, "reference", "access_log") == [old]


def test_a_request_outlives_its_conversation_and_the_vault_s_short_time(bound: Engine) -> None:
    talk(bound, "c", NOW - 10 * DAY)
    reference = ask_for_a_person(bound, "c", NOW - 10 * DAY)
    ConversationStore(bound, at(NOW - 10 * DAY)).end("c")
    assert purge(bound, NOW) == Purged(conversations=1)
    assert (
        RequestStore(bound, ContactVault(bound, SECRET, at(NOW)), at(NOW)).show(reference, "sam").contact.name
        == "Robin"
    )


def test_what_the_person_was_promised_counts_also_after_the_clinic_has_set_more_days(bound: Engine) -> None:
    ask_for_a_person(bound, "promised 10 days", NOW - 10 * DAY, days=10)
    reference = ask_for_a_person(bound, "promised 60 days", NOW - 10 * DAY, days=60)
    assert purge(bound, NOW, Periods(requests=60 * DAY)) == Purged(requests=1, never_closed=1)
    assert kept(bound, "reference", "handoff_requests") == [reference]
    assert purge(bound, NOW, Periods(requests=8 * DAY)) == Purged(requests=1, never_closed=1)


def test_a_closed_request_is_not_counted_as_left_open(bound: Engine) -> None:
    reference = ask_for_a_person(bound, "c", NOW - 31 * DAY)
    RequestStore(bound, ContactVault(bound, SECRET)).close(reference, "sam")
    assert purge(bound, NOW) == Purged(requests=1)


def test_a_cancelled_request_is_kept_for_its_days_and_is_not_counted_either(bound: Engine) -> None:
    ask_for_a_person(bound, "c", NOW - 31 * DAY)
    RequestStore(bound, ContactVault(bound, SECRET), clock=lambda: NOW - 31 * DAY).cancel("c")
    assert purge(bound, NOW - 5 * DAY) == Purged()
    assert purge(bound, NOW) == Purged(requests=1)


def test_more_than_one_batch_is_deleted(bound: Engine) -> None:
    seconds = (NOW - 31 * DAY).replace(tzinfo=timezone.utc).timestamp()
    rows = [{"sender_id": f"s{n}", "type_name": "user", "timestamp": seconds} for n in range(2 * BATCH + 1)]
    with writing(bound) as connection:
        connection.execute(sa.insert(TRACKER), rows)
    assert purge(bound, NOW) == Purged(conversations=2 * BATCH + 1)
    assert kept(bound, "sender_id", "events") == []


def test_a_second_purge_finds_nothing(bound: Engine) -> None:
    talk(bound, "old", NOW - 31 * DAY)
    purge(bound, NOW)
    assert purge(bound, NOW) == Purged()


def test_a_database_without_a_tracker_yet_is_purged_all_the_same(migrated: Engine) -> None:
    ConversationStore(migrated, at(NOW - 31 * DAY)).ask("c", "m")
    assert purge(migrated, NOW) == Purged(conversations=1)


def test_what_was_deleted_is_gone_from_the_file_and_its_log(tmp_path: Path, migrated_file: Path) -> None:
    file = tmp_path / "tandem.db"
    file.write_bytes(migrated_file.read_bytes())
    bound = engine(f"sqlite:///{file}")
    TRACKER.create(bound)
    talk(bound, "c", NOW - 31 * DAY, "zanzibar", *["x" * 900] * 20)
    assert b"zanzibar" in whole(file)
    purge(bound, NOW)
    assert b"zanzibar" not in whole(file)


def whole(file: Path) -> bytes:
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


@pytest.mark.parametrize("name", ["website_conversations", "website_turns", "events"])
def test_the_tables_of_the_others_are_as_they_are_named_here(bound: Engine, name: str) -> None:
    there = {column["name"] for column in sa.inspect(bound).get_columns(name)}
    assert set(getattr(theirs, name).c.keys()) <= there


def test_of_several_processes_one_deletes(migrated_postgresql_url: str) -> None:
    bound = engine(migrated_postgresql_url)
    with writing(bound) as leading:
        assert is_mine_alone(leading, JOB)
        assert purge(bound, NOW) is None
    assert purge(bound, NOW) == Purged()
    bound.dispose()


def test_who_writes_while_it_is_searched_stays(bound: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    talk(bound, "old", NOW - 31 * DAY)
    talk(bound, "comes back", NOW - 31 * DAY)

    @contextmanager
    def and_then_they_write(searched: Engine) -> Iterator[Connection]:
        monkeypatch.undo()
        with reading(searched) as connection:
            yield connection
        ConversationStore(bound, at(NOW)).ask("comes back", "later")
        track(bound, "comes back", NOW, "user")

    monkeypatch.setattr("bot.handoff.retention.reading", and_then_they_write)
    monkeypatch.setattr("bot.handoff.retention._purge_requests", lambda *_: 0)
    purge(bound, NOW)
    assert kept(bound, "id", "website_conversations") == ["comes back"]


def test_a_clock_that_was_set_back_costs_nobody_their_session(bound: Engine) -> None:
    track(bound, "s", NOW, "session_started")
    track(bound, "s", NOW - 31 * DAY, "session_started")
    track(bound, "s", NOW - 31 * DAY, "slot", "of the present session")
    track(bound, "s", NOW, "user")
    purge(bound, NOW)
    assert "of the present session" in "".join(kept(bound, "data", "events"))
