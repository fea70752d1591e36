"""What the website channel refuses, and that it says so in one sentence."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

import httpx
import jwt
import pytest

from bot.channels.apology import sorry
from bot.channels.headers import API_POLICY
from bot.channels.limits import Rate
from bot.channels.tokens import SessionTokens
from bot.channels.website import Limits
from bot.handoff.keys import derive_key
from tests.integration.website.conftest import CLINIC, SECRET, Running, Start, raw_request, say

SESSION = "/webhooks/website/session"
MESSAGES = "/webhooks/website/messages"
ENDED = {"error": "This conversation has ended or is not yours; start a new one."}


def stopped() -> float:
    """A clock by which no limit is ever lifted again."""
    return 0.0


async def post(running: Running, body: bytes, headers: dict[str, str]) -> httpx.Response:
    return await running.http.post(MESSAGES, content=body, headers=headers)


FORM_FIELDS = (
    "A form has fields of name, phone, email, time and note, or of botox_date and microneedling_date; "
    "there is no other."
)
NO_DAY = 'The field "botox_date" must be a day of the calendar, such as 2026-11-12, or null.'


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The body is not valid JSON in UTF-8."),
        (b"{", "The body is not valid JSON in UTF-8."),
        (b"\xff\xfe", "The body is not valid JSON in UTF-8."),
        (b"[" * 9000, "The body is not valid JSON in UTF-8."),
        (b"[1]", "The body must be a JSON object."),
        (b"null", "The body must be a JSON object."),
        (b'{"text": "hi"}', '"id" must be a string of 1 to 64 characters.'),
        (b'{"id": 1, "text": "hi"}', '"id" must be a string of 1 to 64 characters.'),
        (b'{"id": "m"}', 'Send an "id" and one of "text", "payload" and "form".'),
        (b'{"id": "m", "text": "a", "payload": "/b"}', 'Send an "id" and one of "text", "payload" and "form".'),
        (b'{"id": "m", "text": ["hi"]}', '"text" must be a string.'),
        (b'{"id": "m", "text": ""}', "The message is empty."),
        (b'{"id": "m", "text": " \\u200b\\n"}', "The message is empty."),
        (b'{"id": "m", "text": "a\\u0000b"}', "The message has characters that are not text."),
        (b'{"id": "m", "text": "a\\ud800b"}', "The message has characters that are not text."),
        (
            json.dumps({"id": "m", "text": "a" * 1001}).encode(),
            "The message is too long: at most 1,000 characters.",
        ),
        (
            json.dumps({"id": "m", "text": "a" * 5000}).encode(),
            "The message is too long: at most 1,000 characters.",
        ),
        (b'{"id": "m", "payload": "/order"}', "That button is not on offer; please type your question."),
        (b'{"id": "m", "form": {}}', '"form" must be an object of fields and their values.'),
        (b'{"id": "m", "form": "Sam"}', '"form" must be an object of fields and their values.'),
        (b'{"id": "m", "form": {"age": "40"}}', FORM_FIELDS),
        (b'{"id": "m", "form": {"name": "Sam", "consent": true}}', FORM_FIELDS),
        (b'{"id": "m", "form": {"name": "Sam", "botox_date": "2026-11-12"}}', FORM_FIELDS),
        (b'{"id": "m", "form": {"laser_date": "2026-11-12"}}', FORM_FIELDS),
        (b'{"id": "m", "form": {"botox_date": "2026-02-30", "microneedling_date": null}}', NO_DAY),
        (b'{"id": "m", "form": {"botox_date": "12 November 2026"}}', NO_DAY),
        (b'{"id": "m", "form": {"botox_date": "20261112"}}', NO_DAY),
        (b'{"id": "m", "form": {"botox_date": 20261112}}', NO_DAY),
        (b'{"id": "m", "form": {"botox_date": "9999-12-31"}}', NO_DAY),
        (b'{"id": "m", "form": {"name": ["Sam"]}}', 'The field "name" must be a string.'),
        (b'{"id": "m", "form": {"note": "a\\u0000b"}}', 'The field "note" has characters that are not text.'),
        (
            json.dumps({"id": "m", "form": {"note": "a" * 1001}}).encode(),
            'The field "note" is too long: at most 1,000 characters.',
        ),
        (b'{"id": "m", "text": "a", "form": {"name": "Sam"}}', 'Send an "id" and one of "text", "payload" and "form".'),
    ],
)
async def test_a_bad_message_is_refused_with_a_reason(running: Running, body: bytes, sentence: str) -> None:
    refused = await post(running, body, await running.session())
    assert (refused.status_code, refused.json()) == (400, {"error": sentence})
    assert running.bot.heard == []


async def test_a_message_of_exactly_the_longest_length_is_taken(running: Running) -> None:
    assert (await running.send(await running.session(), text="é" * 1000)).status_code == 200


@pytest.mark.parametrize("path", [SESSION, MESSAGES])
async def test_a_body_over_the_limit_is_refused(running: Running, path: str) -> None:
    refused = await running.http.post(path, content=b"x" * 16385, headers=await running.session())
    assert (refused.status_code, refused.json()) == (413, {"error": "The request is too large."})


async def test_a_client_that_sends_much_too_much_still_reads_the_answer(running: Running) -> None:
    me = await running.session()
    refused = await running.http.post(MESSAGES, content=b"x" * 4_000_000, headers=me)
    assert (refused.status_code, refused.json()) == (413, {"error": "The request is too large."})
    assert (await running.send(me, text="and now a short one")).status_code == 200


async def test_an_oversized_head_is_refused(running: Running) -> None:
    answer = await raw_request(running.port, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 20_000 + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")


async def test_a_body_at_the_limit_is_read(running: Running) -> None:
    body = b'{"id": "m", "text": "hi"}'.ljust(16384)
    assert (await post(running, body, await running.session())).status_code == 200


async def test_a_chunked_body_is_counted_while_it_arrives(running: Running) -> None:
    head = f"POST {MESSAGES} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    # The client never ends its body, and announces more than it sends.
    answer = await raw_request(running.port, head + b"ffff\r\n" + b"x" * 2000)
    assert answer.startswith(b"HTTP/1.1 413 ")
    small_chunks = b"".join(b"400\r\n" + b"x" * 1024 + b"\r\n" for _ in range(17))
    assert (await raw_request(running.port, head + small_chunks)).startswith(b"HTTP/1.1 413 ")


async def test_an_announced_giant_is_refused_before_it_is_sent(running: Running) -> None:
    head = f"POST {MESSAGES} HTTP/1.1\r\nHost: x\r\nContent-Length: 94371840\r\n\r\n".encode()
    assert (await raw_request(running.port, head)).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "framing",
    [
        "Content-Length: -5",
        "Content-Length: +5",
        "Content-Length: abc",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Broken",
    ],
)
async def test_a_body_without_a_clear_end_is_refused(running: Running, framing: str) -> None:
    answer = await raw_request(running.port, f"POST {MESSAGES} HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.endswith(b'{"error":"The request could not be understood."}')


def forged(**changed: Any) -> str:
    now = int(time.time())
    claims = {"sub": "0" * 32, "aud": "tandem-website", "iat": now, "exp": now + 60}
    key = changed.pop("key", derive_key(SECRET, "website session tokens"))
    algorithm = changed.pop("algorithm", "HS256")
    return jwt.encode({k: v for k, v in {**claims, **changed}.items() if v is not None}, key, algorithm)


def test_a_token_forged_with_the_right_key_would_be_taken() -> None:
    """Else the table below would prove nothing."""
    assert SessionTokens(SECRET).read(forged()) == "0" * 32


FORGED = (
    None,
    "",
    "Bearer",
    "Bearer nonsense",
    "Bearer a.b.c",
    f"Basic {forged()}",
    forged(),
    "Bearer " + forged(key=b"x" * 32),
    "Bearer " + forged(key=SECRET.encode().ljust(32)),
    "Bearer " + forged(key=None, algorithm="none"),
    "Bearer " + forged(key=b"x" * 64, algorithm="HS512"),
    "Bearer " + forged(key=b"x" * 48, algorithm="HS384"),
    "Bearer " + forged(exp=int(time.time()) - 1),
    "Bearer " + forged(exp=None),
    "Bearer " + forged(aud="another"),
    "Bearer " + forged(aud=None),
    "Bearer " + forged(sub=None),
    "Bearer " + forged(sub="default"),
    "Bearer " + forged(iat=None),
    "Bearer " + forged()[:-2],
    "Bearer " + forged() + "x" * 2000,
)


# Numbered, for a token holds its moment, and tests are known by their names.
@pytest.mark.parametrize("authorization", FORGED, ids=range(len(FORGED)))
async def test_no_conversation_without_its_own_valid_token(running: Running, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answers = [
        await running.send(headers, text="hi"),
        await running.http.get(MESSAGES, headers=headers),
        await running.http.delete(SESSION, headers=headers),
    ]
    assert [(a.status_code, a.json()) for a in answers] == [(401, ENDED)] * 3
    assert running.bot.heard == []


async def test_a_token_altered_in_any_character_is_refused(running: Running) -> None:
    bearer = (await running.session())["Authorization"]
    for place in range(len("Bearer "), len(bearer) - 1, 7):
        other = "A" if bearer[place] != "A" else "B"
        altered = {"Authorization": bearer[:place] + other + bearer[place + 1 :]}
        assert (await running.http.get(MESSAGES, headers=altered)).status_code == 401, place


async def test_a_sender_named_in_the_body_or_query_is_ignored(running: Running) -> None:
    me, other = await running.session(), await running.session()
    await running.send(other, text="theirs")
    victim = running.bot.heard[0][0]
    body = {"id": "m1", "text": "mine", "sender": victim, "sender_id": victim, "metadata": {"x": 1}}
    await running.http.post(MESSAGES, params={"sender": victim}, json=body, headers=me)
    assert running.bot.heard[1][0] != victim
    assert [line["text"] for line in await running.so_far(me)] == ["mine", "You said: mine"]


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1", "https://clinic.example.evil.example", "HTTPS://clinic.example",
     "https://clinic.example/", "http://clinic.example", "https://clinic.example:444"],
)  # fmt: skip
async def test_a_foreign_origin_is_refused_everywhere(start: Start, origin: str) -> None:
    async with start(TANDEM_ALLOWED_ORIGINS="https://clinic.example") as running:
        headers = {**await running.session(), "Origin": origin}
        answers = [
            await running.http.post(SESSION, headers=headers),
            await running.send(headers, text="hi"),
            await running.http.get(MESSAGES, headers=headers),
            await running.http.delete(SESSION, headers=headers),
            await running.http.options(MESSAGES, headers={**headers, "Access-Control-Request-Method": "POST"}),
        ]
        assert [a.status_code for a in answers] == [403] * 5
        assert answers[0].json() == {"error": "This site may not use the chat."}
        assert not any(name.startswith("access-control") for a in answers for name in a.headers)
        assert running.bot.heard == []


async def test_an_allowed_origin_may_call_and_read(start: Start) -> None:
    async with start(TANDEM_ALLOWED_ORIGINS="https://clinic.example") as running:
        for origin in (
            "https://clinic.example",
            f"http://127.0.0.1:{running.port}",
            f"http://localhost:{running.port}",
        ):
            headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            preflight = await running.http.options(MESSAGES, headers=headers)
            assert (preflight.status_code, preflight.content) == (204, b"")
            assert preflight.headers["access-control-allow-methods"] == "GET, POST, DELETE"
            assert preflight.headers["access-control-allow-headers"] == "Authorization, Content-Type"
            answers = [
                preflight,
                await running.http.post(SESSION, headers=headers),
                await running.send(headers, text="a"),
            ]
            assert [a.status_code for a in answers] == [204, 201, 401]
            for answer in answers:
                assert answer.headers.get_list("access-control-allow-origin") == [origin]
                assert answer.headers["vary"] == "Origin"
                assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/webhooks/website/", 404),
        ("GET", "/webhooks/rest/webhook", 404),
        ("POST", "/conversations/x/messages", 404),
        ("GET", "/nothing", 404),
        ("PUT", MESSAGES, 405),
        ("GET", SESSION, 405),
    ],
)
async def test_what_is_not_there_is_said_in_json(running: Running, method: str, path: str, status: int) -> None:
    answer = await running.http.request(method, path)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert answer.headers["content-security-policy"] == API_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", SESSION, MESSAGES, "/embed.js", "/nothing"])
async def test_every_answer_carries_the_security_headers(running: Running, path: str) -> None:
    headers = (await running.http.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors" in headers["content-security-policy"]
    assert "server" not in headers


async def test_a_flood_in_one_conversation_is_slowed_down_and_nobody_else(start: Start) -> None:
    async with start(Limits(per_conversation=Rate(burst=3, per_second=0.5), clock=stopped)) as running:
        me, other = await running.session(), await running.session()
        flood = [await running.send(me, f"m{n}", text="hi") for n in range(5)]
        assert [a.status_code for a in flood] == [200, 200, 200, 429, 429]
        assert flood[-1].headers["retry-after"] == "2"
        assert flood[-1].json() == {"error": "Too many messages at once; please wait a moment."}
        assert (await running.send(other, text="hi")).status_code == 200


async def test_a_client_behind_a_trusted_proxy_is_limited_by_its_own_address(start: Start) -> None:
    limits = Limits(per_address=Rate(burst=2, per_second=0.1), clock=stopped)
    async with start(limits, TANDEM_TRUSTED_PROXIES="127.0.0.1") as running:
        flooding = {"X-Forwarded-For": "9.9.9.9, 203.0.113.7"}
        statuses = [(await running.http.post(SESSION, headers=flooding)).status_code for _ in range(3)]
        assert statuses == [201, 201, 429]
        for other in ("203.0.113.8", "203.0.113.7, 203.0.113.9"):
            assert (await running.http.post(SESSION, headers={"X-Forwarded-For": other})).status_code == 201
        assert (await running.http.post(SESSION)).status_code == 201


async def test_new_sessions_have_a_limit_of_their_own(start: Start) -> None:
    limits = Limits(sessions_per_address=Rate(burst=1, per_second=0.1), clock=stopped)
    async with start(limits, TANDEM_TRUSTED_PROXIES="127.0.0.1") as running:
        client = {"X-Forwarded-For": "203.0.113.7"}
        answers = [await running.http.post(SESSION, headers=client) for _ in range(2)]
        assert [a.status_code for a in answers] == [201, 429]
        assert answers[1].headers["retry-after"] == "10"


async def test_nobody_is_believed_without_a_trusted_proxy(start: Start) -> None:
    async with start(Limits(per_address=Rate(burst=1, per_second=0.1), clock=stopped)) as running:
        claimed = {"X-Forwarded-For": "203.0.113.7"}
        statuses = [(await running.http.post(SESSION, headers=claimed)).status_code for _ in range(3)]
        assert statuses == [201, 201, 201]  # a direct loopback peer


async def test_too_many_waiting_in_one_conversation_are_sent_away(start: Start) -> None:
    proceed = asyncio.Event()

    async def waits(message: object) -> None:
        await proceed.wait()
        await say(message, text="done")

    async with start(Limits(per_conversation=Rate(burst=50, per_second=1))) as running:
        running.bot.replies["hi"] = waits
        me = await running.session()
        asked = [asyncio.create_task(running.send(me, f"m{n}", text="hi")) for n in range(25)]
        await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        proceed.set()
        statuses = sorted(a.status_code for a in await asyncio.gather(*asked))
        assert statuses == [200] * 20 + [429] * 5


async def test_nothing_that_was_typed_is_logged(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    async def fails(message: Any) -> None:
        raise ValueError(message.text)

    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "httpx")  # the test's own client
    me = await running.session()
    for number, text in enumerate(["xyzzy 1", "/xyzzy", "xyzzy\u0000", "call 403-555-0123 xyzzy"]):
        running.bot.replies[text] = fails
        await running.send(me, f"m{number}", text=text)
    await post(running, b'{"xyzzy": ', me)
    await running.http.get("/xyzzy", params={"xyzzy": "xyzzy"})
    assert "xyzzy" not in caplog.text
    assert "555" not in caplog.text
    assert "A turn failed: ValueError at " in caplog.text


async def test_an_error_of_our_own_is_one_sentence(running: Running, database: Any) -> None:
    me = await running.session()
    with database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE website_turns")
    failed = await running.http.get(MESSAGES, headers=me)
    assert failed.status_code == 500
    assert failed.json() == {"error": sorry(CLINIC)}
