"""The lengths of time that a source's sentence says: what an interval in days is checked against.

A source is prose, in English or French, with its lengths written out or in figures. Visitors' messages are not read
here; they have a grammar of their own (``bot/consult/dates``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

HOURS_A_DAY = 24
ONES = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split(),
    "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf".split(),
}
TENS = {"en": "twenty thirty forty fifty sixty".split(), "fr": "vingt trente quarante cinquante soixante".split()}
SINGLE = ("a", "an", "un")
UNITS = {
    "hours?|heures?": (1, 1),
    "days?|jours?": (24, 24),
    "weeks?|semaines?": (168, 168),
    "fortnights?": (336, 336),
    "months?|mois": (720, 744),
}
"""The names of each unit, and how many hours it has, at least and at most."""


@dataclass(frozen=True)
class SaidLength:
    """A length of time in a sentence: its words, and the whole days that it takes."""

    words: str
    shortest: int
    longest: int

    def __str__(self) -> str:
        days = str(self.shortest) if self.shortest == self.longest else f"{self.shortest} to {self.longest}"
        return f"{self.words!r}, which is {days} days"

    def allows(self, days: int) -> bool:
        """Whether the words can mean this number of days."""
        return self.shortest <= days <= self.longest


def said_lengths(sentence: str) -> tuple[SaidLength, ...]:
    """Every length of time that a sentence says in hours, days, weeks or months."""
    numbers = dict(_numbers())
    number = "|".join([*sorted(numbers, key=len, reverse=True), r"\d+"])
    units = "|".join(UNITS)
    length = rf"\b(?:(?P<low>{number}) (?:to|or|à|ou) )?(?P<high>{number}) (?P<unit>{units})\b"
    return tuple(_said(found, numbers) for found in re.finditer(length, _plain(sentence)))


def _said(found: re.Match[str], numbers: Mapping[str, int]) -> SaidLength:
    shortest, longest = next(hours for names, hours in UNITS.items() if re.fullmatch(names, found["unit"]))
    low, high = (numbers.get(number) or int(number) for number in (found["low"] or found["high"], found["high"]))
    return SaidLength(found[0], ceil(low * shortest / HOURS_A_DAY), ceil(high * longest / HOURS_A_DAY))


def _plain(sentence: str) -> str:
    """Small letters without hyphens or a figure that repeats a word: "2-3" is "2 to 3", "two (2)" is "two"."""
    ranged = re.sub(r"(?<=\d) ?[-\N{EN DASH}] ?(?=\d)", " to ", sentence.lower())
    return " ".join(re.sub(r"\(\d+\)|[-\N{NON-BREAKING HYPHEN}]", " ", ranged).split())


def _numbers() -> Iterator[tuple[str, int]]:
    """The numbers from one to sixty-nine, with the words for them."""
    yield from ((word, 1) for word in SINGLE)
    for language, words in ONES.items():
        ones = [(word.replace("-", " "), value) for value, word in enumerate(words, 1)]
        yield from ones
        for tens, ten in enumerate(TENS[language], 2):
            yield ten, 10 * tens
            yield from ((f"{ten} {one}", 10 * tens + value) for one, value in ones[:9])
            yield from ((f"{ten} et {one}", 10 * tens + 1) for one in ("un", "une"))
