"""Score the understanding on the labelled tables, and draw what it confuses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bot.cli.scoring.heat_map import draw
from bot.cli.scoring.outcomes import Outcome, Score
from bot.cli.scoring.report import details, summary
from bot.cli.scoring.tables import Row, Table, read_table, read_tables
from bot.settings import PROJECT_ROOT, Settings

TABLES = PROJECT_ROOT / "tests" / "tables"
TODAY = "2026-11-22"
"""The day that the tables' labels assume, a Sunday."""
Scorer = Callable[[Row], Outcome]

app = typer.Typer(add_completion=False)


@app.command()
def score(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Tables to score; all of tests/tables unless given.")
    ] = None,
    image: Annotated[Path, typer.Option(help="Where the heat map of the confusions goes.")] = Path(
        "results/confusions.png"
    ),
    quick: Annotated[bool, typer.Option("--summary", help="Only the summary, without what went wrong.")] = False,
) -> None:
    """Score the understanding on the labelled tables, and draw what it confuses."""
    os.environ["TANDEM_TODAY"] = TODAY
    tables = [read_table(file) for file in files] if files else read_tables(TABLES)
    scores = list(_scores(tables))
    console = Console()
    for each in (s for s in scores if s.wrong and not quick):
        console.print(details(each))
    console.print(summary(scores))
    draw(scores, image)
    console.print(f"What is confused with what: {image}", highlight=False)


def _scores(tables: Iterable[Table]) -> Iterator[Score]:
    scorers = _Scorers()
    progress = Console(stderr=True)
    for table in tables:
        scorer = scorers.of(table)
        rows = [row for row in table.rows if scorers.counts(table, row)]
        steps = track(rows, table.name, console=progress, transient=True, disable=not progress.is_terminal)
        outcomes = tuple(scorer(row) for row in steps)
        yield Score(table.name, table.kind != "dates", outcomes)


class _Scorers:
    """The scorer of each kind of table; the model is loaded only for questions."""

    def __init__(self) -> None:
        self._made: dict[str, Scorer] = {}

    def of(self, table: Table) -> Scorer:
        if table.kind not in self._made:
            self._made[table.kind] = _question_scorer() if table.kind == "questions" else _reader_scorer(table.kind)
        return self._made[table.kind]

    def counts(self, table: Table, row: Row) -> bool:
        from bot.cli.scoring.questions import is_scored

        return table.kind != "questions" or is_scored(row)


def _question_scorer() -> Scorer:
    # Rasa's imports take seconds; a broken table is refused before them.
    from bot.cli.in_process import load_understanding
    from bot.cli.scoring.questions import score_question

    understanding = load_understanding(Settings.from_environment())
    return lambda row: score_question(row, understanding)


def _reader_scorer(kind: str) -> Scorer:
    from bot.cli.scoring.readers import ReaderScorer
    from bot.consult.reading.readers import message_reader

    settings = Settings.from_environment()
    assert settings.today_override
    reader = message_reader(settings.knowledge_dir, PROJECT_ROOT / "data" / "language")
    scorer = ReaderScorer(reader, settings.today_override)
    return {"direction": scorer.direction, "dates": scorer.dates, "safety": scorer.safety}[kind]
