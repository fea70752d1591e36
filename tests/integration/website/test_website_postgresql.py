"""The website channel on PostgreSQL: a database that dies or is locked costs an apology, and no turn silently."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot import database as databases
from bot.channels.apology import apology, sorry
from bot.database import engine, writing
from cluster.postgresql import Cluster
from tests.integration.website.conftest import CLINIC, Start


@pytest.fixture
def database(migrated_postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The channel's database, whose statements have little time."""
    monkeypatch.setattr(databases, "STATEMENT_SECONDS", 2)
    return engine(migrated_postgresql_url)


async def test_a_conversation_goes_on_once_the_database_is_back(start: Start, cluster: Cluster) -> None:
    async with start() as running:
        me = await running.session()
        first = await running.send(me, "m1", text="which first?")
        cluster.stop("immediate")
        away = await running.send(me, "m2", text="and why?")
        cluster.start()
        again = await running.send(me, "m2", text="and why?")
        listed = await running.so_far(me)
    assert first.json()["topic"] == "order"
    assert (away.status_code, away.json()) == (200, apology(CLINIC)("en"))
    assert again.json()["messages"][0]["text"] == "You said: and why?"
    asked = [line["text"] for line in listed if line["from"] == "user"]
    assert asked == ["which first?", "and why?"]


async def test_a_locked_table_is_apologised_for_and_the_next_message_is_answered(
    start: Start, database: Engine
) -> None:
    async with start() as running:
        me = await running.session()
        with writing(database) as holder:
            holder.execute(sa.text("LOCK TABLE website_turns IN ACCESS EXCLUSIVE MODE"))
            away = await running.send(me, "m1", text="which first?")
        again = await running.send(me, "m1", text="which first?")
    assert away.json() == apology(CLINIC)("en")
    assert again.json()["topic"] == "order"


async def test_a_conversation_cannot_be_read_while_the_database_is_away(start: Start, cluster: Cluster) -> None:
    async with start() as running:
        me = await running.session()
        cluster.stop("immediate")
        failed = await running.http.get("/webhooks/website/messages", headers=me)
    assert failed.status_code == 500
    assert failed.json() == {"error": sorry(CLINIC)}
    assert "call Demo Clinic at 403-555-0100" in sorry(CLINIC)
