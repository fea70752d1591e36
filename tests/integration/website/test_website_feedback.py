"""What a visitor thinks of an answer: kept beside the turn, and gone with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.tables import turns
from bot.handoff.retention import delete_conversations
from tests.integration.website.conftest import Running

PATH = "/webhooks/website/feedback"
NO_ANSWER = "There is no answer to a message of that id."


def kept(database: Engine) -> list[tuple[str, str | None]]:
    with database.connect() as connection:
        return [(row.client_id, row.feedback) for row in connection.execute(sa.select(turns).order_by(turns.c.id))]


async def rate(running: Running, headers: dict[str, str], **body: Any) -> tuple[int, str]:
    answered = await running.http.post(PATH, json=body, headers=headers)
    return answered.status_code, answered.json()["error"] if answered.content else ""


async def test_what_is_thought_of_an_answer_is_kept_with_its_turn_the_last_word_counts(
    running: Running, database: Engine
) -> None:
    me = await running.session()
    await running.send(me, "one", text="which first?")
    await running.send(me, "two", text="why?")

    assert await rate(running, me, id="two", value="down") == (204, "")
    assert await rate(running, me, id="two", value="up") == (204, "")
    assert kept(database) == [("one", None), ("two", "up")]


async def test_only_the_chats_own_page_reads_it_again(running: Running) -> None:
    me = await running.session()
    await running.send(me, "one", text="which first?")
    await rate(running, me, id="one", value="down")
    own = (await running.http.get("/webhooks/website/messages?details=1", headers=me)).json()["messages"]

    assert [line.get("feedback") for line in own] == [None, "down"]
    assert not any("feedback" in line for line in await running.so_far(me))


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({"id": "one", "value": "maybe"}, 400, '"value" must be "up" or "down".'),
        ({"id": "one"}, 400, '"value" must be "up" or "down".'),
        ({"id": "one", "value": ["up"]}, 400, '"value" must be "up" or "down".'),
        ({"id": 1, "value": "up"}, 400, '"id" must be a string of 1 to 64 characters.'),
        ({"id": "two", "value": "up"}, 404, NO_ANSWER),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    running: Running, body: dict[str, Any], status: int, sentence: str
) -> None:
    me = await running.session()
    await running.send(me, "one", text="which first?")

    assert await rate(running, me, **body) == (status, sentence)


async def test_nobody_rates_an_answer_of_somebody_else(running: Running, database: Engine) -> None:
    await running.send(await running.session(), "one", text="which first?")

    assert await rate(running, await running.session(), id="one", value="down") == (404, NO_ANSWER)
    assert (await running.http.post(PATH, json={"id": "one", "value": "up"})).status_code == 401
    assert kept(database) == [("one", None)]


async def test_it_goes_when_the_chat_is_ended_and_with_the_conversation(running: Running, database: Engine) -> None:
    me, other = await running.session(), await running.session()
    for headers in (me, other):
        await running.send(headers, "one", text="which first?")
        await rate(running, headers, id="one", value="down")
    await running.http.delete("/webhooks/website/session", headers=me)

    assert kept(database) == [("one", None), ("one", "down")]
    assert (await rate(running, me, id="one", value="up"))[0] == 401
    with database.begin() as connection:
        ids = connection.execute(sa.select(turns.c.conversation_id)).scalars().all()
        delete_conversations(connection, ids)
    assert kept(database) == []


async def test_a_body_that_is_no_json_is_refused(running: Running) -> None:
    refused = await running.http.post(PATH, content=b"up", headers=await running.session())
    assert (refused.status_code, json.loads(refused.content)) == (
        400,
        {"error": "The body is not valid JSON in UTF-8."},
    )
