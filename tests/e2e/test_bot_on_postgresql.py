"""The whole bot on PostgreSQL: it answers, survives the death of its database, and goes on after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from cluster.postgresql import Cluster
from tests.e2e.bots import running, spoken, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_a_conversation_outlives_the_database_and_the_bot(
    tmp_path: Path, postgresql_url: str, cluster: Cluster
) -> None:
    with running(tmp_path, TANDEM_DATABASE_URL=postgresql_url) as bot:
        talk = bot.talk()
        asked = talk.say("i had botox, is microneedling on november 28 ok?")
        cluster.stop("immediate")
        sorry = talk.say("it was november 20th")
        with bot.http() as http:
            wait_until(lambda: http.get("/health").status_code == 503)
            unwell = http.get("/health")
        cluster.start()
        told = talk.say("it was november 20th")
        bot.stop()
        bot.start()
        turned = talk.say("and the other way round?")
        log = bot.log.read_text(encoding="utf-8")

    assert asked["timing"]["verdict"] == "ask_date"
    assert "Sorry" in spoken(sorry) and "403-555-0100" in spoken(sorry) and "911" in spoken(sorry)
    assert (unwell.status_code, "conversation store" in unwell.json()["missing"]) == (503, True)
    assert (told["timing"]["days"], told["timing"]["earliest"]) == (8, "2026-12-04")
    assert turned["timing"]["first"] == "microneedling"
    assert not (tmp_path / "tandem.db").exists()
    assert "Traceback" not in log and "november" not in log
