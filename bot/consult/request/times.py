"""A time that suits somebody, as words: kept as typed for a person to read, never calculated with."""

from __future__ import annotations

import re

from bot.consult.request.types import TOKEN
from bot.consult.request.words import RequestWords
from bot.consult.text.within import Span, lowered

TIMES = ("date", "clock", "day", "part")
NEAR = 40
"""So many characters behind the wish to be reached a time may still belong to it."""
FEW = "{0,4}"
"""So many small words may stand before a word for a time ("any time on the")."""
FEW_LETTERS = 3
"""Beside a time, this many letters say nothing else."""


class Times:
    """Finds times, with the lists of the days and their parts."""

    def __init__(self, words: RequestWords) -> None:
        """Take the form's words."""
        self._words = words
        word, join = words.expression(*TIMES), words.expression("join")
        self._time = re.compile(rf"(?<!\w){word}")
        self._run = re.compile(rf"(?<!\w)(?:{join}){FEW}{word}(?:(?:{join}){FEW}{word})*")

    def any(self, text: str) -> bool:
        """Tell whether a text has a word for a time: a day, a part of it, the clock."""
        return self._time.search(lowered(text)) is not None

    def only(self, text: str) -> bool:
        """Tell whether nearly all of a text is a time."""
        left = self._words.without("suits", self._run.sub(" ", lowered(text)))
        return self.any(text) and sum(map(str.isalpha, left)) <= FEW_LETTERS and not any(map(str.isdigit, left))

    def to_reach(self, text: str) -> Span | None:
        """Find the time at which somebody asks to be reached ("call me after 5"); its place in the text."""
        folded = lowered(TOKEN.sub(lambda token: "X" * len(token[0]), text))  # a token's number is no hour
        for _, end in self._words.find("to_reach", folded):
            found = self._run.search(folded, end, end + NEAR)
            if found and not re.search(r"[.!?;\n]", folded[end : found.start()]):
                whole = self._run.match(folded, found.start()) or found
                return whole.start(), whole.start() + len(whole[0].rstrip(" ,"))
        return None
