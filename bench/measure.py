"""Measures one system: trains it, starts it, talks to it, and has it read messages on its own."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

from bench import processes, turns
from bench.environment import SCRATCH, BenchError, size_in_mib
from bench.questions import varied_questions
from bench.report import Measured, percentile
from bench.systems import System
from bench.turns import Turns
from scripts.free_port import free_port

FIRST_QUESTION = "Botox before or after microneedling?"
START_SECONDS = 300
POLL_SECONDS = 0.05
QUESTIONS_FILE = SCRATCH / "questions.json"
LONGEST_ANSWER = aiohttp.ClientTimeout(total=120)


@dataclass(frozen=True)
class Plan:
    """How much is asked, and whether what is trained already is trained again."""

    warm_up: int
    turns: int
    users: int
    turns_each: int
    stock_epochs: int
    train_again: bool = True


ALL_EPOCHS = 100
"""What `rasa init` sets. On thousands of examples they take more than half an hour on two cores."""
USUAL = Plan(warm_up=30, turns=300, users=20, turns_each=15, stock_epochs=10)
"""A tenth of stock's epochs: what its training takes at least, which is all that the target needs."""
FULL = replace(USUAL, stock_epochs=ALL_EPOCHS)
QUICK = Plan(warm_up=5, turns=30, users=20, turns_each=2, stock_epochs=2, train_again=False)


@dataclass(frozen=True)
class Service:
    """What was measured of a running system."""

    start_s: float
    memory_mib: float
    alone: Turns
    together: Turns


def measure(system: System, plan: Plan) -> Measured:
    """Measure everything about a system, telling what is being done."""
    training = _training(system, plan)
    service = _service(system, plan)
    reading = _reading(system, plan)
    return Measured(
        environment_mib=size_in_mib(system.environment, system.lock),
        training_s=training["whole"],
        all_epochs_s=all_epochs_s(training, plan.stock_epochs),
        understanding_training_s=training["understanding"],
        start_s=service.start_s,
        memory_mib=service.memory_mib,
        turn_p50_ms=percentile(service.alone.milliseconds, 0.5),
        turn_p99_ms=percentile(service.alone.milliseconds, 0.99),
        busy_turns_per_s=service.together.per_second,
        busy_p50_ms=percentile(service.together.milliseconds, 0.5),
        busy_p99_ms=percentile(service.together.milliseconds, 0.99),
        reading_ms=reading,
        unanswered=service.alone.unanswered + service.together.unanswered,
    )


@contextmanager
def step(system: System, what: str) -> Iterator[None]:
    """Show that something is being done, and how long it took."""
    print(f"  {system.name:7} {what} ...", end="", flush=True)
    start = time.perf_counter()
    yield
    print(f" {time.perf_counter() - start:.1f} s", flush=True)


def _training(system: System, plan: Plan) -> dict[str, Any]:
    """Return the seconds of the whole training, of its NLU part, and of each component."""
    if plan.train_again or not (system.trained.is_file() and system.training_times.is_file()):
        with step(system, "training"):
            start = time.perf_counter()
            processes.run(system.training)
            whole = time.perf_counter() - start
        components = json.loads(system.training_times.read_text(encoding="utf-8"))
        system.training_times.write_text(json.dumps({"whole": whole, **components}, indent=2), encoding="utf-8")
    times: dict[str, Any] = json.loads(system.training_times.read_text(encoding="utf-8"))
    return times


def all_epochs_s(training: dict[str, Any], epochs: int) -> float:
    """Return about what a training would take with all epochs: those of DIET are what counts."""
    diet: float = sum(spent for name, spent in training["components"].items() if "DIETClassifier" in name)
    whole: float = training["whole"]
    return whole + diet * (ALL_EPOCHS / epochs - 1)


def _service(system: System, plan: Plan) -> Service:
    port = free_port()
    start = time.perf_counter()
    with processes.running(system.servers(port)) as servers:
        return asyncio.run(_talk(system, plan, servers, f"http://127.0.0.1:{port}", start))


async def _talk(
    system: System, plan: Plan, servers: Sequence[subprocess.Popen[bytes]], address: str, start: float
) -> Service:
    # No limit of connections: each of the users has a browser of their own.
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=LONGEST_ANSWER) as http:
        with step(system, "starting, until the first answer"):
            await _until_answered(http, system, address, servers)
        start_s = time.perf_counter() - start
        with step(system, f"{plan.warm_up} turns to warm up"):
            texts = varied_questions(plan.warm_up + plan.turns)
            await turns.one_after_the_other(http, system.ask, address, texts[: plan.warm_up])
        memory = processes.memory_in_mib(servers)
        with step(system, f"{plan.turns} turns one after the other"):
            alone = await turns.one_after_the_other(http, system.ask, address, texts[plan.warm_up :])
        with step(system, f"{plan.users} users at once"):
            together = await turns.at_once(http, system.ask, address, texts, plan.users, plan.turns_each)
    return Service(start_s, memory, alone, together)


async def _until_answered(
    http: aiohttp.ClientSession, system: System, address: str, servers: Sequence[subprocess.Popen[bytes]]
) -> None:
    patience = time.perf_counter() + START_SECONDS
    while not await turns.first_answer(http, system.ask, address, FIRST_QUESTION):
        processes.require_alive(servers)
        if time.perf_counter() > patience:
            raise BenchError(f"{system.name} gave no answer in {START_SECONDS} seconds; .bench/*.log has more.")
        await asyncio.sleep(POLL_SECONDS)


def _reading(system: System, plan: Plan) -> float:
    """Return the median milliseconds of understanding one message, on one core."""
    QUESTIONS_FILE.write_text(json.dumps(varied_questions(plan.turns)), encoding="utf-8")
    with step(system, f"understanding {plan.turns} messages on one core"):
        said = processes.run(system.reading(QUESTIONS_FILE))
    milliseconds: list[float] = json.loads(said.splitlines()[-1])
    return statistics.median(milliseconds)
