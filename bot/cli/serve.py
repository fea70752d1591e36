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
    serve_until_stopped(Settings.from_environment())
