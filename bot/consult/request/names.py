"""Names of people, as they come: "O'Brien", "Nguyen", "just Sam", "Will", "May", and not "how much"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from bot.consult.request.words import RequestWords
from bot.consult.text.patterns import words_of
from bot.consult.text.within import Span

MOST_WORDS = 6
SHORT_FORM = 2
"""An initial and its stop."""
FEW_WORDS = 3
"""A longer name has to be written as one."""
# A letter, and then anything but blanks, digits and signs: some scripts write vowels as marks.
_WORD = re.compile(r"[^\W\d_][^\s\d_,;:!?()\[\]{}\"<>@/\\|=+*&^%$#~]*")
_GAP = re.compile(r"[ \t]*")


class Names:
    """Finds names, with the lists of what is none."""

    def __init__(self, words: RequestWords) -> None:
        """Take the form's words."""
        self._words = words

    def behind(self, lead: str, text: str, strict: bool = False) -> Iterator[Span]:
        """Find the names behind what leads to one, ``sure_lead`` ("my name is") or ``likely_lead`` ("I'm").

        Args:
            lead: The list of what leads to a name.
            text: The message.
            strict: Whether a name has to be written as one.
        """
        for _, end in self._words.find(lead, text):
            if found := self._taken(text, end, strict, sure=lead == "sure_lead"):
                yield found

    def whole(self, text: str) -> str | None:
        """Return the name that a message is, or None."""
        name = self._words.stripped(text)
        if name in self._words.names_too:
            return name
        words = name.split()
        is_one = self._taken(name, 0) == (0, len(name))
        written = len(words) <= FEW_WORDS or all(map(self._is_written_as_name, words))
        return name if is_one and written else None

    def _taken(self, text: str, start: int, strict: bool = False, sure: bool = False) -> Span | None:
        """The words of a name from a place on, up to what can be no part of one."""

        def fits(place_and_word: tuple[int, re.Match[str]]) -> bool:
            place, word = place_and_word
            certain = sure and place == 0 and word[0][:1].isupper()
            return certain or self._may_continue(word[0], strict, place)

        kept = [word for _, word in takewhile(fits, enumerate(islice(self._words_from(text, start), MOST_WORDS)))]
        name = text[start : kept[-1].end()].rstrip(".'’-") if kept else ""
        return (start, start + len(name)) if name and not self._is_title(name) else None

    def _words_from(self, text: str, at: int) -> Iterator[re.Match[str]]:
        """The words in a row from a place on, up to the end of the sentence."""
        while word := _WORD.match(text, at):
            yield word
            if word[0].endswith(".") and not self._is_short_form(word[0]):
                return
            gap = _GAP.match(text, word.end())
            at = gap.end() if gap else word.end()

    def _may_continue(self, word: str, strict: bool, place: int) -> bool:
        if self._words.holds("particles", word) or self._words.holds("titles", word):
            return not strict or place > 0 or word[:1].isupper()
        return not self._words.holds("not_names", word) and not (strict and word[:1].islower())

    def _is_short_form(self, word: str) -> bool:
        """Whether the stop behind a word is its own ("Dr.", "J.") and not the sentence's."""
        return "." in word[:-1] or len(word) <= SHORT_FORM or self._words.holds("titles", word)

    def _is_title(self, name: str) -> bool:
        return all(self._words.holds("titles", word) for word in words_of(name).split())

    def _is_written_as_name(self, word: str) -> bool:
        return not word[:1].islower() or self._words.holds("particles", word) or self._words.holds("titles", word)
