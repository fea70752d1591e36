"""Phrases by kind, found anywhere in a message, with their places: for what people say around what they tell.

A phrase is words in a row. ``(a|b)`` is one of them, ``[a|b]`` one of them or nothing, ``word*`` a word that starts so,
``_`` any one word, ``..`` up to three and ``...`` up to eight, ``#`` a figure or an hour (5, 17h30), ``<kind>`` any
phrase of another list. Upper and lower case, accents, apostrophes and commas make no difference; a phrase ends with its
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from bot.consult.text.characters import fold

Lists = Mapping[str, Sequence[str]]
Span = tuple[int, int]
_SIGNS = re.compile(r"\.{2,3}|[()\[\]|]|<\w+>|[^\s()\[\]|<>]+")
_BETWEEN = r"[^\w.?!\[\n]*"
_ENDS = r"(?!\w|'t\b)"
_WORD = rf"\w+(?:'\w+)*(?!'?\w){_BETWEEN}"
_MARKS = {
    "(": "(?:",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "|": "|",
    "_": _WORD,
    "..": rf"(?:{_WORD}){{0,3}}?",
    "...": rf"(?:{_WORD}){{0,8}}?",
    "#": rf"\d{{1,2}}(?:[:.h]\d{{2}}|h)?(?!\d){_BETWEEN}",
    ":": r"\s*[:=]\s*",
}


class Within:
    """Lists of phrases by kind, ready to be looked for."""

    def __init__(self, lists: Lists) -> None:
        """Take the phrases of each kind."""
        self._lists = lists
        self._anywhere = cache(lambda kind: re.compile(rf"(?<!\w){self.expression(kind)}"))
        self._whole = cache(lambda kind: re.compile(rf"[\W_]*?{self.expression(kind)}[\W_]*"))

    def expression(self, *kinds: str) -> str:
        """Return a regular expression that any phrase of these kinds fits and nothing else, for ``lowered`` texts."""
        phrases = [self._of(phrase) for kind in kinds for phrase in self._lists[kind]]
        return f"(?:{'|'.join(phrases)})" if phrases else "(?!)"

    def find(self, kind: str, text: str, start: int = 0) -> Iterator[Span]:
        """Yield the places where a phrase of a kind stands, with the blanks behind it."""
        return (found.span() for found in self._anywhere(kind).finditer(lowered(text), start))

    def has(self, kind: str, text: str) -> bool:
        """Tell whether a phrase of a kind stands anywhere in a text."""
        return self._anywhere(kind).search(lowered(text)) is not None

    def start(self, kind: str, text: str) -> int:
        """Return where a phrase that a text begins with ends; 0 where it begins with none."""
        begun = re.match(r"[\W_]*", text)
        found = self._anywhere(kind).match(lowered(text), begun.end() if begun else 0)
        return found.end() if found else 0

    def is_all(self, kind: str, text: str) -> bool:
        """Tell whether a text is a phrase of a kind and nothing else but marks."""
        return self._whole(kind).fullmatch(lowered(text)) is not None

    def without(self, kind: str, text: str) -> str:
        """Return a text without the phrases of a kind."""
        return replaced(self._anywhere(kind), text, " ")

    def _of(self, phrase: str) -> str:
        return "".join(self._sign(sign) for sign in _SIGNS.findall(lowered(phrase)))

    def _sign(self, sign: str) -> str:
        if sign in _MARKS:
            return _MARKS[sign]
        if sign[0] == "<":
            return self.expression(sign[1:-1])
        literal = re.escape(sign.rstrip("*")).replace("'", "'?")
        return literal + (r"\w*" if sign[-1] == "*" else _ENDS if sign[-1].isalnum() else "") + _BETWEEN


@lru_cache(maxsize=64)
def lowered(text: str) -> str:
    """Return a text in lower case without accents; no offset moves."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in fold(text))


def replaced(pattern: re.Pattern[str], text: str, by: str) -> str:
    """Put something in place of whatever a pattern for lowered texts fits."""
    for found in reversed(list(pattern.finditer(lowered(text)))):
        text = f"{text[: found.start()]}{by}{text[found.end() :]}"
    return text


def joined(lists: Mapping[str, Mapping[str, Sequence[str]]]) -> Lists:
    """Return lists that a file keeps by language as one list each."""
    return {kind: [str(phrase) for phrases in by.values() for phrase in phrases] for kind, by in lists.items()}
