"""The search for what tests have typed finds it, or its silence would prove nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.conversations import ConversationStore
from bot.database import engine
from bot.handoff.vault import ContactVault
from tests.people import EVERYBODY, FILES, Someone, dump, strangers_in, traces_in, whole_files


@pytest.mark.parametrize(
    "text",
    [
        "i am quillon",
        "Mr. VERRAZANO called",
        "403-555-0161",
        "+14035550161",
        "(403) 555 0161",
        "quillon.verrazano at clinic",
        "zephyrine mornings-zephyrine",
    ],
)
def test_a_person_is_found_however_they_are_written(text: str) -> None:
    assert traces_in(text, [FILES]) != []


@pytest.mark.parametrize("text", ["[phone-1] [name-1]", "verrazanos", "403-555-0162", "1795348988.403555", ""])
def test_nothing_is_found_where_nobody_is(text: str) -> None:
    assert traces_in(text, [FILES]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call (587) 555-0123", ["5875550123"]),
        ("+15875550123", ["5875550123"]),
        ("a.b+c@d.example.", ["a.b+c@d.example"]),
        ("the clinic: 403-555-0100, +14035550100, hello@demo-clinic.example", []),
        ("at 1795348988.5875550123 and 95875550123456", []),
    ],
)
def test_anybody_else_is_found_by_number_and_address(text: str, found: list[str]) -> None:
    assert strangers_in(text) == found


def test_a_dump_holds_every_table_but_not_what_is_sealed(migrated_url: str) -> None:
    bound = engine(migrated_url)
    ConversationStore(bound).ask("c", "m", f"i am {FILES.name}")
    ContactVault(bound, "a secret for tests only").keep("c", "phone", FILES.phone)
    bound.dispose()
    left = dump(migrated_url)
    assert "website_turns: {'id': 1, 'conversation_id': 'c'" in left
    assert "'token': 'phone-1'" in left and "sealed" not in left
    assert len(traces_in(left, [FILES])) == 2


def test_files_are_read_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_bytes(b"\xff\x00 Verrazano \xfe")
    assert len(traces_in(whole_files(tmp_path))) == 1


def test_no_two_people_share_a_trace() -> None:
    def belongs_to(someone: Someone) -> str:
        return f"{someone.name} {someone.phone} {someone.email} {someone.note}"

    for someone in EVERYBODY:
        others = [other for other in EVERYBODY if other is not someone]
        assert traces_in(belongs_to(someone), others) == []
