"""The conversations' store and the vault, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from bot.channels.conversations import RECENT_ANSWERS, ConversationStore, transcript

START = datetime(2026, 11, 22, 12, 0)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def answer(*payloads: str, title: str = "T") -> dict[str, object]:
    return {"messages": [{"text": "A", "buttons": [{"title": title, "payload": p} for p in payloads]}]}


def test_a_turn_is_kept_with_its_answer(migrated: Engine) -> None:
    store = ConversationStore(migrated, Clock())
    store.ask("c", "m")
    assert store.look_up("c", "m") == (False, None)
    store.answer("c", "m", "hi", answer("/a"))
    assert store.look_up("c", "m") == (False, answer("/a"))
    assert store.look_up("other", "m") == (False, None)
    assert transcript(store.so_far("c")) == [
        {"from": "user", "at": "2026-11-22T12:00:01.000Z", "text": "hi", "buttons": []},
        {
            "from": "bot",
            "at": "2026-11-22T12:00:02.000Z",
            "text": "A",
            "buttons": [{"title": "T", "payload": "/a"}],
        },
    ]


def test_a_turn_that_a_crash_left_open_is_asked_again_and_listed_once(migrated: Engine) -> None:
    store = ConversationStore(migrated)
    store.ask("c", "m")
    assert transcript(store.so_far("c")) == []
    store.ask("c", "m")
    store.answer("c", "m", "hi", answer("/a"))
    assert [line["from"] for line in transcript(store.so_far("c"))] == ["user", "bot"]


def test_a_conversation_can_be_ended_before_its_first_message(migrated: Engine) -> None:
    store = ConversationStore(migrated)
    assert not store.has_ended("c")
    store.end("c")
    assert store.has_ended("c")
    assert not store.has_ended("other")


def test_only_the_latest_buttons_are_on_offer(migrated: Engine) -> None:
    store = ConversationStore(migrated)
    for number in range(RECENT_ANSWERS + 1):
        store.ask("c", f"m{number}")
        store.answer("c", f"m{number}", "hi", answer(f"/p{number}", "/same", title=f"T{number}"))
    offered = store.offered("c")
    assert offered == {**{f"/p{n}": f"T{n}" for n in range(1, 11)}, "/same": "T10"}
    assert store.offered("other") == {}
