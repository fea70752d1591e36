"""What becomes of a text that is handed to Twilio's API, when that answers in every way that it can."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.sms.outbox import Letter
from bot.channels.sms.sending import InDoubt, NotSent, Outcome, Refused, Sent, TwilioSender
from bot.settings import SmsSettings
from scripts.free_port import free_port
from tests.e2e.phones import ACCOUNT, CLINIC_NUMBER, DROP, PUBLIC, TOKEN, Api, twilio
from tests.waiting import hang

NUMBER, BODY = "+14035550110", "An answer."
LETTER = Letter(1, "d1", "a-sender", NUMBER, BODY, 1)


@pytest.fixture
def api() -> Iterator[Api]:
    with twilio() as started:
        yield started


async def sent(port: int, seconds: float = 5.0, token: str = TOKEN) -> Outcome:
    sender = TwilioSender(SmsSettings(ACCOUNT, token, CLINIC_NUMBER, PUBLIC, f"http://127.0.0.1:{port}"), seconds)
    try:
        return await sender.send(LETTER)
    finally:
        await sender.close()


async def test_a_text_is_handed_over_whole_with_where_to_tell_its_status(api: Api) -> None:
    api.answers.append((201, {"sid": "SM77"}))

    assert await sent(api.port) == Sent("SM77")
    assert api.problems == []
    assert api.got == [
        {
            "To": NUMBER,
            "From": CLINIC_NUMBER,
            "Body": BODY,
            "StatusCallback": f"{PUBLIC}/webhooks/sms/status?delivery=d1",
        }
    ]


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (429, {"code": 20429}, NotSent("20429")),
        (429, b"<html>", NotSent("http_429")),
        (503, b"", NotSent("http_503")),
        (400, {"code": 21610, "message": f"{NUMBER} has opted out"}, Refused("21610")),
        (400, {"code": 21211}, Refused("21211")),
        (401, {"code": 20003}, Refused("20003")),
        (404, b"<html>", Refused("http_404")),
        (302, b"", Refused("http_302")),
        (500, {"code": 20500}, InDoubt("20500")),
        (502, b"<html>", InDoubt("http_502")),
        (504, b"", InDoubt("http_504")),
        (201, b"<html>", InDoubt("unreadable_answer")),
        (201, b"{", InDoubt("unreadable_answer")),
        (201, {}, InDoubt("unreadable_answer")),
        (DROP, None, InDoubt("connection_lost")),
    ],
)
async def test_each_answer_says_whether_the_text_may_have_gone_out(
    api: Api, status: int, body: Any, outcome: Outcome
) -> None:
    api.answers.append((status, body))

    assert await sent(api.port) == outcome
    assert api.answers == [], "it was tried once, and no more"


async def test_an_answer_that_takes_too_long_leaves_a_doubt() -> None:
    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await hang()

    async with await asyncio.start_server(never, "127.0.0.1", 0) as server:
        assert await sent(server.sockets[0].getsockname()[1], seconds=30) == InDoubt("timeout")


async def test_what_reached_nobody_did_not_go_out() -> None:
    assert await sent(free_port()) == NotSent("no_connection")


async def test_no_log_holds_the_number_or_the_text(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api.answers.append((400, {"code": 21610, "message": f"{NUMBER} has opted out"}))
    await sent(api.port)
    await sent(api.port)

    assert [word for word in (NUMBER, NUMBER[1:], BODY, TOKEN) if word in caplog.text] == []
