"""Understands how people choose by SMS: by number, by title, or by asking for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MORE = frozenset({"more", "plus", "suite"})


@dataclass(frozen=True)
class Choice:
    """One of the choices that an answer offered, in the order of their numbers."""

    title: str
    payload: str


@dataclass(frozen=True)
class Payload:
    """Somebody took a choice: the bot is told its payload."""

    payload: str
    title: str


@dataclass(frozen=True)
class More:
    """Somebody asks for what did not fit."""


def chosen(text: str, offered: Sequence[Choice], rest: str) -> Payload | More | None:
    """What a text chooses of what was offered; None where it is a message like any other.

    Args:
        text: What was written.
        offered: The choices that the last answer offered.
        rest: What "more" would send; empty where there is nothing more.
    """
    said = text.strip().strip(".!").strip().casefold()
    if said in MORE and rest:
        return More()
    by_word = {
        **{str(n): each for n, each in enumerate(offered, 1)},
        **{each.title.casefold(): each for each in offered},
    }
    found = by_word.get(said)
    return Payload(found.payload, found.title) if found else None
