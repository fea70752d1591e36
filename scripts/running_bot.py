"""Starts the whole bot for a while, on a free port, with a store of its own and a fixed day."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from scripts.free_port import free_port

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"
START_SECONDS = 600


@contextlib.contextmanager
def running_bot(kept: Path | None = None, **settings: str) -> Iterator[str]:
    """Serve the bot; its address comes out.

    Args:
        kept: Where it keeps its data; a folder that is removed at the end unless given.
        settings: More of its environment.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        own = {"TANDEM_PORT": str(port), "TANDEM_DATA_DIR": str(kept or folder), "TANDEM_TODAY": TODAY}
        environment = {**os.environ, **own, **settings}
        command = [str(Path(sys.executable).with_name("tandem")), "serve"]
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the bot answers."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/health", trust_env=False).status_code == 200:
                return
        time.sleep(0.5)
    raise SystemExit("Tandem: the bot did not start, so there is nothing to take pictures of.")
