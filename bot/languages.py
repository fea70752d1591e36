"""The languages that the bot speaks: a list that is data, with what Babel does not know of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from babel import Locale

from bot.yaml_lines import Entry, read_yaml

FILE = Path(__file__).parents[1] / "data" / "language" / "languages.yml"
Word = Literal["and", "or", "to", "at", "on_day", "closed"]
WORDS: tuple[Word, ...] = get_args(Word)
HINT = "language"
"""The entry of a message's metadata that hints at its language."""


@dataclass(frozen=True)
class SpokenLanguage:
    """A language, and how it says days, hours and numbers."""

    id: str
    name: str
    """What staff read."""
    locale: Locale
    day: str
    long_day: str
    moment: str
    clock: str
    quoted: str
    """How a name is put in quotation marks."""
    words: Mapping[str, str]
    numbers: tuple[str, ...]
    """From one on, as they count weeks."""

    def word(self, word: Word) -> str:
        """A small word between names, days or hours."""
        return self.words[word]

    def joined(self, names: list[str], word: Word = "and") -> str:
        """Names with a small word between them."""
        return f" {self.words[word]} ".join(names)


def read_languages(file: Path) -> dict[str, SpokenLanguage]:
    """The languages of a file by their ids, the default first.

    Raises:
        FileError: Something is missing, or not known.
    """
    return {name: _language(name, entry) for name, entry in read_yaml(file).pairs().items()}


def languages() -> Mapping[str, SpokenLanguage]:
    """The languages that the bot speaks, the default first."""
    return _read(FILE)


def ids() -> tuple[str, ...]:
    """The ids of the languages, the default first."""
    return tuple(languages())


def spoken(language: object) -> str:
    """A language that the bot speaks: the one that is wished, or else the default."""
    return language if isinstance(language, str) and language in languages() else ids()[0]


def hinted(metadata: Mapping[str, object] | None) -> str | None:
    """The language that a message's channel hints at; None where the bot does not speak it."""
    hint = (metadata or {}).get(HINT)
    return hint if isinstance(hint, str) and hint in languages() else None


def of(language: object) -> SpokenLanguage:
    """How a language says things; the default's where the bot does not speak it."""
    return languages()[spoken(language)]


@lru_cache(maxsize=4)
def _read(file: Path) -> dict[str, SpokenLanguage]:
    return read_languages(file)


def _language(name: str, entry: Entry) -> SpokenLanguage:
    fields = entry.fields(("name", "locale", "day", "long_day", "moment", "clock", "quoted", "words", "numbers"))
    return SpokenLanguage(
        id=name,
        name=fields["name"].text(),
        locale=Locale.parse(fields["locale"].text()),
        day=fields["day"].text(),
        long_day=fields["long_day"].text(),
        moment=fields["moment"].text(),
        clock=fields["clock"].text(),
        quoted=fields["quoted"].text(),
        words={word: text.text() for word, text in fields["words"].fields(WORDS).items()},
        numbers=fields["numbers"].texts(),
    )
