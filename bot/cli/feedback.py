"""See what was not understood or disliked on the website, and keep it as candidates for the training examples."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.channels.lessons import Lesson, lessons
from bot.cli.lessons_view import NEVER_EXPORTED, Placed, by_intent, candidates, table
from bot.cli.staff import opened_database
from bot.clinic import read_clinic
from bot.errors import TandemError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cli.in_process import Understanding

app = typer.Typer(add_completion=False)


class FeedbackError(TandemError):
    """The candidates cannot be written."""

    exit_code = 2


@app.command()
def feedback(
    export: Annotated[
        Path | None, typer.Option(help="Write candidates for data/nlu to this new file; nothing about health.")
    ] = None,
) -> None:
    """See what was not understood or disliked on the website, and keep it as candidates for the training examples."""
    settings = Settings.from_environment()
    if export and export.exists():
        raise FeedbackError(f"{export} is there already; name a new file.")
    with opened_database(settings) as bound:
        found = lessons(bound)
    groups = by_intent(_placed(found, settings))
    if export:
        export.write_text(candidates(groups), encoding="utf-8")
        print(f"{export}: look at each line before it becomes an example.")
        return
    Console(highlight=False).print(table(groups, read_clinic(settings.clinic_file).zone))


def _placed(found: Sequence[Lesson], settings: Settings) -> Iterator[Placed]:
    if not found:
        return
    understanding = _understanding(settings)
    for lesson in found:
        understood = understanding.of(lesson.text)
        nearest = understood.nearest[0]
        of_health = understood.case.safe.route is not None or understood.decision.topic in NEVER_EXPORTED
        yield Placed(lesson, nearest["intent"], nearest["text"], nearest["similarity"], of_health)


def _understanding(settings: Settings) -> Understanding:
    # Rasa's imports take seconds: only where there is something to understand.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    warnings.simplefilter("ignore")
    from bot.cli.in_process import load_understanding

    return load_understanding(settings)
