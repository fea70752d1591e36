"""Put a copy in place of all that the database holds; stop the bot first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import httpx
import typer

from bot.backup import is_newer
from bot.backup import restore as put_back
from bot.errors import TandemError
from bot.settings import Settings

app = typer.Typer(add_completion=False)
SECONDS = 5.0


class RunningError(TandemError):
    """The bot runs on the database that is to be replaced."""


@app.command()
def restore(
    copy: Annotated[Path, typer.Argument(help="What tandem backup wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to go on.")] = False,
) -> None:
    """Put a copy in place of all that the database holds; stop the bot first."""
    settings = Settings.from_environment()
    if _answers(f"http://127.0.0.1:{settings.port}/health/live"):
        raise RunningError(f"A bot runs at port {settings.port}; stop it first, and every other one on this database.")
    if not yes:
        typer.confirm(f"Everything that the database holds now is replaced by {copy.name}. Go on?", abort=True)
    revision = put_back(settings.database_url, copy)
    typer.echo(f"{copy.name} is back; its tables are of revision {revision}.")
    if is_newer(revision):
        typer.echo("That is a newer version than this one: install that one before you start the bot.")


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=SECONDS, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
