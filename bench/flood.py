"""Measures what a flood does to the people who chat meanwhile: ``python -m bench.flood [SECONDS]``.

Twenty users talk, each reading an answer for a second or three before the next question, each from an address of
their own behind a proxy. From one other address a flood comes over many connections, as fast as it is answered:
bodies at the limit and over it, sessions, forged tokens. Prints how long the users waited with and without the
flood, and what the flood was told; writes ``results/flood.json``.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import sys
import time
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp

from bench import processes, systems
from bench.environment import ROOT, BenchError
from bench.measure import LONGEST_ANSWER, START_SECONDS
from bench.questions import varied_questions
from bench.report import percentile

RESULTS = ROOT / "results" / "flood.json"
USERS = 20
SECONDS = 30.0
THINKING_SECONDS = (1.0, 3.0)
CONNECTIONS = 16
LARGEST_BODY = 16 * 1024
LONGEST_TEXT = 1000
ATTACKER = "203.0.113.66"
TARGET_MS = 500


def main() -> int:
    """Measure twice, without and with the flood; 1 means that somebody waited too long or the flood got through."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    systems.fresh_data()
    processes.run(systems.knowledge())
    port = processes.free_port()
    servers = [_behind_a_proxy(program) for program in systems.tandem().servers(port)]
    with processes.running(servers) as running:
        address = f"http://127.0.0.1:{port}"
        asyncio.run(_ready(address, running))
        quiet = asyncio.run(_users(address, seconds))
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            told = pool.apply_async(_flood, (address, seconds))
            flooded = asyncio.run(_users(address, seconds))
            answers = told.get()
    return _report(quiet, flooded, answers)


def _behind_a_proxy(program: processes.Program) -> processes.Program:
    return replace(program, environment={**program.environment, "TANDEM_TRUSTED_PROXIES": "127.0.0.1"})


async def _ready(address: str, servers: Any) -> None:
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


# The users.
async def _users(address: str, seconds: float) -> list[float]:
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


# The flood.
def _flood(address: str, seconds: float) -> dict[str, int]:
    return asyncio.run(_flooded(address, seconds))


async def _flooded(address: str, seconds: float) -> dict[str, int]:
    """Return how often the flood was given each status."""
    told: Counter[str] = Counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=LONGEST_ANSWER) as http:
        end = time.perf_counter() + seconds
        await asyncio.gather(*(_attack(http, address, number, end, told) for number in range(CONNECTIONS)))
    return dict(told)


async def _attack(http: aiohttp.ClientSession, address: str, number: int, end: float, told: Counter[str]) -> None:
    headers = {"X-Forwarded-For": ATTACKER, "Content-Type": "application/json"}
    bodies = _bodies()
    while time.perf_counter() < end:
        for path, body in bodies[number % len(bodies) :] + bodies[: number % len(bodies)]:
            try:
                async with http.post(f"{address}/webhooks/website/{path}", data=body, headers=headers) as answer:
                    told[str(answer.status)] += 1
                    if answer.status == 201:
                        headers["Authorization"] = f"Bearer {(await answer.json())['token']}"
            except aiohttp.ClientError:
                told["cut off"] += 1


def _bodies() -> list[tuple[str, bytes]]:
    message = {"id": "x", "text": "botox " * (LONGEST_TEXT // 6)}
    full = json.dumps({**message, "more": "x" * (LARGEST_BODY - 1200)}).encode()
    return [
        ("session", b""),
        ("messages", json.dumps({**message, "id": uuid.uuid4().hex}).encode()),
        ("messages", full.ljust(LARGEST_BODY)),
        ("messages", b"x" * (LARGEST_BODY + 1)),
        ("messages", b"{" * LARGEST_BODY),
    ]


def _report(quiet: list[float], flooded: list[float], told: dict[str, int]) -> int:
    waited = {"without": _waited(quiet), "with": _waited(flooded)}
    met = waited["with"]["p99_ms"] <= TARGET_MS
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"users": USERS, "waited": waited, "flood": told, "met": met}, indent=2) + "\n")
    for name, each in waited.items():
        figures = f"{each['turns']} turns, p50 {each['p50_ms']} ms, p99 {each['p99_ms']} ms"
        print(f"  {USERS} users {name:7} the flood: {figures}")
    print(f"  the flood was told {', '.join(f'{status} {times:,} times' for status, times in sorted(told.items()))}")
    print(f"  {'PASS' if met else 'FAIL'} (p99 <= {TARGET_MS} ms)")
    return 0 if met else 1


def _waited(milliseconds: list[float]) -> dict[str, float]:
    return {
        "turns": len(milliseconds),
        "p50_ms": round(percentile(milliseconds, 0.5), 1),
        "p99_ms": round(percentile(milliseconds, 0.99), 1),
    }


if __name__ == "__main__":
    sys.exit(main())
