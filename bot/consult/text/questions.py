"""The question of a long message, apart from its story.

The sentence that asks most plainly counts, the last of several; one of a few words takes the sentences before it
along ("Both in one visit, then. Possible?"). The words are data (data/language/parts.yml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.consult.text.patterns import words_as_regex
from bot.consult.types import Mention
from bot.yaml_lines import plain_yaml

LONG = 25
"""A message of fewer words is its own question."""
FEWEST_WORDS = 4
"""A question of fewer words says nothing alone."""
TAKES_UP = range(3, 11)
"""So many words before a question may take up what was said; fewer change nothing."""
_SEAM = re.compile(r"(?<=[.?!;…])[\"”')]*\s+|\s*\n\s*")
_ENDS_ASKING = re.compile(r"\?[\s\"”')?!.]*$")


@dataclass(frozen=True)
class Question:
    """What a long message asks."""

    text: str
    """The asking sentence."""
    gist: str
    """The same with every sentence that names a treatment."""


class QuestionFinder:
    """Finds the question among the sentences of a message."""

    def __init__(self, path: Path) -> None:
        """Read the words that open a question, and those that ask without one."""
        lists: dict[str, list[str]] = plain_yaml(path)
        leads, opens, requests, accepts = (
            words_as_regex(lists[key]) for key in ("lead_to_a_question", "open_a_question", "request", "accept")
        )
        self._opens = re.compile(rf"(?:(?:{leads})\b[\s,.:-]*)*(?:{opens})\b", re.IGNORECASE)
        self._accepts = re.compile(
            rf"(?:{accepts})\b(?!\W+(?:{leads})\b)[^?]*?(?:[.!;,…]+|\s-)\s+(?={self._opens.pattern})", re.IGNORECASE
        )
        self._requests = re.compile(rf"\b(?:{requests})\b", re.IGNORECASE)

    def find(self, text: str, mentions: Sequence[Mention]) -> Question | None:
        """Return the question of a long message, or behind what takes up an answer; None where all of it asks."""
        if len(text.split()) < LONG:
            return self._behind_acceptance(text, mentions)
        spans = list(_sentences(text))
        asked = self._asked([text[start:end] for start, end in spans])
        named = [span for i, span in enumerate(spans) if i in asked or _names(span, mentions)]
        return Question(_joined(text, [spans[i] for i in asked]), _joined(text, named)) if asked else None

    def _behind_acceptance(self, text: str, mentions: Sequence[Mention]) -> Question | None:
        """As in "ok the 28th then. How much is it?"."""
        taken_up = self._accepts.match(text)
        if not taken_up or len(taken_up[0].split()) not in TAKES_UP or _names(taken_up.span(), mentions):
            return None
        question = text[taken_up.end() :]
        return Question(question, question)

    def _asked(self, sentences: Sequence[str]) -> range:
        """The places of the sentences that make up the question."""
        plainness = [self._plainness(sentence) for sentence in sentences]
        if len(sentences) < 2 or not any(plainness):
            return range(0)
        last = max(range(len(sentences)), key=lambda i: (plainness[i], i))
        return range(_first_of(last, sentences), last + 1)

    def _plainness(self, sentence: str) -> int:
        """How plainly a sentence asks: 0 where it does not."""
        marked, opened = bool(_ENDS_ASKING.search(sentence)), bool(self._opens.match(sentence))
        if marked and (opened or len(sentence.split()) <= FEWEST_WORDS):
            return 3
        return 2 if marked or opened else int(bool(self._requests.search(sentence)))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for seam in _SEAM.finditer(text):
        if text[start : seam.start()].strip():
            yield start, seam.start()
            start = seam.end()
    if text[start:].strip():
        yield start, len(text)


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _first_of(last: int, sentences: Sequence[str]) -> int:
    """Where the question begins that ends with the last of its sentences."""
    words = 0
    for first in range(last, -1, -1):
        words += len(sentences[first].split())
        if words >= FEWEST_WORDS:
            return first
    return 0


def _names(span: tuple[int, int], mentions: Sequence[Mention]) -> bool:
    return any(span[0] <= mention.start < span[1] for mention in mentions)
