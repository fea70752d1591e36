"""Messages that mean something only after an earlier turn: "why?", "and the other way round?", "says who?".

The lists are data (data/language/follow_ups.yml); a message counts only as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import filterfalse
from pathlib import Path

from bot.consult.text.patterns import WholeMessages, words_of
from bot.consult.text.word_lists import lists_of

_ASKED = "?"
MOST_DIGITS = 3
MOST_WORDS = 16
"""A longer message is never a follow-up as a whole."""


def _is_asked(listed: tuple[str, str]) -> bool:
    return listed[1].endswith(_ASKED)


class FollowUps:
    """Recognises the kind of a follow-up message, such as ``why`` or ``source``."""

    def __init__(self, path: Path) -> None:
        """Read the lists of whole messages by kind from a YAML file."""
        lists = lists_of(path)
        self._openers, self._closers = (list(map(words_of, lists.pop(key))) for key in ("openers", "closers"))
        listed = [(kind, phrase) for kind, phrases in lists.items() for phrase in phrases]
        self._signs = {phrase: kind for kind, phrase in listed if not words_of(phrase)}
        self._said = WholeMessages(filterfalse(_is_asked, listed))
        self._asked = WholeMessages(filter(_is_asked, listed))

    def kind(self, text: str) -> str | None:
        """Return the kind of follow-up that the whole message is, or None."""
        asked = text.rstrip(" !.").endswith(_ASKED)
        if not words_of(text):
            return next((kind for sign, kind in self._signs.items() if sign in text), None)
        return next((kind for form in self._forms(words_of(text)) if (kind := self._kind(form, asked))), None)

    def figure(self, text: str) -> int | None:
        """Return the number that is all that a message says ("12?", "ok 15 then"), or None."""
        figures = (form for form in self._forms(words_of(text)) if form.isdecimal() and len(form) <= MOST_DIGITS)
        return next(map(int, figures), None)

    def _kind(self, plain: str, asked: bool) -> str | None:
        return (self._asked.kind(plain) if asked else None) or self._said.kind(plain)

    def _forms(self, plain: str) -> Iterator[str]:
        """Return a message with ever fewer of the words that lead in or out, the longest form first."""
        forms = [plain] if plain and len(plain.split()) <= MOST_WORDS else []
        for form in forms:
            yield form
            forms += [shorter for shorter in self._shorter(form) if shorter not in forms]

    def _shorter(self, plain: str) -> Iterator[str]:
        for opener in self._openers:
            if plain.startswith(opener + " "):
                yield plain[len(opener) + 1 :]
        for closer in self._closers:
            if plain.endswith(" " + closer) and plain[: -len(closer) - 1] not in self._openers:
                yield plain[: -len(closer) - 1]  # what only leads in says nothing alone: "ok then" is no "ok"
