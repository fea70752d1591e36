"""Show why a message is answered as it is: what was read in it, what decided, and what is quoted."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from bot.channels.body import check_text
from bot.channels.errors import ApiError
from bot.cli.questions import QuestionError, read_plain
from bot.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def explain(
    texts: Annotated[
        list[str] | None, typer.Argument(help="Messages, each in quotes; else standard input, one a line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object a line.")] = False,
) -> None:
    """Show why a message is answered as it is: what was read in it, what decided, and what is quoted."""
    try:
        _explain(_checked(texts) if texts else _typed(), as_json)
    except BrokenPipeError:
        # Whoever read the explanation has seen enough (head); nothing is left to flush at exit.
        sys.stderr.close()


def _explain(texts: Sequence[str], as_json: bool) -> None:
    # Rasa's imports take seconds: what can be refused at once is refused before them.
    from bot.cli.explanation.document import explanation
    from bot.cli.explanation.page import page
    from bot.cli.in_process import load_understanding

    understanding = load_understanding(Settings.from_environment())
    console = Console(highlight=False)
    for text in texts:
        explained = explanation(understanding.of(text), understanding.knowledge)
        if as_json:
            sys.stdout.buffer.write(json.dumps(explained, ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()
        else:
            console.print(page(explained))


def _checked(texts: Sequence[str]) -> list[str]:
    try:
        return [str(check_text(text)) for text in texts]
    except ApiError as error:
        raise QuestionError(error.sentence) from None


def _typed() -> list[str]:
    texts = [] if sys.stdin.isatty() else [question.text for question in read_plain(sys.stdin.buffer)]
    if not texts:
        raise QuestionError('Give a message to explain, such as: tandem explain "botox 10 days ago, needling today?"')
    return texts
