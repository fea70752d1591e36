"""People behind nginx while others send slowly, endlessly, too much and too fast."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import aiohttp

from tests.faults.callers import Sent, client, talk
from tests.faults.cluster_trials import Counts

USERS = 8
ATTACKERS = 50
ATTACKER = "127.0.2.1"
"""Where they all call from: a limit by address is one for each attacker, not for each connection."""
MEGABYTES = 90
MOST = 1.5
Attack = Callable[[str, Callable[[], bool]], Awaitable[None]]


async def all_of(url: str, seconds: float) -> AsyncIterator[Counts]:
    """What people see without attackers, then beside each kind."""
    alone = await _talks(url, seconds, None)
    usual = _p99(alone)
    for title in ATTACKS:
        sent = await _talks(url, seconds, title)
        ratio = _p99(sent) / usual
        told = {"turns": len(sent), "p99": f"{_p99(sent):.2f} s", "alone": f"{usual:.2f} s", "ratio": f"{ratio:.2f}"}
        wrong = {
            "ratio over 1.5": int(ratio > MOST),
            "connections broken": sum(each.status == 0 for each in sent),
            "not answered": sum(not each.is_answered for each in sent),
        }
        yield Counts(f"beside {ATTACKERS} with {title}", told, wrong)


async def _talks(url: str, seconds: float, attack: str | None) -> list[Sent]:
    ended = False
    with _attacking(url, attack):
        await asyncio.sleep(1)
        talks = [asyncio.create_task(talk(url, 1.0, lambda: ended, n)) for n in range(USERS)]
        await asyncio.sleep(seconds)
        ended = True
        said = await asyncio.gather(*talks)
    return [each for one in said for each in one]


@contextmanager
def _attacking(url: str, attack: str | None) -> Iterator[None]:
    """Attack from a process of its own, or what people wait for would be the attackers' own work."""
    process = multiprocessing.get_context("spawn").Process(target=attack_for_ever, args=(url, attack))
    if attack:
        process.start()
    try:
        yield
    finally:
        if attack:
            process.terminate()
            process.join()


def attack_for_ever(url: str, attack: str) -> None:
    """Attack until killed."""

    async def all_together() -> None:
        await asyncio.gather(*(ATTACKS[attack](url, lambda: False) for _ in range(ATTACKERS)))

    asyncio.run(all_together())


def _p99(sent: list[Sent]) -> float:
    return sorted(each.seconds for each in sent)[int(len(sent) * 0.99) - 1]


async def _slow_head(url: str, is_over: Callable[[], bool]) -> None:
    await _dribble(url, b"POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\nX: ", is_over)


async def _slow_body(url: str, is_over: Callable[[], bool]) -> None:
    head = b"POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 16000\r\n\r\n"
    await _dribble(url, head, is_over)


async def _dribble(url: str, first: bytes, is_over: Callable[[], bool]) -> None:
    while not is_over():
        with suppress(OSError):
            _, writer = await asyncio.open_connection(*_place(url), local_addr=(ATTACKER, 0))
            writer.write(first)
            while not (is_over() or writer.is_closing()):
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(1)
            writer.close()


async def _huge_body(url: str, is_over: Callable[[], bool]) -> None:
    head = f"POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\nContent-Length: {MEGABYTES << 20}\r\n\r\n"
    while not is_over():
        with suppress(OSError):
            _, writer = await asyncio.open_connection(*_place(url), local_addr=(ATTACKER, 0))
            writer.write(head.encode())
            for _ in range(MEGABYTES * 16):
                writer.write(b"x" * 65536)
                await writer.drain()
                await asyncio.sleep(0.05)
            writer.close()


async def _flood(url: str, is_over: Callable[[], bool]) -> None:
    async with client(ATTACKER) as http:
        while not is_over():
            with suppress(aiohttp.ClientError):
                async with http.post(url + "/webhooks/website/messages", json={"id": "x", "text": "x"}) as answer:
                    await answer.read()
            await asyncio.sleep(0.2)


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 80


ATTACKS: dict[str, Attack] = {
    "slow heads": _slow_head,
    "slow bodies": _slow_body,
    f"bodies of {MEGABYTES} MB": _huge_body,
    "a flood": _flood,
}
