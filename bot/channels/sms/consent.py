"""Whether a text is a wish about getting texts at all: a keyword that carriers know, or the same in plain words.

The words are data (data/language/texting.yml). A keyword counts alone, with courtesies around it and with what says
nothing beside it: a second "stop", a name below it, "wrong number". Inside a question it is a word like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.consult.text.patterns import WholeMessages, words_of
from bot.consult.types import Language
from bot.settings import PROJECT_ROOT

Action = Literal["stop", "start", "help"]
IN_WORDS = "words"
"""Stands in the audit for a keyword where the wish was said in a sentence."""
FILE = PROJECT_ROOT / "data" / "language" / "texting.yml"
_COURTESIES = 3
"""So many may stand on each side of a wish."""
_SIGNATURE = 3
"""So many words a name below a wish may have."""
APART = frozenset("\n-–—")
"""What a name below a wish is set apart by."""
_MARKS = re.compile(r"([.!?;,:\n]+|\s+[-–—]+\s*|^[-–—]+)", re.MULTILINE)
_QUOTATION = re.compile(r"(?P<said>[^\"“”«»]+)[\"“”«].*", re.DOTALL)


@dataclass(frozen=True)
class Wish:
    """What somebody wishes about getting texts."""

    action: Action
    keyword: str
    """As the audit keeps it."""
    language: Language | None
    """That of the keyword; None where it is both's."""


def wish_of(text: str) -> Wish | None:
    """The wish that a text is as a whole, else None."""
    return _consent().wish_of(text)


def has_wish_to_stop(text: str) -> bool:
    """Whether a text says in words, beside other things, that it wants no more texts."""
    return _consent().says_stop(text)


def has_keyword_to_stop(text: str) -> bool:
    """Whether a part of a text is a keyword to stop: beside a red flag, which is answered first, it stands too."""
    return _consent().has_keyword(text)


def is_reaction(text: str) -> bool:
    """Whether a text is a reaction to one of ours, which a phone puts into words."""
    return _consent().is_reaction(text)


@dataclass(frozen=True)
class _Part:
    """A part of a text: its words alone, and whether it may be a name below the others."""

    words: str
    stands_apart: bool


class _Consent:
    def __init__(self, said: Mapping[str, Any]) -> None:
        self._wishes: dict[str, Wish] = dict(_wishes(said))
        self._plain = {phrase for phrases in said["stop"].values() for phrase in phrases}
        self._kinds = WholeMessages([(kind, _polite(kind, said["courtesies"])) for kind in self._wishes])
        self._beside = WholeMessages([("beside", phrase) for phrase in said["beside"]])
        self._reactions = WholeMessages([("reaction", phrase) for phrase in said["reactions"]])
        self._to_pictures = WholeMessages([("reaction", phrase) for phrase in said["reactions_to_pictures"]])
        self._courtesies = WholeMessages([("courtesy", _several(each)) for each in said["courtesies"].values()])

    def wish_of(self, text: str) -> Wish | None:
        parts = list(_parts(text))
        wishes = [self._wish(part) for part in parts]
        found = [wish for wish in wishes if wish]
        says_more = any(not (wish or self._says_nothing(part)) for part, wish in zip(parts, wishes, strict=True))
        return None if not found or says_more or len({wish.action for wish in found}) > 1 else found[0]

    def says_stop(self, text: str) -> bool:
        return any(self._kinds.kind(part.words) in self._plain for part in _parts(text))

    def has_keyword(self, text: str) -> bool:
        found = (self._wish(part) for part in _parts(text))
        return any(wish.action == "stop" and wish.keyword != IN_WORDS for wish in found if wish)

    def is_reaction(self, text: str) -> bool:
        if self._to_pictures.kind(words_of(text)):
            return True
        quoted = _QUOTATION.fullmatch(text.strip())
        return bool(quoted and self._reactions.kind(words_of(quoted["said"])))

    def _wish(self, part: _Part) -> Wish | None:
        kind = self._kinds.kind(part.words)
        return self._wishes[kind] if kind else None

    def _says_nothing(self, part: _Part) -> bool:
        is_name = part.stands_apart and len(part.words.split()) <= _SIGNATURE and not any(map(str.isdigit, part.words))
        return is_name or bool(self._beside.kind(part.words) or self._courtesies.kind(part.words))


@lru_cache(maxsize=1)
def _consent(file: Path = FILE) -> _Consent:
    return _Consent(yaml.safe_load(file.read_text(encoding="utf-8")))


def _wishes(said: Mapping[str, Any]) -> Iterator[tuple[str, Wish]]:
    """Each wish by the phrase that is it."""
    for action, by_language in said["keywords"].items():
        for language, keywords in by_language.items():
            for keyword in keywords:
                yield keyword, Wish(action, keyword.upper(), None if language == "both" else language)
    for kind in ("stop", "stop_alone"):
        for language, phrases in said[kind].items():
            yield from ((phrase, Wish("stop", IN_WORDS, language)) for phrase in phrases)


def _polite(phrase: str, courtesies: Mapping[str, list[str]]) -> str:
    """A wish with courtesies around it."""
    return f"[{_several(courtesies['before'])}] ({phrase}) [{_several(courtesies['after'])}]"


def _several(phrases: list[str]) -> str:
    """One of some phrases, or a few of them in a row."""
    either = "|".join(phrases)
    return f"({either})" + f" [{either}]" * (_COURTESIES - 1)


def _parts(text: str) -> Iterator[_Part]:
    """The parts of a text that have words; "stop stop stop" is one word."""
    before, pieces = "", _MARKS.split(text)
    for said, after in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        words = words_of(said).split()
        once = [word for word, last in zip(words, ["", *words], strict=False) if word != last]
        if once:
            apart = bool(set(before) & APART) and "?" not in after
            yield _Part(" ".join(once), apart)
        before = after if once else before + after
