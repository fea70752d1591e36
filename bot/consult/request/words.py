"""The words of the form: data/language/request*.yml, each list by language, asked of a whole message or within it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from bot.consult.dates.vocabulary import calendar_words
from bot.consult.text.patterns import words_of
from bot.consult.text.within import Within, joined, lowered
from bot.yaml_lines import plain_yaml

FILES = "request*.yml"
_AT_THE_ENDS = ' \t\n.,;:!-"()\ufe0f'
_MARKS = r"[\W_]"


class RequestWords(Within):
    """The lists of every file, ready to be asked."""

    def __init__(self, folder: Path) -> None:
        """Read the lists of the language folder."""
        lists = joined({kind: by for file in sorted(folder.glob(FILES)) for kind, by in plain_yaml(file).items()})
        super().__init__({**lists, **calendar_words(folder / "dates")})
        self._sets = {kind: frozenset(map(words_of, lists[kind])) for kind in ("not_names", "particles", "titles")}
        self.names_too = frozenset(lists["names_too"])
        self._opener = re.compile(rf"{_MARKS}*{self.expression('openers')}{_MARKS}*(?=\w)")
        self._closer = re.compile(rf"(?<=\w){_MARKS}+{self.expression('closers')}{_MARKS}*$")

    def holds(self, kind: str, word: str) -> bool:
        """Tell whether a word is of a list of plain words."""
        return words_of(word) in self._sets[kind]

    def says(self, kind: str, text: str) -> bool:
        """Tell whether the whole message is of a kind: ``yes``, ``no``, ``stop``, ``skip``, ``thanks``, ``bye`` …"""
        return any(self.is_all(kind, form) for form in self._forms(text))

    def asks(self, text: str) -> bool:
        """Tell whether a text is a question by its mark or its first words."""
        return "?" in text or self.start("asks", text) > 0

    def stripped(self, text: str) -> str:
        """Return a message without the marks and words that only lead in or out, as typed."""
        return _without_marks(list(self._forms(text))[-1])

    def _forms(self, text: str) -> Iterator[str]:
        """The message as it is, without what leads in, without what leads out, without either."""
        yield text
        yield (later := self._behind_openers(text))
        yield self._before_closers(text)
        yield self._before_closers(later)

    def _behind_openers(self, text: str) -> str:
        while found := self._opener.match(lowered(text)):
            text = text[found.end() :]
        return text

    def _before_closers(self, text: str) -> str:
        while found := self._closer.search(lowered(text)):
            text = text[: found.start()]
        return text


def _without_marks(text: str) -> str:
    """A text without the marks and pictures at its ends; a letter of some scripts ends in a sign that is none."""
    kept = [place for place, character in enumerate(text) if not _is_mark(character)]
    return text[kept[0] : kept[-1] + 1] if kept else text.strip()


def _is_mark(character: str) -> bool:
    return character in _AT_THE_ENDS or unicodedata.category(character) in ("So", "Sk", "Zs", "Cf")
