"""Runs a step of make's so that it ends when make is told to end, even where make tells nobody.

Ctrl-C at a terminal reaches every process. A signal to make alone does not: of a SIGTERM make tells the step's first
process, of a SIGINT none, and waits. That it got one is seen from its holding back a second one (Linux shows that).

Runs on the system's Python 3, before anything is installed.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

LOOK_SECONDS = 0.3
AGAIN_SECONDS = (0.1, 0.2, 0.5)
"""When those that missed it are told again."""


def main(command: list[str]) -> int:
    """Run a command until it ends or make is told to end; its exit code comes back."""
    make = os.getppid()
    is_told, is_ended = threading.Event(), threading.Event()
    signal.signal(signal.SIGINT, lambda *_: is_told.set())  # a terminal's, which the step has got too
    signal.signal(signal.SIGTERM, lambda *_: is_ended.set())  # told before the step is known
    step = subprocess.Popen(command)
    signal.signal(signal.SIGTERM, lambda *_: end(step.pid))
    if is_ended.is_set():
        end(step.pid)
    threading.Thread(target=watch, args=(make, step.pid, is_told), daemon=True).start()
    code = step.wait()
    return code if code >= 0 else 128 - code


def watch(make: int, step: int, is_told: threading.Event) -> None:
    """End the step when make was interrupted alone, or is gone."""
    while True:
        time.sleep(LOOK_SECONDS)
        if is_told.is_set():
            return
        if os.getppid() != make or is_interrupted(make):
            end(step)
            return


def is_interrupted(process: int) -> bool:
    """Whether a process is at handling a SIGINT: it holds back another one meanwhile."""
    return is_among(signal.SIGINT, "SigBlk", process)


def end(process: int) -> None:
    """End a process and all that it has started: by SIGTERM, as a shell's background ignores SIGINT."""
    started = list(family(process))
    tell(started)
    for seconds in AGAIN_SECONDS:
        time.sleep(seconds)
        tell(each for each in started if missed_it(each))


def tell(processes: Iterable[int]) -> None:
    """Send SIGTERM to each that is there."""
    for each in processes:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGTERM)


def missed_it(process: int) -> bool:
    """Whether a process runs that SIGTERM ends: told between its fork and its start, a shell's child loses it."""
    runs = Path(f"/proc/{process}").exists()
    return runs and not any(is_among(signal.SIGTERM, which, process) for which in ("SigCgt", "SigIgn", "SigBlk"))


def is_among(number: signal.Signals, which: str, process: int) -> bool:
    """Whether a signal is among those that a process catches, ignores or holds back, where the system tells."""
    with suppress(OSError):
        masks = re.search(rf"^{which}:\t([0-9a-f]+)$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
        return bool(masks and int(masks[1], 16) & 1 << number - 1)
    return False


def family(process: int) -> Iterator[int]:
    """A process, and the processes that descend from it, where the system tells."""
    yield process
    with suppress(OSError):
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from family(int(child))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
