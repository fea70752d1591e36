"""What every part of the date grammar shares: a message as a line of codes, and rules that rewrite it.

The line holds one piece for each word, figure and mark: a code of the vocabulary (``M11``, ``WEEKS``, ``AGO``), a
figure as it stands, or the word itself where it has no code; a blank lies between any two. What a rule recognises
becomes one piece, ``@d0``: its shape and its place among the drafts; rules of later stages build on those.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from bot.consult.types import Period, Tense, TimeExpression

Match = re.Match[str]
Readings = tuple[Period, ...]
Shape = Literal["d", "w", "v", "t", "a", "k", "m", "p", "l", "i", "f", "n"]
"""d a date, w a weekday, v a weekday and which one, t a day named from today, a so long ago, k a week, m a month,
p another period, l a length, i a length that may be an idiom ("one day"), f a day that counts from the date before
it, n no time at all."""


@dataclass(frozen=True)
class Draft:
    """What a stretch of the line means so far."""

    shape: Shape
    readings: Readings = ()
    alternatives: Readings = ()
    days: tuple[int, int] | None = None
    tense: Tense | None = None
    doubtful: bool = False
    rough: bool = False
    """Said to be about right: vague although one reading may be a single day."""
    in_years: bool = False
    """Counted in whole years, which are rounded."""
    step: Callable[[date], Period] | None = None
    """How it is counted from the date before it."""
    at: str | int = 0
    """The group of the match that it stands for."""

    @property
    def is_vague(self) -> bool:
        """Whether no single day or number of days is meant."""
        counted = self.days is not None and self.days[0] != self.days[1]
        return self.rough or counted or any(not period.is_day for period in self.readings)

    @property
    def is_impossible(self) -> bool:
        """Whether no calendar has it."""
        return self.days is None and not self.readings

    def expression(self, text: str, start: int, end: int) -> TimeExpression:
        """Place it in the message."""
        return TimeExpression(
            "point" if self.days is None else "length",
            text[start:end],
            start,
            end,
            self.readings,
            self.alternatives,
            self.days,
            self.tense,
            self.doubtful,
            self.is_vague,
            self.is_impossible,
            self.step is not None,
        )


@dataclass(frozen=True)
class Piece:
    """A code, a figure, a mark or a word, with its place in the message."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """A message on its way from words to drafts."""

    pieces: tuple[Piece, ...]
    today: date
    drafts: tuple[Draft, ...] = ()

    @cached_property
    def text(self) -> str:
        """The codes with a blank between any two."""
        return " ".join(piece.code for piece in self.pieces)

    @cached_property
    def _ends(self) -> list[int]:
        ends, at = [], -1
        for piece in self.pieces:
            at += len(piece.code) + 1
            ends.append(at)
        return ends

    def draft(self, code: str) -> Draft:
        """Return what a piece of the line stands for."""
        return self.drafts[int(code[2:])]

    def places(self, span: tuple[int, int]) -> tuple[int, int]:
        """Turn a stretch of the text into the first piece and the one after the last."""
        return bisect_left(self._ends, span[0] + 1), bisect_left(self._ends, span[1]) + 1

    def replaced(self, found: Iterable[tuple[tuple[int, int], Draft]]) -> Line:
        """Put one piece in the place of each draft; the longest of those that overlap counts."""
        pieces, drafts, taken = list(self.pieces), list(self.drafts), set[int]()
        kept = []
        for places, draft in sorted(found, key=lambda each: (each[0][0] - each[0][1], each[0][0])):
            if taken.isdisjoint(stretch := range(*places)):
                taken.update(stretch)
                kept.append((places, draft))
        for (first, last), draft in sorted(kept, key=lambda each: each[0], reverse=True):
            pieces[first:last] = [Piece(f"@{draft.shape}{len(drafts)}", pieces[first].start, pieces[last - 1].end)]
            drafts.append(draft)
        return Line(tuple(pieces), self.today, tuple(drafts)) if kept else self


Build = Callable[[Match, Line], "Iterable[Draft] | Draft | None"]
Table = Mapping[str, Sequence[tuple[str, Build]]]
"""Patterns and what to make of them, by what a line must hold for any of them."""

_MACROS = {
    "{month}": r"M(?P<month>\d\d)",
    "{day}": r"O?(?P<day>\d{1,2})",
    "{year}": r"(?:(?: ,)?(?: OF| IN)? (?P<year>(?:19|20)\d\d|'\d\d)|(?: ,)?(?: OF)? (?P<near>LAST|THIS|NEXT) YEAR)?",
    "{weekday}": r"W(?P<weekday>\d)",
    "{unit}": r"(?P<unit>MINUTE|HOUR|DAY|WORKDAY|WEEK|FORTNIGHT|FIFTEENDAY|TENDAY|MONTH|YEAR)S?",
    "{num}": r"(?:\d{1,3}(?:\.\d)?|N\d+)",
    "{the}": r"(?:THE |LE )?",
    "{part}": r"(?: DAYPART)?",
    "{and}": r"(?:(?: ,)? (?:AND|OR|PLUS)| ,)(?: DOUBT)? ",
    "{to}": r" (?:-|TO|AU|A) ",
    "{of}": r"(?:OF|DU)",
    "{no_unit}": r"(?! (?:ISH |- )?(?:THING|(?:MINUTE|HOUR|DAY|WEEK|FORTNIGHT|MONTH|YEAR)S?(?!\S)))",
    # No word of a meaning of its own follows: the clause ends or a small word goes on.
    "{clause}": r"(?! (?:[a-z]|THING|VISIT|SESSION|COUNTED|TIME))",
    "{point}": r"@[dwvtkmpa]\d+",
    "{length}": r"@[li]\d+",
}


@dataclass(frozen=True)
class Rules:
    """The rules of one stage, by what a line must hold for any of them."""

    groups: tuple[tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Build], ...]], ...]

    def apply(self, line: Line) -> Line:
        """Rewrite what the rules recognise."""
        return line.replaced(self._found(line))

    def _found(self, line: Line) -> Iterator[tuple[tuple[int, int], Draft]]:
        for needed, rules in self.groups:
            if needed.search(line.text):
                for pattern, build in rules:
                    for match in pattern.finditer(line.text):
                        for draft in _all(build(match, line)):
                            yield line.places(match.span(draft.at)), draft


def _all(built: Iterable[Draft] | Draft | None) -> Iterable[Draft]:
    if isinstance(built, Draft):
        return (built,)
    return built or ()


def compiled(*tables: Table) -> Rules:
    """Compile the tables of one stage."""
    return Rules(
        tuple(
            (re.compile(needed), tuple((_pattern(text), build) for text, build in rows))
            for table in tables
            for needed, rows in table.items()
        )
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{expanded(text)})(?!\S)")


def expanded(text: str) -> str:
    """Write out the macros of a pattern."""
    for name, macro in _MACROS.items():
        text = text.replace(name, macro)
    return text


def number(text: str | None) -> float:
    """Return the value of a figure, of a number word's code, or one for an article."""
    figures = (text or "").lstrip("N").replace(",", ".")
    return float(figures) if figures[:1].isdigit() else 1.0
