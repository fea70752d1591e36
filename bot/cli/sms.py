"""See the texts that could not be answered or sent, have one tried again, or text with the bot here."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timezone, tzinfo
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.channels.sms.dead_letters import DeadLetter, DeadLetters
from bot.cli.staff import opened_database
from bot.clinic import read_clinic
from bot.logs import configure_logs
from bot.server.lean import install
from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def sms() -> None:
    """See the texts that could not be answered or sent, have one tried again, or text with the bot here."""


@app.command("dead-letters")
def list_dead_letters(
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, for scripts; moments are in UTC.")] = False,
) -> None:
    """List the dead letters, the oldest first, without numbers and words."""
    with _context() as (letters, zone):
        found = letters.listed()
    if as_json:
        print(json.dumps([_document(letter) for letter in found], indent=2))
    else:
        Console(highlight=False).print(_table(found, zone) if found else "There are no dead letters.")


@app.command()
def retry(
    letter: Annotated[str, typer.Argument(help="The dead letter's id, such as a12.", show_default=False)],
) -> None:
    """Put a dead letter back in line; one in doubt may reach its reader a second time."""
    with _context() as (letters, _):
        letters.retry(letter)
    print(f"{letter} is in line again.")


@app.command()
def simulate() -> None:
    """Text with the bot here, as a phone would see it, with the length of each answer; nothing is kept or sent."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    configure_logs("ERROR")
    warnings.simplefilter("ignore")
    install()
    # Rasa's imports take seconds: only where they are needed.
    from bot.channels.sms.simulation import simulate as texted

    texted(_typed(), print)


def _typed() -> Iterator[str]:
    """What is typed, or what a script gives, until it ends."""
    if sys.stdin.isatty():
        print("Type a text and Enter; Ctrl-D ends.", flush=True)
    for line in sys.stdin:
        if not sys.stdin.isatty():
            print(f"> {line.rstrip()}")
        yield line


@contextmanager
def _context() -> Iterator[tuple[DeadLetters, tzinfo]]:
    settings = Settings.from_environment()
    zone = read_clinic(settings.clinic_file).zone
    with opened_database(settings) as bound:
        yield DeadLetters(bound), zone


def _document(letter: DeadLetter) -> dict[str, object]:
    return {**asdict(letter), "at": letter.at.isoformat(timespec="seconds") + "Z"}


def _table(letters: list[DeadLetter], zone: tzinfo) -> Table:
    made = Table("id", "what", "came", "problem")
    for letter in letters:
        came = letter.at.replace(tzinfo=timezone.utc).astimezone(zone)
        doubt = ", may have arrived" if letter.in_doubt else ""
        made.add_row(letter.id, letter.kind, f"{came:%Y-%m-%d %H:%M}", f"{letter.problem}{doubt}")
    return made
