"""Users who chat on the website while something else goes on: shared by what measures how long they wait then."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp

from bench import processes
from bench.environment import BenchError
from bench.measure import LONGEST_ANSWER, START_SECONDS
from bench.questions import varied_questions
from bench.report import percentile

USERS = 20
SECONDS = 30.0
THINKING_SECONDS = (1.0, 3.0)
TARGET_MS = 500
"""The longest that 99 of 100 turns may take, whatever else goes on."""


def behind_a_proxy(program: processes.Program) -> processes.Program:
    """Have a server believe a proxy, so that every user has an address of their own."""
    return replace(program, environment={**program.environment, "TANDEM_TRUSTED_PROXIES": "127.0.0.1"})


async def ready(address: str, servers: Any) -> None:
    """Wait until the bot serves.

    Raises:
        BenchError: It does not.
    """
    patience = time.perf_counter() + START_SECONDS
    async with aiohttp.ClientSession() as http:
        while time.perf_counter() < patience:
            processes.require_alive(servers)
            try:
                async with http.get(f"{address}/health") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise BenchError("The bot did not start; .bench/tandem-server.log has more.")


async def chatting(address: str, seconds: float) -> list[float]:
    """Return every turn's milliseconds."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=LONGEST_ANSWER) as http:
        talks = [_talk(http, address, f"198.51.100.{user + 1}", user, seconds) for user in range(USERS)]
        return [turn for talk in await asyncio.gather(*talks) for turn in talk]


async def _talk(http: aiohttp.ClientSession, address: str, origin: str, user: int, seconds: float) -> list[float]:
    chance, texts, spent = random.Random(user), varied_questions(100), []
    at = {"X-Forwarded-For": origin}
    async with http.post(f"{address}/webhooks/website/session", headers=at) as response:
        at["Authorization"] = f"Bearer {(await response.json())['token']}"
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        await asyncio.sleep(chance.uniform(*THINKING_SECONDS))
        spent.append(await _turn(http, address, at, chance.choice(texts)))
    return spent


async def _turn(http: aiohttp.ClientSession, address: str, headers: Mapping[str, str], text: str) -> float:
    start = time.perf_counter()
    body = {"id": uuid.uuid4().hex, "text": text}
    async with http.post(f"{address}/webhooks/website/messages", json=body, headers=headers) as answer:
        said = await answer.json()
    if answer.status != 200 or not said["messages"]:
        raise BenchError(f"A user was answered {answer.status} instead of being helped.")
    return (time.perf_counter() - start) * 1000


def waited(milliseconds: list[float]) -> dict[str, float]:
    """Return how many turns there were, and how long they took."""
    return {
        "turns": len(milliseconds),
        "p50_ms": round(percentile(milliseconds, 0.5), 1),
        "p99_ms": round(percentile(milliseconds, 0.99), 1),
    }
