"""Ask the running bot the questions on standard input; one JSON line each comes back."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Annotated

import typer

from bot.cli.ask_client import ask_all
from bot.cli.questions import Question, read_jsonl, read_plain
from bot.settings import port_of

LINES = 'Lines are {"id": …, "conversation": …, "text": …}; "payload" or "form" may stand in place of "text".'

app = typer.Typer(add_completion=False)


@app.command()
def ask(
    url: Annotated[str | None, typer.Option(help="Where the bot runs, unless here at TANDEM_PORT.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help=LINES)] = False,
) -> None:
    """Ask the running bot the questions on standard input, one a line; write one JSON object a line."""
    try:
        questions = (read_jsonl if jsonl else read_plain)(sys.stdin.buffer)
        asyncio.run(_write_answers(url or f"http://127.0.0.1:{port_of(os.environ)}", questions))
    except BrokenPipeError:
        # Whoever read the answers has seen enough (head); nothing is left to flush at exit.
        sys.stderr.close()


async def _write_answers(url: str, questions: list[Question]) -> None:
    async for line in ask_all(url, questions):
        # As bytes: the lines are UTF-8 whatever the terminal's locale says.
        sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()
