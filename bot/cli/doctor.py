"""Check a whole deployment, and say in one line each what to mend."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.checkup import Finding, checked_settings, look_over
from bot.settings import SettingsError

app = typer.Typer(add_completion=False)
MARKS = {"well": "ok", "look": "look", "mend": "MEND"}
MENDING = 1
"""The exit code where something has to be mended."""


@app.command()
def doctor(
    url: Annotated[str | None, typer.Option(help="Where the bot runs, unless where the settings say.")] = None,
) -> None:
    """Check a whole deployment, and say in one line each what to mend; exit code 1 if anything has to be."""
    try:
        settings = checked_settings()
    except SettingsError as error:
        _say(Finding("settings", "mend", f"{error} The rest is checked once that is right."))
        raise typer.Exit(MENDING) from None
    states = set()
    for finding in look_over(settings, url):
        _say(finding)
        states.add(finding.state)
    if "mend" in states:
        raise typer.Exit(MENDING)


def _say(finding: Finding) -> None:
    typer.echo(f"{MARKS[finding.state]:5} {finding.part:9} {finding.says}")
