"""The parts of a message that may each ask something: "how much is it and does it hurt"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.consult.text.patterns import any_of, first_match, words_as_regex, words_of
from bot.consult.types import Mention
from bot.yaml_lines import plain_yaml

FEWEST_WORDS = 2
MOST_UNSAID = 4
"""Up to so many words a part may ask without saying so ("botox for the lips"); a longer one beside a question tells."""
MOST_PARTS = 3
_MARKS = r"[?!.;]+\s+|\s*\n\s*|[?!;]+"


class PartFinder:
    """Splits messages with the words of data/language/parts.yml."""

    def __init__(self, path: Path) -> None:
        """Read the words."""
        lists: dict[str, list[str]] = plain_yaml(path)
        between, comma = words_as_regex(lists["between"]), words_as_regex(lists["behind_comma"])
        begins = rf",\s+(?=(?:{words_as_regex(lists['begin_a_question'])})\b)"
        self._seam = re.compile(rf"{_MARKS}|\s+(?:{between})\s+|,\s+(?:{comma})\s+|{begins}", re.IGNORECASE)
        lead_in = words_as_regex(lists["lead_in"])
        self._lead_in = re.compile(rf"^(?:(?:{lead_in})\s+)+", re.IGNORECASE)
        before, asks, verbs = (words_as_regex(lists[key]) for key in ("before_told", "ask", "ask_at_the_start"))
        self._asks = re.compile(rf"(?:{verbs})\b|.*\b(?:{asks})\b", re.IGNORECASE | re.DOTALL)
        self._told = re.compile(rf"(?:(?:{before})[ ,]+)*(?:{words_as_regex(lists['told'])})\b", re.IGNORECASE)
        self._denied = re.compile(
            rf"(?!(?:{words_as_regex(lists['not_denied'])})\b)(?:{words_as_regex(lists['denied'])})\b", re.IGNORECASE
        )
        self._about_the_rest = any_of(lists["about_the_rest"])
        self._wishes = re.compile(rf".*\b(?:{words_as_regex(lists['wished_for'])})\b", re.IGNORECASE | re.DOTALL)
        self._joins, self._openers = frozenset(lists["join_names"]), frozenset(lists["open_a_message"])
        self._says_when = re.compile(rf"(?:{words_as_regex(lists['says_when'])})\b[^,]*$", re.IGNORECASE)
        self._article = re.compile(rf"(?:{words_as_regex(lists['before_a_name'])})\s+", re.IGNORECASE)

    def parts(self, text: str, mentions: Sequence[Mention] = (), tells: bool = False) -> list[str]:
        """Return the parts that ask something; a message that cannot be split has none.

        Args:
            text: The message.
            mentions: The treatments named in it.
            tells: It tells a story: what does not ask plainly is a part of that.
        """
        parts = [(self._lead_in.sub("", part), asked) for part, asked in self._split(text, mentions)]
        parts = list(self._rejoined(parts))
        told_apart = any(self._surely_asks(*each) for each in parts)
        own = [each for each in parts if len(each[0].split()) >= FEWEST_WORDS and self._stands(each[0])]
        asking = [part for part, asked in own if self._is_question(part, asked, mentions, told_apart, tells)]
        return asking[:MOST_PARTS] if len(own) > 1 else []

    def _rejoined(self, parts: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
        """Put "ok?" and "is that enough?" behind what they ask about: a part that by itself asks nothing."""
        told = ""
        for part, asked in parts:
            if told and asked and not self._stands_alone(part):
                yield f"{told} {part}", True
                told = ""
                continue
            if told:
                yield told, False
            told = "" if self._surely_asks(part, asked) else part
            if not told:
                yield part, asked
        if told:
            yield told, False

    def _stands_alone(self, part: str) -> bool:
        return len(part.split()) >= FEWEST_WORDS and self._stands(part)

    def _stands(self, part: str) -> bool:
        return first_match(self._about_the_rest, words_of(part)) is None

    def _is_question(self, part: str, asked: bool, mentions: Sequence[Mention], told_apart: bool, tells: bool) -> bool:
        if self._denied.match(part) or self._only_names(part, mentions):
            return False
        if tells or asked:
            return asked
        return self._surely_asks(part, asked) or (not self._told.match(part) and self._may_ask(part, told_apart))

    def _surely_asks(self, part: str, asked: bool) -> bool:
        return asked or bool(self._asks.match(part))

    def _may_ask(self, part: str, told_apart: bool) -> bool:
        """Beside what surely asks, a longer part that asks for nothing tells something."""
        return not told_apart or len(part.split()) <= MOST_UNSAID or bool(self._wishes.match(part))

    def _only_names(self, part: str, mentions: Sequence[Mention]) -> bool:
        for mention in mentions:
            part = part.replace(mention.text, "")
        return set(part.lower().split()) <= self._joins or part.lower() in self._openers

    def _split(self, text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, bool]]:
        """Yield each part, and whether a question mark ends it."""
        start = 0
        for seam in self._seam.finditer(text):
            opener = seam[0].startswith(",") and self._says_when.match(text[start : seam.start()].strip())
            if not (opener or self._joins_a_pair(text, seam.span(), mentions)):
                yield text[start : seam.start()].strip(), "?" in seam[0]
                start = seam.end()
        yield text[start:].strip(), False

    def _joins_a_pair(self, text: str, seam: tuple[int, int], mentions: Sequence[Mention]) -> bool:
        """As in "Botox and microneedling", "le Botox et le microneedling"."""
        behind = self._article.match(text, seam[1])
        starts = (seam[1], behind.end() if behind else seam[1])
        return any(m.end == seam[0] for m in mentions) and any(m.start in starts for m in mentions)
