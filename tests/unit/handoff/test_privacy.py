"""A person's data: all of it is found, nobody else's is, and that somebody looked is kept."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.engine import Engine

from bot.channels.conversations import ConversationStore
from bot.database import writing
from bot.handoff.person import Person
from bot.handoff.privacy import Forgotten, Privacy
from bot.handoff.requests import RequestStore
from bot.handoff.types import Draft
from bot.handoff.vault import LIFETIME, ContactVault, Kind

NOW = datetime(2026, 11, 22, 12, 0)
SECRET = "a secret for tests only"
TRACKER = SQLTrackerStore.SQLEvent.__table__
ROBIN, ALEX = Person("phone", "+14035550142"), Person("phone", "+14035550143")
MAIL = Person("email", "robin@clinic.example")


def now() -> datetime:
    return NOW


class Clinic:
    """A bot's stores at one moment, with what people did."""

    def __init__(self, bound: Engine, secret: str = SECRET) -> None:
        self.bound = bound
        self.vault = ContactVault(bound, secret, now)
        self.privacy = Privacy(bound, self.vault, now)

    def talk(self, conversation: str, text: str) -> None:
        store = ConversationStore(self.bound, now)
        store.ask(conversation, "m")
        store.answer(conversation, "m", text, {"messages": [{"text": "An answer.", "buttons": []}]})
        seconds = NOW.replace(tzinfo=timezone.utc).timestamp()
        row = {"sender_id": conversation, "type_name": "user", "timestamp": seconds, "data": json.dumps({"text": text})}
        with writing(self.bound) as connection:
            connection.execute(sa.insert(TRACKER), [row])

    def file(self, conversation: str, **typed: str) -> str:
        kinds: dict[str, Kind] = {"name": "name", "phone": "phone", "email": "email", "note": "note"}
        token = {kind: self.vault.keep(conversation, kinds[kind], value) for kind, value in typed.items()}
        contact = token.get("phone") or token["email"]
        draft = Draft(
            conversation=conversation,
            channel="website",
            key=conversation,
            name=token["name"],
            contact=contact,
            preferred_time=None,
            note=token.get("note"),
            topics=("order",),
            language="en",
            consent_version="1",
            consented_at=NOW,
        )
        return RequestStore(self.bound, self.vault, now, ("mail",)).file(draft).reference

    def rows(self) -> dict[str, int]:
        tables = sa.inspect(self.bound).get_table_names()
        with self.bound.connect() as connection:
            counts = {t: connection.execute(sa.text(f"SELECT count(*) FROM {t}")).scalar_one() for t in tables}
        never_of_a_person = ("alembic_version", "delivery_channels")
        return {table: count for table, count in counts.items() if count and table not in never_of_a_person}

    def audit(self) -> list[Any]:
        with self.bound.connect() as connection:
            return connection.execute(sa.text("SELECT who, reference, what FROM access_log ORDER BY id")).all()


@pytest.fixture
def clinic(migrated: Engine) -> Clinic:
    TRACKER.create(migrated)
    return Clinic(migrated)


def test_everything_that_is_held_on_a_person_is_exported(clinic: Clinic) -> None:
    clinic.talk("c", "please call [phone-1]")
    reference = clinic.file("c", name="Robin", phone="+14035550142", note="after the long run")
    held = clinic.privacy.export(ROBIN, "sam")
    contact = {"conversation_id": "c", "expires_at": "2026-12-22T12:00:00Z"}
    assert held == {
        "person": {"phone": "+14035550142"},
        "made_at": "2026-11-22T12:00:00Z",
        "requests": [
            {
                "reference": reference,
                "conversation_id": "c",
                "channel": "website",
                "created_at": "2026-11-22T12:00:00Z",
                "state": "waiting",
                "closed_at": None,
                "language": "en",
                "consent_version": "1",
                "consented_at": "2026-11-22T12:00:00Z",
                "topics": ["order"],
                "name": "Robin",
                "contact": "+14035550142",
                "preferred_time": None,
                "note": "after the long run",
                "deliveries": [
                    {
                        "channel": "mail",
                        "created_at": "2026-11-22T12:00:00Z",
                        "attempts": 0,
                        "delivered_at": None,
                        "dead_at": None,
                    }
                ],
                "access": [],
            }
        ],
        "contacts": [
            {**contact, "token": "name-1", "value": "Robin"},
            {**contact, "token": "phone-1", "value": "+14035550142"},
            {**contact, "token": "note-1", "value": "after the long run"},
        ],
        "conversations": [
            {
                "id": "c",
                "started_at": "2026-11-22T12:00:00Z",
                "ended_at": None,
                "turns": [
                    {
                        "asked_at": "2026-11-22T12:00:00Z",
                        "text": "please call [phone-1]",
                        "answered_at": "2026-11-22T12:00:00Z",
                        "feedback": None,
                        "answer": {"messages": [{"text": "An answer.", "buttons": []}]},
                    }
                ],
                "tracker": [{"text": "please call [phone-1]"}],
            }
        ],
        "unreadable_values": 0,
    }
    assert json.loads(json.dumps(held)) == held


