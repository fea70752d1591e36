"""``tandem ask`` against a running server."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.channels.limits import Rate
from bot.channels.website import Limits
from tests.integration.website.conftest import ANSWER, BUTTON, Running, Start, say

PROJECT = Path(__file__).parents[3]


async def ask(*arguments: str, stdin: str | bytes = "", **settings: str) -> tuple[int, list[dict[str, Any]], str]:
    """Run the command as a script would; its exit status, its lines, and what it complained about."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", "from bot.cli.main import main; main()", "ask", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=PROJECT,
        # A proxy that is not there: the command must not look for one.
        env={
            **settings,
            "PYTHONPATH": str(PROJECT),
            "LC_ALL": "C",
            "HTTP_PROXY": "http://127.0.0.1:9",
            "ALL_PROXY": "http://127.0.0.1:9",
        },
    )
    out, err = await process.communicate(stdin.encode() if isinstance(stdin, str) else stdin)
    return process.returncode or 0, [json.loads(line) for line in out.splitlines()], err.decode()


def address(running: Running) -> str:
    return f"http://127.0.0.1:{running.port}"


def jsonl(*lines: tuple[str, str, str]) -> str:
    return "".join(json.dumps({"id": i, "conversation": c, "text": t}) + "\n" for i, c, t in lines)


async def test_plain_lines_are_answered_in_order_each_in_its_own_conversation(running: Running) -> None:
    status, lines, err = await ask("--url", address(running), stdin="which first?\n\nété ou hiver?\n")
    assert (status, err) == (0, "")
    assert [line.pop("ms") > 0 for line in lines] == [True, True]
    assert lines[0] == {
        "id": "q1",
        "conversation": "c1",
        "text": "which first?",
        "topic": "order",
        "language": "en",
        "replies": [{"text": "You said: which first?", "buttons": [BUTTON]}],
        "timing": None,
        "sources": ["order-1"],
        "handoff_offered": True,
    }
    assert (lines[1]["id"], lines[1]["text"]) == ("q2", "été ou hiver?")
    assert len({sender for sender, _ in running.bot.heard}) == 2


async def test_a_reply_tells_its_form_and_that_it_closes(running: Running) -> None:
    async def with_form(message: object) -> None:
        await say(message, text="When?", form={"id": "dates", "fields": [1]}, answer=ANSWER)
        await say(message, text="Talk to a professional.", buttons=[BUTTON], closing=True)

    running.bot.replies["dates"] = with_form
    _, lines, _ = await ask("--url", address(running), stdin="dates\n")
    assert lines[0]["replies"] == [
        {"text": "When?", "buttons": [], "form": {"id": "dates", "fields": [1]}},
        {"text": "Talk to a professional.", "buttons": [BUTTON], "closing": True},
    ]


async def test_a_line_may_press_a_button_or_send_a_form(running: Running) -> None:
    form = {"botox_date": "2026-11-12", "microneedling_date": None}
    turns = [{"text": "which first?"}, {"payload": "/why_timing"}, {"form": form}]
    asked = [{"id": f"x{n}", "conversation": "c", **turn} for n, turn in enumerate(turns)]
    _, lines, err = await ask(
        "--jsonl", "--url", address(running), stdin="".join(json.dumps(line) + "\n" for line in asked)
    )
    assert err == ""
    assert [text for _, text in running.bot.heard] == [
        "which first?",
        "/why_timing",
        '/date_check{"day": "2026-11-12 -"}',
    ]
    assert [{k: line[k] for k in ("text", "payload", "form") if k in line} for line in lines] == [
        {"text": "which first?"},
        {"text": None, "payload": "/why_timing"},
        {"text": None, "form": form},
    ]


async def test_it_asks_the_bot_at_the_port_of_the_settings(running: Running) -> None:
    status, lines, _ = await ask(stdin="hi\n", TANDEM_PORT=str(running.port))
    assert (status, len(lines)) == (0, 1)
    assert (await ask(stdin="hi\n", TANDEM_PORT="no"))[2] == (
        "TANDEM_PORT should be a number from 1 to 65535, not 'no'.\n"
    )


async def test_turns_of_one_conversation_stay_together_whatever_stands_between(running: Running) -> None:
    asked = [(f"x{n}", f"talk {n % 5}", f"text {n}") for n in range(15)]
    status, lines, _ = await ask("--jsonl", "--url", address(running), stdin=jsonl(*asked))
    assert status == 0
    assert [(line["id"], line["conversation"], line["text"]) for line in lines] == asked
    by_sender: dict[str, list[str]] = {}
    for sender, text in running.bot.heard:
        by_sender.setdefault(sender, []).append(text)
    assert sorted(by_sender.values()) == sorted([f"text {n}" for n in range(t, 15, 5)] for t in range(5))


async def test_a_slow_first_conversation_does_not_mix_up_the_order(running: Running) -> None:
    async def slow(message: object) -> None:
        await asyncio.sleep(0.2)
        await say(message, text="late", answer=ANSWER)

    running.bot.replies["slow"] = slow
    status, lines, _ = await ask("--url", address(running), stdin="slow\nfast\n")
    assert status == 0
    assert [line["replies"][0]["text"] for line in lines] == ["late", "You said: fast"]


async def test_it_waits_as_long_as_it_is_told_and_asks_again(start: Start) -> None:
    quarters = count(0, 0.25)  # so that every second request comes too early, however fast the machine is
    limits = Limits(per_conversation=Rate(burst=1, per_second=2), clock=lambda: next(quarters))
    async with start(limits) as running:
        asked = [(f"x{n}", "one", f"text {n}") for n in range(3)]
        begun = time.monotonic()
        status, lines, _ = await ask("--jsonl", "--url", address(running), stdin=jsonl(*asked))
        taken = time.monotonic() - begun
        assert status == 0
        assert [text for _, text in running.bot.heard] == ["text 0", "text 1", "text 2"]
        # It waited a whole second twice, and counted neither as the bot's.
        assert sum(line["ms"] for line in lines) / 1000 <= taken - 2


async def test_without_a_bot_it_says_so_and_how_to_start_one() -> None:
    status, lines, err = await ask("--url", "http://127.0.0.1:9", stdin="hi\nho\n")
    assert (status, lines) == (2, [])
    assert err == "No bot is running at http://127.0.0.1:9; start it with: make run\n"


@pytest.mark.parametrize("url", ["nonsense", "ftp://127.0.0.1", "http://", "http://127.0.0.1:port"])
async def test_an_address_that_is_none_is_refused(url: str) -> None:
    status, _, err = await ask("--url", url, stdin="hi\n")
    assert (status, err) == (2, f"--url should be an address like http://127.0.0.1:8000, not {url!r}.\n")


async def test_another_server_is_not_taken_for_the_bot() -> None:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        writer.close()

    async with await asyncio.start_server(reply, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        status, _, err = await ask("--url", f"http://127.0.0.1:{port}", stdin="hi\n")
    assert (status, err) == (2, f"What answers at 127.0.0.1:{port} is not the bot.\n")


async def test_at_a_bad_line_nothing_is_asked(running: Running) -> None:
    bad = "good\n" + "x" * 1001 + "\n"
    status, lines, err = await ask("--url", address(running), stdin=bad)
    assert (status, lines, running.bot.heard) == (2, [], [])
    assert err == "Line 2: The message is too long: at most 1,000 characters. Nothing was asked.\n"


async def test_no_questions_are_no_answers() -> None:
    assert await ask(stdin="") == (0, [], "")
