"""Runs two replicas behind nginx on PostgreSQL, until Ctrl-C; SIGHUP restarts the replicas in turn."""

from __future__ import annotations

import os
import signal
import sys

from bot.errors import TandemError
from cluster import nginx, postgresql
from cluster.replicas import NotStartedError, restart_in_turn
from cluster.running import running

PORT = 8000


def main() -> int:
    """Run it; the exit code says how it went."""
    port = int(os.environ.get("TANDEM_PORT", "").strip() or PORT)
    awaited = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    print("Starting PostgreSQL, two replicas, a worker and nginx ...", flush=True)
    try:
        with running(port) as started:
            signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
            served = " and ".join(replica.url for replica in started.replicas)
            print(f"The cluster is ready: {started.url}/ (replicas at {served}; Ctrl-C stops all)", flush=True)
            print(f"kill -HUP {os.getpid()} restarts the replicas in turn", flush=True)
            while signal.sigwait(awaited) == signal.SIGHUP:
                restart_in_turn(started.replicas)
                print("Both replicas were restarted.", flush=True)
    except (nginx.NotInstalledError, postgresql.NotInstalledError, NotStartedError, TandemError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
