"""What people see while the one file of an embedded bot is locked, read-only, gone, or its disk full or broken."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import aiohttp

from cluster.replicas import Replica
from tests.faults.callers import RED_FLAGS, Sent, kept, talk
from tests.faults.cluster_trials import Counts

USERS = 5
PAUSE = 0.5
URGENT_PAUSE = 1.05
"""Seldom enough that nobody is told to wait."""
REST = 4.0
NOTICED = 10.0
"""Seconds within which the health page tells what is so."""
DISK_BYTES = 64 << 20
MOST = 1.0
"""Seconds that a page may take, whatever becomes of the database."""
Fault = Callable[[], Awaitable[None]]


@dataclass
class Watched:
    """What the health page and the chat's page did meanwhile."""

    health: list[tuple[float, float, int]] = field(default_factory=list)
    """When it was asked, how long it took, what it said."""
    pages: list[float] = field(default_factory=list)

    async def watch(self, url: str, is_over: Callable[[], bool]) -> None:
        """Ask for both again and again."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as http:
            while not is_over():
                for path in ("/health", "/"):
                    await self._ask(http, url, path)
                await asyncio.sleep(0.2)

    async def _ask(self, http: aiohttp.ClientSession, url: str, path: str) -> None:
        start = time.monotonic()
        async with http.get(url + path) as answer:
            await answer.read()
            took = time.monotonic() - start
            if path == "/health":
                self.health.append((start, took, answer.status))
            else:
                self.pages.append(took)

    def lies(self, since: float, until: float, is_long: bool) -> int:
        """How often the health page told what was not so: well during a long fault, unwell long after one."""
        during = [status for at, _, status in self.health if since + NOTICED < at < until]
        after = [status for at, _, status in self.health if at > until + NOTICED]
        return sum(status == 200 for status in during) * is_long + sum(status != 200 for status in after)

    def judged(self, title: str, sent: Sequence[Sent], more: Mapping[str, int]) -> Counts:
        """What was seen beside what people sent, with more that must not be."""
        told = {
            "turns": len(sent),
            "apologised": sum(each.is_sorry for each in sent),
            "longest turn": f"{max(each.seconds for each in sent):.1f} s",
            "longest health": f"{max(took for _, took, _ in self.health):.2f} s",
            "longest page": f"{max(self.pages):.2f} s",
        }
        wrong = {
            "silent": sum(each.is_silent for each in sent),
            "bare errors": sum(each.status >= 500 for each in sent),
            "health over 1 s": sum(took > MOST for _, took, _ in self.health),
            "pages over 1 s": sum(took > MOST for took in self.pages),
            **more,
        }
        return Counts(title, told, wrong)


async def under(title: str, replica: Replica, fault: Fault, file: Path | None = None, is_long: bool = True) -> Counts:
    """People write while something happens to the file; what they, the health page and the page saw is counted.

    Without a file the fault lasts, and nothing can be read afterwards.
    """
    ended, watched = False, Watched()
    talks = [asyncio.create_task(talk(replica.url, PAUSE, lambda: ended, n)) for n in range(USERS)]
    urgent = asyncio.create_task(talk(replica.url, URGENT_PAUSE, lambda: ended, USERS, RED_FLAGS))
    watching = asyncio.create_task(watched.watch(replica.url, lambda: ended))
    await asyncio.sleep(REST)
    since = time.monotonic()
    await fault()
    until = time.monotonic()
    if file:
        await asyncio.sleep(NOTICED + REST)
    ended = True
    sent = [each for said in await asyncio.gather(*talks) for each in said]
    flags = await urgent
    await watching
    wrong = {
        "health untrue": watched.lies(since, until, is_long),
        f"of {len(flags)} red flags without their text": sum(not each.is_alarm for each in flags),
        "answers lost": len(kept(f"sqlite:///{file}").missing(sent)) if file else 0,
    }
    return watched.judged(title, [*sent, *flags], wrong)


async def locked(file: Path, seconds: float) -> None:
    """Hold the file so that nobody else may even read it."""
    holder = sqlite3.connect(file, isolation_level=None, timeout=60)
    while True:
        try:
            holder.execute("BEGIN EXCLUSIVE")
            break
        except sqlite3.OperationalError:
            await asyncio.sleep(0.01)
    await asyncio.sleep(seconds)
    holder.execute("ROLLBACK")
    holder.close()


async def filled(folder: Path, seconds: float) -> None:
    """Leave no room on the disk."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"0" * 4096)
        except OSError:
            pass
    await asyncio.sleep(seconds)
    ballast.unlink()


async def deleted(file: Path, seconds: float) -> None:
    """Take the file away, and put it back."""
    away = [each.rename(each.with_name(f"away-{each.name}")) for each in file.parent.glob(f"{file.name}*")]
    await asyncio.sleep(seconds)
    for each in away:
        each.rename(each.with_name(each.name.removeprefix("away-")))


async def unwritable(file: Path, seconds: float) -> None:
    """Let nobody open the file to write in it, not even root."""
    subprocess.run(["chattr", "+i", str(file)], check=True)
    await asyncio.sleep(seconds)
    subprocess.run(["chattr", "-i", str(file)], check=True)


async def broken(folder: Path, seconds: float) -> None:
    """Have the system find an error on the disk: what is open can be written no more either, until it is mended."""
    subprocess.run(["mount", "-o", "remount,abort", str(folder)], check=True)
    await asyncio.sleep(seconds)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A small disk in a file, which only root can mount."""
    folder.mkdir()
    image = folder.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(DISK_BYTES)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", str(image)], check=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def all_of(folder: Path, port: int, environment: dict[str, str], locks: list[float]) -> AsyncIterator[Counts]:
    """Every fault, one after the other, on one embedded bot."""
    with small_disk(folder / "disk") as disk:
        file = disk / "tandem.db"
        replica = Replica(port, folder / "bot", {**environment, "TANDEM_DATABASE_URL": f"sqlite:///{file}"})
        replica.launch()
        try:
            await asyncio.to_thread(replica.wait)
            for each in locks:
                title, fault = f"SQLite: locked for {each:.0f} s", partial(locked, file, each)
                yield await under(title, replica, fault, file, each >= NOTICED)
            yield await under("SQLite: disk full for 20 s", replica, partial(filled, disk, 20), file)
            yield await under("SQLite: file read-only for 20 s", replica, partial(unwritable, file, 20), file)
            yield await under("SQLite: file deleted for 20 s", replica, partial(deleted, file, 20), file)
            yield await under("SQLite: disk broken, and read-only", replica, partial(broken, disk, 20))
        finally:
            replica.stop()
