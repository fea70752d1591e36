"""The full trials, as ``make faults`` runs them: prints the counts, and fails if anything was lost or made up."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.database import engine
from bot.migrations import upgrade
from tests.e2e.phones import twilio
from tests.faults import server_trials, sms_trials, worker_trials
from tests.faults.mailbox import open_mailbox
from tests.faults.report import Report


def main() -> int:
    """Run both; the exit code says whether they are as they should be."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--worker", type=int, default=1000, help="trials on the worker")
    wanted.add_argument("--server", type=int, default=100, help="trials on the served bot")
    wanted.add_argument("--sms", type=int, default=200, help="trials on the served bot while it answers texts")
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        worker = _told("The worker killed", partial(_worker, Path(folder) / "worker"), given.worker)
        server = _told("The server killed", partial(_server, Path(folder) / "server"), given.server)
        sms = _told("The server killed while it answers texts", partial(_sms, Path(folder) / "sms"), given.sms)
    return 1 if worker.faults or server.faults or sms.faults else 0


def _told(title: str, run: Callable[[int], Report | sms_trials.Report], trials: int) -> Report | sms_trials.Report:
    """Run the trials and print what they have shown."""
    start = time.monotonic()
    report = run(trials) if trials else Report()
    print("\n".join(report.lines(title)))
    print(f"  took {time.monotonic() - start:.0f} s", flush=True)
    for what, which in report.faults.items():
        print(f"  {what}: {', '.join(which[:10])}", file=sys.stderr)
    return report


def _worker(folder: Path, trials: int) -> Report:
    bound = engine(f"sqlite:///{folder / 'tandem.db'}")
    upgrade(bound)
    with open_mailbox(slowness=0.01) as mailbox:
        return worker_trials.run(bound, mailbox, trials, partial(_tell, trials))


def _server(folder: Path, trials: int) -> Report:
    folder.mkdir()
    with open_mailbox(slowness=0.05) as mailbox:
        return server_trials.run(folder, mailbox, trials, partial(_tell, trials))


def _sms(folder: Path, trials: int) -> sms_trials.Report:
    folder.mkdir()
    with twilio() as api:
        return sms_trials.run(folder, api, trials, partial(_tell, trials))


def _tell(trials: int, done: int) -> None:
    """Show on a terminal how far it is."""
    if sys.stderr.isatty():
        print(f"\r{done} of {trials} ", end="" if done < trials else "\r", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
