"""Starts the servers that are measured, watches their memory, and stops them."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.environment import BenchError

STOP_SECONDS = 20
KIB_PER_MIB = 1024


@dataclass(frozen=True)
class Program:
    """A command, where it runs and with what environment, and the file that keeps what it says."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path


def run(program: Program) -> str:
    """Run a program to its end and return its output.

    Raises:
        BenchError: it failed; the sentence names its log.
    """
    with program.log.open("w", encoding="utf-8") as log:
        done = subprocess.run(
            program.command, cwd=program.folder, env=program.environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        log.write(done.stdout)
    if done.returncode:
        raise BenchError(f"{program.command[0]} failed; {program.log} has the rest.")
    return done.stdout


@contextmanager
def running(programs: Sequence[Program]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Have servers run for the length of a ``with`` block."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        for program in programs:
            started.append(_start(program))
        yield started
    finally:
        for process in started:
            _stop(process)


def _start(program: Program) -> subprocess.Popen[bytes]:
    with program.log.open("wb") as log:
        return subprocess.Popen(
            program.command,
            cwd=program.folder,
            env=program.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a server with the processes that it started itself: they are its own session."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(STOP_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def require_alive(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Refuse to go on when a server has ended.

    Raises:
        BenchError: one has.
    """
    if any(process.poll() is not None for process in processes):
        raise BenchError("A server that was to be measured ended early; .bench/*.log has the rest.")


def memory_in_mib(processes: Sequence[subprocess.Popen[bytes]]) -> float:
    """Return the resident memory of servers and of everything that they started."""
    return sum(_resident(pid) for process in processes for pid in _family(process.pid)) / KIB_PER_MIB


def processor_seconds(processes: Sequence[subprocess.Popen[bytes]]) -> float:
    """Return the processor time that servers and everything that they started have used."""
    return sum(_processor_seconds(pid) for process in processes for pid in _family(process.pid))


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])
