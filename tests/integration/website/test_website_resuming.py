"""The cookie by which a page without storage takes up its conversation: read by the opening of a session alone."""

from __future__ import annotations

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.tokens import SessionTokens
from tests.integration.website.conftest import SECRET, Running, Start

SESSION = "/webhooks/website/session"
MESSAGES = "/webhooks/website/messages"
SITE = "https://clinic.example"
ATTRIBUTES = ["Path=/webhooks/website/session", "HttpOnly", "Secure", "SameSite=None", "Partitioned"]


async def opened(running: Running, cookie: str | None = None, origin: str | None = SITE) -> httpx.Response:
    headers = {"Origin": origin} if origin else {}
    return await running.http.post(SESSION, headers={**headers, **({"Cookie": cookie} if cookie else {})})


def bearer(answer: httpx.Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['token']}"}


@pytest.fixture
def begin(start: Start) -> Start:
    return lambda: start(TANDEM_ALLOWED_ORIGINS=SITE)


async def test_a_page_is_given_its_token_as_a_cookie_too_until_the_browser_is_closed(begin: Start) -> None:
    async with begin() as running:
        answer = await opened(running)
        named, *attributes = answer.headers["set-cookie"].split("; ")
        assert named == f"tandem-session={answer.json()['token']}"
        assert attributes == ATTRIBUTES


async def test_with_the_cookie_the_same_conversation_goes_on(begin: Start) -> None:
    async with begin() as running:
        first = await opened(running)
        await running.send(bearer(first), text="which first?")
        again = await opened(running, f"other=1; {first.headers['set-cookie'].split('; ')[0]}")
        assert again.json()["token"] == first.json()["token"]
        assert 0 < again.json()["expires_in"] <= first.json()["expires_in"]
        assert len(await running.so_far(bearer(again))) == 2


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", "null"])
async def test_without_an_allowed_origin_the_cookie_is_neither_read_nor_given(begin: Start, origin: str | None) -> None:
    async with begin() as running:
        first = await opened(running)
        answer = await opened(running, f"tandem-session={first.json()['token']}", origin)
        assert answer.status_code == (403 if origin else 201)
        assert answer.json().get("token") != first.json()["token"]
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "cookie",
    [
        "tandem-session=",
        "tandem-session=nonsense",
        "tandem-session=" + SessionTokens("another secret").issue(),
        "tandem-session=" + SessionTokens(SECRET, clock=lambda: 1_000_000.0).issue(),
        "a/b=1; tandem-session",
        'x="; tandem-session="',
    ],
    ids=["empty", "nonsense", "another secret", "too old", "no cookie", "in quotes"],
)
async def test_a_cookie_that_is_not_ours_or_too_old_begins_a_new_conversation(begin: Start, cookie: str) -> None:
    async with begin() as running:
        answer = await opened(running, cookie)
        assert answer.status_code == 201
        assert answer.json()["token"] not in cookie
        assert await running.so_far(bearer(answer)) == []


async def test_no_other_call_reads_the_cookie(begin: Start) -> None:
    async with begin() as running:
        token = (await opened(running)).json()["token"]
        headers = {"Origin": SITE, "Cookie": f"tandem-session={token}"}
        body = {"id": "m1", "text": "hello"}
        tried = [
            await running.http.get(MESSAGES, headers=headers),
            await running.http.post(MESSAGES, headers=headers, json=body),
            await running.http.post("/webhooks/website/feedback", headers=headers, json={"id": "m1", "value": "up"}),
            await running.http.delete(SESSION, headers=headers),
        ]
        assert [answer.status_code for answer in tried] == [401, 401, 401, 401]
        assert running.bot.heard == []


async def test_ending_the_conversation_clears_the_cookie_and_what_is_kept_of_it_opens_a_new_one(begin: Start) -> None:
    async with begin() as running:
        first = await opened(running)
        ended = await running.http.delete(SESSION, headers={**bearer(first), "Origin": SITE})
        assert ended.headers["set-cookie"] == "; ".join(["tandem-session=", "Max-Age=0", *ATTRIBUTES])
        again = await opened(running, f"tandem-session={first.json()['token']}")
        assert again.json()["token"] != first.json()["token"]


async def test_while_the_store_is_away_the_conversation_goes_on(begin: Start, database: Engine) -> None:
    async with begin() as running:
        first = await opened(running)
        with database.begin() as connection:
            connection.execute(sa.text("ALTER TABLE website_conversations RENAME TO away"))
        again = await opened(running, f"tandem-session={first.json()['token']}")
        assert again.json()["token"] == first.json()["token"]
