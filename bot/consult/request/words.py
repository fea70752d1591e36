"""The fixed words of the form: yes and no, ways to end it, to skip a field; and what cannot be a name.

The lists are data (data/language/request.yml); a message counts only as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import yaml

from bot.consult.text.characters import fold
from bot.consult.text.patterns import any_of, first_match, is_pattern

_WORDS = re.compile(r"[\w'&/\-]+|[^\w\s.,!?;:()\"]")


_DRAWN_AS_PICTURE = "\ufe0f"


class RequestWords:
    """The lists of data/language/request.yml, ready to be asked."""

    def __init__(self, path: Path) -> None:
        """Read the lists."""
        lists: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._openers = sorted((plain(text) for text in lists.pop("openers")), key=len, reverse=True)
        self._closers = sorted((plain(text) for text in lists.pop("closers") if plain(text)), key=len, reverse=True)
        self.not_names = frozenset(plain(text) for text in lists.pop("not_names"))
        self.particles = frozenset(plain(text) for text in lists.pop("particles"))
        self.titles = frozenset(plain(text) for text in lists.pop("titles"))
        self._kinds = {
            kind: frozenset(plain(text) for text in texts if not is_pattern(text)) for kind, texts in lists.items()
        }
        self._patterns = {kind: any_of(filter(is_pattern, texts)) for kind, texts in lists.items()}

    def says(self, kind: str, text: str) -> bool:
        """Tell whether the whole message is of a kind: ``yes``, ``no``, ``stop``, ``skip``, ``thanks``, ``bye`` …"""
        whole = plain(text)
        forms = {whole, *(self._shorter(whole, ends) for ends in ((True, True), (False, True), (True, False)))}
        pattern = self._patterns[kind]
        return bool(forms & self._kinds[kind]) or any(first_match(pattern, form) is not None for form in forms)

    def stripped(self, text: str) -> str:
        """Return a message without the words that only lead in or out, as typed."""
        text = _without_pictures(text).strip(' \t\n.,;:!-"()')
        while True:
            shorter = self._without_opener(self._without_closer(text)).strip(' \t\n,;:!-"()')
            if shorter == text or not shorter:
                return text
            text = shorter

    def _shorter(self, whole: str, ends: tuple[bool, bool]) -> str:
        front, back = ends
        while True:
            shorter = self._cut_closer(self._cut_opener(whole) if front else whole) if back else self._cut_opener(whole)
            if shorter == whole:
                return whole
            whole = shorter

    def _cut_opener(self, whole: str) -> str:
        return next((whole[len(o) + 1 :] for o in self._openers if whole.startswith(o + " ")), whole)

    def _cut_closer(self, whole: str) -> str:
        return next((whole[: -len(c) - 1] for c in self._closers if whole.endswith(" " + c)), whole)

    def _without_opener(self, text: str) -> str:
        found = (re.match(rf"{_loose(opener)}(?=[\s,.:;!-])", text, re.IGNORECASE) for opener in self._openers)
        return next((text[match.end() :] for match in found if match), text)

    def _without_closer(self, text: str) -> str:
        found = (re.search(rf"[\s,.:;!]{_loose(closer)}$", text, re.IGNORECASE) for closer in self._closers)
        return next((text[: match.start()] for match in found if match), text)


def plain(text: str) -> str:
    """Return a text's words in lower case without accents, as the lists are compared."""
    return " ".join(_WORDS.findall(fold(text).lower()))


def _without_pictures(text: str) -> str:
    """A text without the pictures at its ends."""
    start = next((i for i, c in enumerate(text) if not _is_picture(c)), len(text))
    end = next((i for i in range(len(text), start, -1) if not _is_picture(text[i - 1])), start)
    return text[start:end]


def _is_picture(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk", "Zs", "Cf") or character == _DRAWN_AS_PICTURE


def _loose(words: str) -> str:
    """A pattern for plain words in a text that still has its accents folded away or not."""
    return re.escape(words).replace(r"\ ", r"\s+")
