"""Looks words up: which code of the canonical text a word of the message gets, given its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.consult.dates import clues, words
from bot.consult.dates.spelling import Speller
from bot.consult.types import Language


def _merged(tables: Mapping[Language, words.Codes], languages: Sequence[Language]) -> dict[str, str]:
    """Join the languages' words; the first language wins where two share a spelling."""
    return {word: code for name in reversed(languages) for word, code in tables[name].items()}


class Vocabulary:
    """The words of a set of languages, merged and with their misspellings."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._months = _merged(words.MONTHS, languages)
        self._weekdays = _merged(words.WEEKDAYS, languages)
        self._units = _merged(words.UNITS, languages)
        self._numbers = _merged(words.NUMBERS, languages)
        self._plain = _merged(words.DAYS, languages) | _merged(words.ORDINALS, languages)
        self._dated = self._units | self._weekdays | self._numbers
        self._french = "fr" in languages
        coded = (self._months, self._weekdays, self._units, self._plain, self._numbers)
        names = {*words.NAMES, *self._months, *self._weekdays}
        self._speller = Speller({*names, *(word for table in coded for word in table)}, names)

    def behind_a_figure(self, word: str) -> str | None:
        """Return the code of a word written onto a number ("10d", "2wks", "3nov"), if it has one."""
        if word in words.GLUED_UNITS:
            return words.GLUED_UNITS[word]
        return self._units.get(word) or self._months.get(word) or ("ish" if word == "ish" else None)

    def is_month(self, word: str) -> bool:
        """Tell whether a word names a month, whatever its neighbours."""
        return word in self._months

    def code(self, word: str, near: clues.Neighbours) -> str:
        """Return a word's code, or the word itself where it has none."""
        if word.endswith("ish") and (stem := word.removesuffix("ish").removesuffix("-")) in self._dated:
            return f"{self._dated[stem]} ish"
        known = self._known(word)
        special = self._french_code(known, near) if self._french else None
        return special or self._calendar_code(known, near) or self._other_code(known) or self._name(known) or word

    @staticmethod
    def _name(word: str) -> str | None:
        return word if word in words.NAMES else None

    def _known(self, word: str) -> str:
        stem = word.removesuffix("'s")
        return stem if stem in self._speller.words else self._speller.correct(stem) or stem

    def _calendar_code(self, word: str, near: clues.Neighbours) -> str | None:
        if word in self._months:
            return self._months[word] if clues.is_month(word, near) else word
        if word in self._weekdays:
            beside = near.after in self._weekdays or near.before in self._weekdays
            return self._weekdays[word] if beside or clues.is_weekday(word, near) else word
        return self._plural_weekday(word)

    def _plural_weekday(self, word: str) -> str | None:
        singular = self._weekdays.get(word.removesuffix("s")) if len(word) > len("weds") else None
        return f"{singular}s" if singular else None

    def _other_code(self, word: str) -> str | None:
        return self._units.get(word) or self._plain.get(word) or self._numbers.get(word)

    def _french_code(self, word: str, near: clues.Neighbours) -> str | None:
        """Tell the year ``an`` from the article and the number ``sept`` from the month."""
        if word == "an" and near.before in ("un", "l'", "d'", "1", "demi"):
            return "YEAR"
        if word == "sept" and near.after in self._units:
            return "N7"
        return None
