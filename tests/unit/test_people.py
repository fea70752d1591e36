"""The search for what tests have typed finds it, or its silence would prove nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.conversations import ConversationStore
from bot.database import engine
from bot.handoff.vault import ContactVault
from tests.people import EVERYBODY, FILES, Someone, dump, left_below, strangers_in, whole_files, words_in

NEMO = Someone("Nemo Nobody", "(403) 555-2222", "nemo@nowhere")
"""Stored readably here: no search of all that the tests have left looks for somebody like that."""


@pytest.mark.parametrize(
    "text", ["i am quillon", "Mr. VERRAZANO called", "quillon.verrazano at clinic", "mornings-zephyrine"]
)
def test_a_person_is_found_however_they_are_written(text: str) -> None:
    assert set(words_in(text, [FILES])) == set(strangers_in(text)) == {text}


@pytest.mark.parametrize("text", ["[phone-1] [name-1]", "verrazanos", "1795348988.403555", ""])
def test_nothing_is_found_where_nobody_is(text: str) -> None:
    assert strangers_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call (587) 555-0123", ["5875550123"]),
        ("+15875550123, 587.555.0123", ["5875550123"]),
        ("555-0123", []),
        ("a.b+c@d.example. x@y.example", ["a.b+c@d.example", "x@y.example"]),
        ("/order@0.9, x@y.example2026-11-23", ["x@y.example"]),
        ("the clinic: 403-555-0100, +14035550100, hello@demo-clinic.example", []),
        ("at 1795348988.5875550123 and 95875550123456", []),
    ],
)
def test_anybody_else_is_found_by_number_and_address(text: str, found: list[str]) -> None:
    assert strangers_in(text) == found


def test_a_dump_holds_every_table_but_not_what_is_sealed(migrated_url: str) -> None:
    bound = engine(migrated_url)
    store = ConversationStore(bound)
    store.ask("c", "m")
    store.answer("c", "m", f"i am {NEMO.name}", {"messages": []})
    ContactVault(bound, "a secret for tests only").keep("c", "phone", NEMO.phone)
    bound.dispose()
    left = dump(migrated_url)
    assert "website_turns: {'id': 1, 'conversation_id': 'c'" in left
    assert "'token': 'phone-1'" in left and "sealed" not in left
    assert len(words_in(left, [NEMO])) == 2 and NEMO.number not in left


def test_files_are_read_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "kept.bin").write_bytes(b"\xff\x00 Nobody \xfe")
    assert len(words_in(whole_files(tmp_path), [NEMO])) == 1


@pytest.mark.parametrize("name", ["tandem.db", "tandem.db-wal", "log.txt", "loud.log"])
def test_databases_and_logs_are_looked_through_wherever_they_lie(tmp_path: Path, name: str) -> None:
    file = tmp_path / "deep" / name
    file.parent.mkdir()
    file.write_text(f"ask for {FILES.name}", encoding="utf-8")
    assert left_below(tmp_path) == {str(file): [f"ask for {FILES.name}"] * 2}
    file.unlink()  # or the search after all tests would find it as well


def test_no_two_people_share_a_word_or_a_number() -> None:
    words = [word for someone in EVERYBODY for word in set(someone.words)]
    assert len(words) == len(set(words))
    assert len({someone.number for someone in EVERYBODY}) == len(EVERYBODY)
