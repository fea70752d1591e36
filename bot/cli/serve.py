"""Serve the bot over HTTP until Ctrl-C, with a demo clinic page that carries the chat.

The settings come from the environment (TANDEM_PORT and the others).
"""

from __future__ import annotations

import typer

from bot.server.launcher import serve as serve_until_stopped
from bot.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def serve() -> None:
    """Serve the bot over HTTP until Ctrl-C, with a demo clinic page that carries the chat."""
    settings = Settings.from_environment()
    if settings.metrics_port is None:
        serve_until_stopped(settings)
        return
    # Prometheus's library takes a moment, and nothing without the port.
    from bot.monitoring.watching import watching

    with watching(settings, settings.metrics_port) as attach:
        serve_until_stopped(settings, attach)
