"""The terminal of ``rasa shell``: it asks, shows that an answer is on its way, and leaves at Ctrl-D or Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import textwrap
from typing import Any

from prompt_toolkit import PromptSession

PROMPT = "You: "
WAITING = "..."
CLEARED = "\r\x1b[K"
"""Goes back to the start of the line and empties it."""
INTERRUPTED = 128 + signal.SIGINT
"""The status of a program that Ctrl-C has ended."""
Message = dict[str, Any]


async def ask(previous_response: Message | None) -> str | None:
    """Show what the bot said last, and ask for the next question; None where there is to be none."""
    if previous_response is not None:
        show(previous_response)
    try:
        question = await _question()
    except (EOFError, KeyboardInterrupt):
        return None
    # While an answer is made, Ctrl-C leaves at once: whatever a turn stores, it stores whole.
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, _leave)
    print(WAITING, end="", flush=True)
    return question


async def read_line(previous_response: Message | None) -> str | None:
    """Print what the bot said and read the next question from a script; None at its end."""
    if previous_response is not None:
        show(previous_response)
    line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    return line.strip() if line else None


def show(message: Message, *_: object, **__: object) -> None:
    """Print a message of the bot at the width of the terminal."""
    start = CLEARED if sys.stdout.isatty() else ""
    print(start + wrapped(message.get("text") or "", shutil.get_terminal_size().columns), flush=True)


def wrapped(text: str, width: int) -> str:
    """Break a text between words, each of its lines for itself; what belongs to a line stands under its beginning."""
    return "\n".join(_lines(line, width) for line in text.split("\n"))


def _lines(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip(" >")))
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _leave() -> None:
    print(flush=True)
    os._exit(INTERRUPTED)


async def _question() -> str:
    session: PromptSession[str] = PromptSession()
    while True:
        question = (await session.prompt_async(PROMPT)).strip()
        if question:
            return question