def test_an_export_says_who_has_looked_before(clinic: Clinic) -> None:
    reference = clinic.file("c", name="Robin", phone="+14035550142")
    RequestStore(clinic.bound, clinic.vault, now).show(reference, "kim")
    (request,) = clinic.privacy.export(ROBIN, "sam")["requests"]
    assert request["access"] == [{"at": "2026-11-22T12:00:00Z", "who": "kim", "what": "show"}]
    assert clinic.audit() == [("kim", reference, "show"), ("sam", reference, "export")]


def test_a_person_is_forgotten_and_nobody_else(clinic: Clinic) -> None:
    for name, phone in (("Robin", "+14035550142"), ("Alex", "+14035550143")):
        clinic.talk(name, "hello")
        clinic.file(name, name=name, phone=phone)
    before = clinic.rows()
    reference = clinic.privacy.export(ROBIN, "sam")["requests"][0]["reference"]
    assert clinic.privacy.forget(ROBIN, "sam") == Forgotten(requests=1, contacts=2, conversations=1, unreadable=0)
    assert clinic.rows() == {**{table: count // 2 for table, count in before.items()}, "access_log": 2}
    assert clinic.audit() == [("sam", reference, "export"), ("sam", reference, "forget")]
    held = clinic.privacy.export(ALEX, "sam")
    assert [len(held[what]) for what in ("requests", "contacts", "conversations")] == [1, 2, 1]


def test_who_only_typed_a_number_is_found_while_it_is_kept(clinic: Clinic) -> None:
    clinic.talk("c", "call me at [phone-1]")
    clinic.vault.keep("c", "phone", "+14035550142")
    assert clinic.privacy.forget(ROBIN, "sam") == Forgotten(requests=0, contacts=1, conversations=1, unreadable=0)
    assert clinic.rows() == {"access_log": 1}
    assert clinic.audit() == [("sam", "-", "forget")]


def test_all_conversations_and_requests_of_a_person_are_found(clinic: Clinic) -> None:
    references = [clinic.file(c, name="Robin", phone="+14035550142", email="robin@clinic.example") for c in ("a", "b")]
    references.append(clinic.file("c", name="Robin", email="Robin@clinic.example"))
    assert [r["reference"] for r in clinic.privacy.export(MAIL, "sam")["requests"]] == references
    assert [r["reference"] for r in clinic.privacy.export(ROBIN, "sam")["requests"]] == references[:2]


def test_what_has_expired_but_is_still_there_is_found_too(clinic: Clinic) -> None:
    ContactVault(clinic.bound, SECRET, lambda: NOW - 2 * LIFETIME).keep("c", "phone", "+14035550142")
    assert clinic.privacy.forget(ROBIN, "sam").contacts == 1


def test_a_second_forgetting_finds_nothing(clinic: Clinic) -> None:
    clinic.file("c", name="Robin", phone="+14035550142")
    clinic.privacy.forget(ROBIN, "sam")
    assert clinic.privacy.forget(ROBIN, "sam") == Forgotten(0, 0, 0, 0)


def test_a_person_is_found_with_an_older_key_and_what_no_key_opens_is_counted(clinic: Clinic) -> None:
    clinic.file("c", name="Robin", phone="+14035550142")
    rotated = Clinic(clinic.bound, f"another secret for tests,{SECRET}")
    assert len(rotated.privacy.export(ROBIN, "sam")["requests"]) == 1
    lost = Clinic(clinic.bound, "another secret for tests")
    assert lost.privacy.forget(ROBIN, "sam") == Forgotten(requests=0, contacts=0, conversations=0, unreadable=2)
    assert clinic.privacy.forget(ROBIN, "sam").requests == 1


def test_the_audit_holds_nothing_of_the_person(clinic: Clinic) -> None:
    clinic.file("c", name="Robin", phone="+14035550142")
    clinic.privacy.forget(ROBIN, "s" * 500)
    with clinic.bound.connect() as connection:
        rows = repr(connection.execute(sa.text("SELECT * FROM access_log")).all())
    assert "Robin" not in rows and "0142" not in rows
    assert clinic.audit()[0][0] == "s" * 128


def test_conversations_are_exported_without_a_tracker_too(migrated: Engine) -> None:
    clinic = Clinic(migrated)
    clinic.vault.keep("shell", "phone", "+14035550142")
    (conversation,) = clinic.privacy.export(ROBIN, "sam")["conversations"]
    assert conversation == {"id": "shell", "turns": [], "tracker": []}
