"""From version 0.1.0 to this one and back, on what that version left: conversations, safety and requests go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.channels.tokens import SessionTokens
from bot.settings import PROJECT_ROOT
from scripts.free_port import free_port
from tests.e2e.bots import SECRET, Bot, Talk, spoken

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
BEFORE = PROJECT_ROOT / "tests" / "data" / "tandem-0.1.0.sql"
ON_DATES, ALARMED = "c2ef8becc26bd665143088a99caafbae", "f19b27e7abbaa305a786c8ccd1049ee5"
REVISION = "0005"
LONG = {"TANDEM_RETENTION_DAYS": "3650", "TANDEM_REQUEST_RETENTION_DAYS": "3650"}
"""So that the test means the same in years."""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot of this version in the place of one of 0.1.0, its database copied before the first start."""
    folder = tmp_path_factory.mktemp("upgraded")
    with closing(sqlite3.connect(folder / "tandem.db")) as connection:
        connection.executescript(BEFORE.read_text(encoding="utf-8"))
        connection.execute("UPDATE contact_vault SET expires_at = '2099-01-01 00:00:00'")
        connection.commit()
    upgraded = Bot(folder, free_port(), LONG)
    assert upgraded.tandem("backup", str(folder / "copies")).returncode == 0
    upgraded.start()
    yield upgraded
    if upgraded.process and upgraded.process.poll() is None:
        upgraded.stop()


def going_on(bot: Bot, conversation: str) -> Talk:
    return bot.talk(SessionTokens(SECRET).sign(conversation))


def kept(database: Path) -> dict[str, list[Any]]:
    """Every row of every operational table."""
    with closing(sqlite3.connect(database)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'knowledge%'")
        tables = sorted(name for (name,) in named if not name.startswith("sqlite_"))
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}


def test_a_conversation_shows_what_was_said_before_the_upgrade_and_goes_on(bot: Bot) -> None:
    talk = going_on(bot, ON_DATES)
    so_far = talk.http.get("/webhooks/website/messages", headers=talk.headers).json()["messages"]
    talk.said = ["0", "1"]

    assert [message["text"] for message in so_far if message["from"] == "user"] == [
        "i had botox on november 10, is microneedling on november 28 ok?",
        "why",
    ]
    assert talk.say("botox or microneedling first?")["topic"] == "order"


def test_whoever_told_of_a_red_flag_stays_safe(bot: Bot) -> None:
    talk = going_on(bot, ALARMED)
    talk.said = ["0"]
    answer = talk.say("how long after botox can i microneedle")

    assert answer["topic"] == "emergency"
    assert "week" not in spoken(answer)


def test_a_request_can_still_be_opened(bot: Bot) -> None:
    shown = bot.tandem("handoffs", "show", reference(bot.folder / "tandem.db"), "--json")

    assert "+14035550124" in shown.stdout, shown.stderr


def reference(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT reference FROM handoff_requests").fetchone()[0])


def test_a_running_bot_s_database_is_not_replaced(bot: Bot) -> None:
    (copy,) = (bot.folder / "copies").iterdir()
    refused = bot.tandem("restore", str(copy), "--yes")

    assert (refused.returncode, refused.stderr) == (
        1,
        f"A bot runs at port {bot.port}; stop it first, and every other one on this database.\n",
    )


def test_the_way_back_leaves_exactly_what_0_1_0_had(bot: Bot, tmp_path: Path) -> None:
    (copy,) = (bot.folder / "copies").iterdir()
    bot.stop()
    unsure = bot.tandem("restore", str(copy), given="n\n")
    restored = bot.tandem("restore", str(copy), "--yes")

    assert unsure.returncode == 1
    assert (restored.returncode, restored.stdout) == (
        0,
        f"{copy.name} is back; its tables are of revision {REVISION}.\n",
    )
    assert kept(bot.folder / "tandem.db") == kept(copy)
    assert kept(copy)["alembic_version"] == [(REVISION,)]
    assert len(kept(copy)["website_turns"]) == 9
