"""Write a whole copy of the database into a folder, while the bot runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.backup import back_up, drop_old
from bot.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Where the copy goes; it is made for its owner alone.")],
    keep: Annotated[int | None, typer.Option(min=1, help="Delete copies that are older than so many days.")] = None,
) -> None:
    """Write a whole copy of the database into a folder, while the bot runs."""
    made = back_up(Settings.from_environment().database_url, folder)
    typer.echo(f"{made} ({made.stat().st_size // 1024} KB)")
    if keep is not None:
        typer.echo(f"Deleted {drop_old(folder, keep)} older than {keep} days.")
