"""Turns what the bot said in a turn into one text message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.sms.choices import Choice
from bot.consult.types import Language

TWO_SEGMENTS = 306


@dataclass(frozen=True)
class Rendered:
    """A text message, and what the sender may answer to it."""

    text: str
    choices: tuple[Choice, ...] = ()
    rest: str = ""
    """What "more" sends; empty where everything was said."""


def render(messages: Sequence[Mapping[str, Any]], language: Language, room: int = TWO_SEGMENTS) -> Rendered:
    """One text for all that was said in a turn.

    Args:
        messages: What the bot said, as its output channel got it: ``text``, ``buttons``, ``answer`` with its sources.
        language: The answer's language.
        room: The most characters that the text may have.
    """
    text = " ".join(str(message["text"]) for message in messages if message.get("text"))
    buttons = [button for message in messages for button in message.get("buttons") or []]
    choices = tuple(Choice(str(b["title"]), str(b.get("payload") or b["title"])) for b in buttons)
    reply = "".join(f" {number} {choice.title}" for number, choice in enumerate(choices, 1))
    offer = f"{' Reply' if language == 'en' else ' Répondez'}{reply}" if choices else ""
    return Rendered(_cut(text, room - len(offer)) + offer, choices, text[len(_cut(text, room - len(offer))) :].strip())


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[:room].rpartition(" ")[0]
