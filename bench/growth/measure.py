"""The four measurements of growth, each of two sides at the same time."""

from __future__ import annotations

import asyncio
import shutil
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bench.conversations import ask_website
from bench.environment import ROOT, SCRATCH
from bench.growth.knowledge import enlarge
from bench.growth.pairs import Pairs, in_turn
from bench.growth.serving import DATABASE, Served, served
from bench.growth.stored import multiply
from bench.growth.talks import talk_on, texts
from bench.measure import LONGEST_ANSWER
from cluster.running import running
from tests.faults.cluster_trials import throughput

FOLDER = SCRATCH / "growth"
KNOWLEDGE = ROOT / "data" / "knowledge"
EARLY, WINDOW = 2, 5
"""Turns 3 to 7 stand for turn 5, and as many around turn 200 for that one."""


@dataclass(frozen=True)
class Plan:
    """How much is grown, and how much is asked then."""

    talks: int
    long_turn: int
    stored: int
    knowledge: int
    rounds: int
    seconds: float
    """How long each side of the replicas is asked in a round."""


USUAL = Plan(talks=20, long_turn=200, stored=100_000, knowledge=100, rounds=4, seconds=15)
QUICK = Plan(talks=4, long_turn=20, stored=1_000, knowledge=5, rounds=1, seconds=3)
USERS = 20
TURNS_STORED = 3
"""How many turns a stored conversation has."""


def long_talk(plan: Plan) -> dict[str, Any]:
    """Turn 200 of a conversation beside turn 5 of another one."""
    with served(FOLDER / "talk") as bot:
        return asyncio.run(_long_talk(bot.address, plan)).as_json() | {"turn": plan.long_turn}


async def _long_talk(address: str, plan: Plan) -> Pairs:
    asked = texts(plan.long_turn + WINDOW)
    before = plan.long_turn - WINDOW // 2 - 1
    said, measured = asked[:before], asked[before : before + WINDOW]
    pairs = Pairs([], [])
    async with _http() as http:
        grown = [await ask_website(http, address) for _ in range(plan.talks)]
        await talk_on(grown, said)
        await talk_on([await ask_website(http, address)], measured)  # so that neither side reads them first
        early = [await ask_website(http, address) for _ in grown]
        await talk_on(early, said[:EARLY])
        for late, plain in zip(grown, early, strict=True):
            pairs += await in_turn(late, plain, measured)
    return pairs


def stored_conversations(plan: Plan) -> dict[str, Any]:
    """A bot with many stored conversations beside one with a few."""
    few, many = FOLDER / "few", FOLDER / "many"
    with served(few) as bot:
        asyncio.run(_store(bot.address))
    shutil.copytree(few, many)
    count = multiply(many / DATABASE, plan.stored // USERS)
    size = (many / DATABASE).stat().st_size / 2**20
    with served(few) as plain, served(many) as grown:
        grown.settle()
        figures = asyncio.run(_side_by_side(grown.address, plain.address, plan)).as_json()
        return figures | {"conversations": count, "database_mib": round(size), **_starts(grown, plain)}


async def _store(address: str) -> None:
    async with _http() as http:
        await talk_on([await ask_website(http, address) for _ in range(USERS)], texts(TURNS_STORED))


def more_knowledge(plan: Plan) -> dict[str, Any]:
    """A bot with a hundred times the knowledge beside one with ours."""
    larger = FOLDER / "larger"
    enlarge(KNOWLEDGE, larger, plan.knowledge)
    with served(FOLDER / "ours") as plain, served(FOLDER / "large", TANDEM_KNOWLEDGE_DIR=str(larger)) as grown:
        grown.settle()
        figures = asyncio.run(_side_by_side(grown.address, plain.address, plan)).as_json()
        return figures | {"times": plan.knowledge, **_starts(grown, plain)}


def replicas(plan: Plan) -> dict[str, Any]:
    """Two replicas beside one of them: how many turns a second 20 users get, in rounds."""
    one: list[float] = []
    two: list[float] = []
    with running() as cluster:
        urls = [replica.url for replica in cluster.replicas]
        asyncio.run(throughput(urls, plan.seconds, USERS))  # to warm up
        for _ in range(plan.rounds):
            for rates, asked in ((one, urls[:1]), (two, urls)):
                rates.append(asyncio.run(throughput(asked, plan.seconds, USERS))[0])
    ratio = statistics.median(more / alone for more, alone in zip(two, one, strict=True))
    return {
        "rounds": plan.rounds,
        "one_turns_per_s": round(statistics.median(one), 1),
        "two_turns_per_s": round(statistics.median(two), 1),
        "ratio": round(ratio, 3),
    }


PARTS: Mapping[str, Callable[[Plan], dict[str, Any]]] = {
    "talk": long_talk,
    "stored": stored_conversations,
    "knowledge": more_knowledge,
    "replicas": replicas,
}


def measured(name: str, plan: Plan) -> dict[str, Any]:
    """Measure a part in an empty folder, which is gone afterwards: a hundred thousand conversations take gigabytes."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        return PARTS[name](plan)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


async def _side_by_side(grown: str, plain: str, plan: Plan) -> Pairs:
    """Ask two bots in conversations of a few turns each, all texts different."""
    asked = texts(plan.talks * WINDOW)
    pairs = Pairs([], [])
    async with _http() as http:
        for start in range(0, len(asked), WINDOW):
            sides = [await ask_website(http, address) for address in (grown, plain)]
            said = await in_turn(*sides, asked[start : start + WINDOW])
            pairs += said if start else Pairs([], [])  # the first conversation only warms up
    return pairs


def _starts(grown: Served, plain: Served) -> dict[str, float]:
    """What else the two sides differ in."""
    return {
        "grown_start_s": round(grown.start_s, 1),
        "plain_start_s": round(plain.start_s, 1),
        "grown_memory_mib": round(grown.memory_mib),
        "plain_memory_mib": round(plain.memory_mib),
    }


def _http() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=LONGEST_ANSWER)
