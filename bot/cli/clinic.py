"""Check the clinic's profile, see what the bot says with it, and have nginx say whom to call without the bot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Plain

from bot import languages
from bot.clinic import Clinic, problems_of, read_clinic
from bot.knowledge.types import Text
from bot.opening import hours_in_words
from bot.settings import Settings
from bot.yaml_lines import shown

app = typer.Typer(no_args_is_help=True, add_completion=False)
NOT_SAID = "not said: the bot says that it does not know"
OTHERWISE = {"holidays": "no text: the bot names the next days off", "demo": "the clinic is real"}
"""What the bot does instead, where an entry is left out."""
WRONG = 2
"""The exit code of a check that found something wrong."""


@app.callback()
def clinic() -> None:
    """Check the clinic's profile, see what the bot says with it, and have nginx say whom to call without the bot."""


@app.command()
def check() -> None:
    """Check clinic.yml: all that is wrong, line by line, or what the bot says with it."""
    file, console = Settings.from_environment().clinic_file, Console(highlight=False)
    problems = problems_of(file)
    for problem in problems:
        console.print(Plain(str(problem)), soft_wrap=True)
    if problems:
        raise typer.Exit(WRONG)
    profile = read_clinic(file)
    console.print(_table(profile))
    for name, language in _untranslated(profile):
        console.print(f"Please look at {name}: it has no text in {language}, and the other one is said instead.")
    console.print(f"{shown(file)} can be used.")


@app.command()
def away() -> None:
    """Print what nginx says while the bot does not answer, with the clinic's contact: its file tandem/away.conf."""
    from bot.channels.away import configuration  # takes Rasa, for which a check need not wait

    print(configuration(read_clinic(Settings.from_environment().clinic_file)), end="")


def _table(profile: Clinic) -> Table:
    table = Table("entry", "what the bot says", title=profile.name, show_lines=True)
    for each in fields(profile):
        table.add_row(each.name, Plain(_said(profile, each.name) or OTHERWISE.get(each.name, NOT_SAID)))
    return table


def _said(profile: Clinic, name: str) -> str:
    """An entry as the bot says it."""
    value = getattr(profile, name)
    if name == "hours":
        return hours_in_words(profile, languages.ids()[0], "\n")
    if name in ("services", "closed_on"):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, Text):
        return "\n".join(f"{language}: {text}" for language, text in value.by_language)
    return "the clinic does not exist" if value is True else str(value or "")


def _untranslated(profile: Clinic) -> Iterator[tuple[str, str]]:
    """The texts that are written in one language only, with the one that is missing."""
    texts = [(each.name, value) for each in fields(profile) if isinstance(value := getattr(profile, each.name), Text)]
    texts += [(f"services, {service}", service) for service in profile.services]
    return ((name, other) for name, text in texts for other in languages.ids() if other not in text.languages)
