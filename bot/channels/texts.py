"""What the channels say themselves: data/wording/channels.yml, each text in every language that the bot speaks.

They stand apart from the domain's responses because they must go out when Rasa does not answer.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot import languages
from bot.consult.types import Language
from bot.knowledge.reading.common import signature
from bot.knowledge.types import Review
from bot.translations import FOLDER
from bot.yaml_lines import Entry, read_yaml

FILE = FOLDER / "channels.yml"
REVIEWED = "translation_reviewed"


def said(name: str, language: Language, **values: str) -> str:
    """Return a text in a language, filled in."""
    return channel_texts(FILE)[name][languages.spoken(language)].format(**values)


def review() -> Review:
    """Who checked the translations."""
    by, on = signature(read_yaml(FILE).pairs()[REVIEWED])
    return Review(f"wording/{FILE.name}", translation_needed=True, translation_by=by, translation_on=on)


@lru_cache(maxsize=4)
def channel_texts(file: Path) -> dict[str, dict[Language, str]]:
    """Read the texts by name and language.

    Raises:
        FileError: One lacks a language, or has one that the bot does not speak.
    """
    texts = {name: entry for name, entry in read_yaml(file).pairs().items() if name != REVIEWED}
    return {name: {each: text.text() for each, text in _spoken(entry).items()} for name, entry in texts.items()}


def _spoken(entry: Entry) -> dict[str, Entry]:
    return entry.fields(languages.ids())
