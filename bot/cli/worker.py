"""Deliver requests to the clinic until Ctrl-C; `tandem serve` does so itself.

For a bot whose server runs elsewhere, or that should deliver while it is down. Several at once share the work.
"""

from __future__ import annotations

import asyncio
import signal

import typer

from bot.cli.staff import opened_database
from bot.handoff.service import worker_of
from bot.handoff.ways import ways_out
from bot.logs import configure_logs
from bot.server.launcher import log_format, log_level
from bot.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def worker() -> None:
    """Deliver requests to the clinic until Ctrl-C; `tandem serve` does so itself."""
    configure_logs(log_level(), log_format())
    settings = Settings.from_environment()
    with opened_database(settings):
        pass  # it answers, and has every table
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    working = worker_of(settings)
    working.start()
    print(f"Delivering requests by {' and '.join(ways_out(settings))} (Ctrl-C stops it)", flush=True)
    await stopped.wait()
    await working.stop()
