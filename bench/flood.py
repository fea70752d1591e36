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
import sys
import time
import uuid
from collections import Counter

import aiohttp

from bench import processes, systems, users
from bench.environment import ROOT
from bench.measure import LONGEST_ANSWER
from scripts.free_port import free_port

RESULTS = ROOT / "results" / "flood.json"
CONNECTIONS = 16
LARGEST_BODY = 16 * 1024
LONGEST_TEXT = 1000
ATTACKER = "203.0.113.66"


def main() -> int:
    """Measure twice, without and with the flood; 1 means that somebody waited too long or the flood got through."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else users.SECONDS
    systems.fresh_data()
    processes.run(systems.knowledge())
    port = free_port()
    servers = [users.behind_a_proxy(program) for program in systems.tandem().servers(port)]
    with processes.running(servers) as running:
        address = f"http://127.0.0.1:{port}"
        asyncio.run(users.ready(address, running))
        quiet = asyncio.run(users.chatting(address, seconds))
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            told = pool.apply_async(_flood, (address, seconds))
            flooded = asyncio.run(users.chatting(address, seconds))
            answers = told.get()
    return _report(quiet, flooded, answers)


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
    waited = {"without": users.waited(quiet), "with": users.waited(flooded)}
    met = waited["with"]["p99_ms"] <= users.TARGET_MS
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"users": users.USERS, "waited": waited, "flood": told, "met": met}, indent=2) + "\n")
    for name, each in waited.items():
        figures = f"{each['turns']} turns, p50 {each['p50_ms']} ms, p99 {each['p99_ms']} ms"
        print(f"  {users.USERS} users {name:7} the flood: {figures}")
    print(f"  the flood was told {', '.join(f'{status} {times:,} times' for status, times in sorted(told.items()))}")
    print(f"  {'PASS' if met else 'FAIL'} (p99 <= {users.TARGET_MS} ms)")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
