"""How long people wait who write while old conversations are deleted."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.conversations import ConversationStore
from bot.channels.tables import conversations, turns
from bot.clock import utc_now
from bot.database import engine, writing
from bot.handoff.retention import purge
from bot.migrations import upgrade
from bot.server.conversations.store import EVENTS, HonestTrackerStore
from bot.server.footprint import shrink
from tests.faults.cluster_trials import Counts

LONGEST = 0.5
"""Seconds that a write may wait."""
AT_ONCE = 2_000
EVENTS_OF_EACH = 12


def run(url: str, count: int) -> Counts:
    """Purge conversations whose time is over while others are written."""
    bound = engine(url)
    upgrade(bound)
    HonestTrackerStore(bound=bound)
    _fill(bound, count)
    with writing(bound) as connection:
        connection.execute(sa.text("ANALYZE"))  # as PostgreSQL does by itself
    shrink()  # as a bot does before it serves: or each collection looks through all of Rasa, and everybody waits
    waits: list[float] = []
    ended = threading.Event()
    writer = threading.Thread(target=_write, args=(ConversationStore(bound), waits, ended))
    writer.start()
    start = time.monotonic()
    done = purge(bound, utc_now())
    took = time.monotonic() - start
    ended.set()
    writer.join()
    bound.dispose()
    told = {"conversations": count, "took": f"{took:.0f} s", "writes": len(waits), "longest": f"{max(waits):.2f} s"}
    wrong = {
        "writes over 0.5 s": sum(wait > LONGEST for wait in waits),
        "left over": count - (done.conversations if done else 0),
    }
    return Counts(f"purge on {bound.dialect.name}", told, wrong)


def _write(store: ConversationStore, waits: list[float], ended: threading.Event) -> None:
    while not ended.is_set():
        start = time.monotonic()
        store.ask(secrets.token_hex(16), "m1")
        waits.append(time.monotonic() - start)
        time.sleep(0.01)


_ON_A_SERVER = (
    "SET LOCAL statement_timeout = 0",
    "INSERT INTO website_conversations (id, started_at) SELECT md5(n::text), :old FROM generate_series(1, :count) n",
    "INSERT INTO website_turns (conversation_id, client_id, text, asked_at, answer, answered_at) SELECT md5(n::text),"
    " 'm' || k, 'which goes first?', :old, '{\"messages\"\\: []}' || repeat(' ', 1500), :old"
    " FROM generate_series(1, :count) n, generate_series(1, 3) k",
    "INSERT INTO events (sender_id, type_name, timestamp, data) SELECT md5(n::text), 'bot', :seconds + k,"
    " '{\"event\"\\: \"bot\"}' || repeat(' ', 300) FROM generate_series(1, :count) n, generate_series(1, 12) k",
)


def _fill(bound: Engine, count: int) -> None:
    old = utc_now() - timedelta(days=60)
    if bound.dialect.name == "postgresql":
        with writing(bound) as connection:
            for statement in _ON_A_SERVER:
                connection.execute(sa.text(statement), {"old": old, "seconds": old.timestamp(), "count": count})
        return
    for start in range(0, count, AT_ONCE):
        names = [secrets.token_hex(16) for _ in range(min(AT_ONCE, count - start))]
        with writing(bound) as connection:
            connection.execute(sa.insert(conversations), [{"id": name, "started_at": old} for name in names])
            connection.execute(sa.insert(turns), list(_turns(names, old)))
            connection.execute(sa.insert(EVENTS), list(_events(names, old.timestamp())))


def _turns(names: Iterable[str], old: object) -> Iterable[dict[str, object]]:
    for name in names:
        for number in range(3):
            answer = '{"messages": []}' + " " * 1500
            told = {"text": "which goes first?", "asked_at": old, "answer": answer, "answered_at": old}
            yield {"conversation_id": name, "client_id": f"m{number}", **told}


def _events(names: Iterable[str], old: float) -> Iterable[dict[str, object]]:
    for name in names:
        for number in range(EVENTS_OF_EACH):
            data = {"timestamp": old + number, "data": '{"event": "bot"}' + " " * 300}
            yield {"sender_id": name, "type_name": "bot", "intent_name": None, "action_name": None, **data}
