"""Which turns staff may learn from, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from bot.channels.conversations import ConversationStore
from bot.channels.lessons import Lesson, lessons

START = datetime(2026, 11, 22, 12, 0)


def told(store: ConversationStore, message: str, topic: str, conversation: str = "c") -> None:
    store.ask(conversation, message)
    store.answer(conversation, message, f"text {message}", {"topic": topic, "messages": []})


def test_what_was_not_understood_and_what_was_disliked_can_be_learned_from(migrated: Engine) -> None:
    moments = (START + timedelta(minutes=n) for n in range(100))
    store = ConversationStore(migrated, lambda: next(moments))
    for message, topic in (("a", "order"), ("b", "fallback"), ("c", "gibberish"), ("d", "price"), ("e", "fallback")):
        told(store, message, topic)
    store.rate("c", "a", "up")
    store.rate("c", "d", "down")
    store.rate("c", "e", "down")
    store.ask("c", "unanswered")

    found = lessons(migrated)
    assert [(each.text, each.topic, each.reason) for each in found] == [
        ("text b", "fallback", "not understood"),
        ("text c", "gibberish", "not understood"),
        ("text d", "price", "disliked"),
        ("text e", "fallback", "disliked"),
    ]
    assert found[0] == Lesson("text b", "fallback", "not understood", START + timedelta(minutes=2))


def test_of_a_chat_that_was_ended_nothing_can_be_learned(migrated: Engine) -> None:
    store = ConversationStore(migrated)
    told(store, "a", "fallback")
    told(store, "a", "fallback", conversation="other")
    store.end("c")

    assert len(lessons(migrated)) == 1
