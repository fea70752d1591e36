"""The bot's words in other languages: data/wording/LANGUAGE.yml, put beside the English responses of domain.yml.

A translation names neither channels nor buttons of its own: it gives a text for each text that the domain has, and a
title for each title. Rasa chooses by the slot ``language``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot import languages
from bot.knowledge.reading.common import signature
from bot.knowledge.types import Review
from bot.yaml_lines import Entry, read_yaml

FOLDER = Path(__file__).parents[1] / "data" / "wording"
EVERYWHERE = "text"
"""What a text is called that has no channel."""
CHANNELS = (EVERYWHERE, "sms", "shell")
Responses = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Translation:
    """The bot's words in one language."""

    language: str
    buttons: Mapping[str, Entry]
    """The titles by the English ones."""
    responses: Mapping[str, Entry]
    names: Mapping[str, Entry]
    """The responses' names, where they stand."""
    review: Review

    def texts(self, response: str) -> dict[str, Entry]:
        """A response's texts by channel."""
        entry = self.responses[response]
        return entry.fields((), CHANNELS) if entry.is_mapping else {EVERYWHERE: entry}


def translations(folder: Path = FOLDER) -> tuple[Translation, ...]:
    """The words of every language that the bot speaks beside the default.

    Raises:
        FileError: A file is missing, or holds something else.
    """
    return tuple(_translation(language, folder / f"{language}.yml") for language in languages.ids()[1:])


def translated(domain: Mapping[str, Any], folder: Path = FOLDER) -> dict[str, Any]:
    """Return a domain whose responses are said in every language.

    Args:
        domain: The domain with its English responses, as ``domain.yml`` has them.
        folder: Where the other languages stand.
    """
    known = translations(folder)
    said = {name: [*texts, *_said(name, texts, known)] for name, texts in domain["responses"].items()}
    return {**domain, "responses": said}


def _said(name: str, texts: list[dict[str, Any]], known: tuple[Translation, ...]) -> Iterator[dict[str, Any]]:
    for translation in known:
        own = translation.texts(name) if name in translation.responses else {}
        for text in texts:
            if found := own.get(text.get("channel", EVERYWHERE)):
                yield _variation(text, found, translation)


def _variation(text: Mapping[str, Any], found: Entry, translation: Translation) -> dict[str, Any]:
    """An English text's place, channel and buttons, in another language."""
    said = {**deepcopy(dict(text)), "text": found.text()}
    for button in said.get("buttons", ()):
        button["title"] = translation.buttons[button["title"]].text()
    return {**said, "condition": [{"type": "slot", "name": "language", "value": translation.language}]}


def _translation(language: str, file: Path) -> Translation:
    return _read(language, file, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=8)
def _read(language: str, file: Path, changed: int) -> Translation:
    fields = read_yaml(file).fields(("translation_reviewed", "buttons", "responses"))
    by, on = signature(fields["translation_reviewed"])
    review = Review(f"wording/{file.name}", translation_needed=True, translation_by=by, translation_on=on)
    return Translation(
        language, fields["buttons"].pairs(), fields["responses"].pairs(), fields["responses"].names(), review
    )
