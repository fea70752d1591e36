"""The words of dates, by language, as data/language/dates lists them: which code a word or a phrase has.

A code says what a word means in a date, whatever its language or spelling: ``M11`` a month, ``W1`` a weekday (0 is
Monday), ``DAYS`` a unit, ``N3`` a number, ``O12`` an ordinal, ``=christmas`` a day that has a name, ``AGO`` and the
like what they say. Words that are dates only beside certain others ("may", "sat") have rules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.consult.text.characters import fold, without_accents
from bot.consult.text.spelling import Speller
from bot.consult.text.tokens import TOKEN
from bot.consult.types import Language
from bot.yaml_lines import plain_yaml

Phrase = tuple[str, ...]
TREATMENT = "X"
_SHORTEST_GUESSED, _LONG_NAME, _TWO_SLIPS_FROM = 6, 9, 8
_CLASSES = {"M": "<month>", "W": "<weekday>", "X": "<treatment>", "N": "<number>", "O": "<number>"}
_GUESSED = re.compile(r"[MW]\d+S?|TODAY|TOMORROW|YESTERDAY|TONIGHT")
_CLASS = re.compile(r"[MWNO]\d+|X")


def words_of(text: str) -> Phrase:
    """Return the tokens of a phrase as they are looked up."""
    if text.endswith("'"):
        return words_of(f"{text}a")[:-1]  # what is elided is a token only before a word
    found = (match.group() for match in TOKEN.finditer(without_accents(fold(text.lower()))))
    return tuple(token for token in found if token.strip())


@dataclass(frozen=True)
class Unsure:
    """When certain words are what their code says, and when something else: by the words on either side."""

    words: frozenset[str]
    usual: bool = False
    """They are, but for ``not_after`` and ``not_before``."""
    otherwise: str | None = None
    """Their code where they are not."""
    code: str | None = None
    """Their code where they are, if the lists above have none."""
    meant_after: frozenset[str] = frozenset()
    meant_before: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    loosely_after: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    """With one of these behind it one is meant, but for ``not_after`` and what is not in ``only_after``."""
    not_after: frozenset[str] = frozenset()
    only_after: frozenset[str] = frozenset()

    def is_meant(self, before: Collection[str], after: Collection[str]) -> bool:
        """Decide by the neighbours: the word and the class of each, ``<end>`` at the edge of a clause."""
        if not (self.meant_after.isdisjoint(before) and self.meant_before.isdisjoint(after)):
            return True
        if not self.not_before.isdisjoint(after):
            return False
        if not self.loosely_after.isdisjoint(before):
            return True
        if not (self.usual or not self.closing.isdisjoint(after)):
            return False
        return self.not_after.isdisjoint(before) and not (self.only_after and self.only_after.isdisjoint(before))


@dataclass(frozen=True)
class Vocabulary:
    """The phrases of some languages with their codes, and what is to be known of single words."""

    codes: Mapping[Phrase, str]
    glued: Mapping[str, str]
    """What means something only right behind a figure or another word: "10d", "12th", "tuesdayish"."""
    ordinal_endings: frozenset[str]
    unsure: Mapping[str, Unsure]
    speller: Speller
    _longest: Mapping[str, int] = field(default_factory=dict)

    def code(self, words: Sequence[str]) -> tuple[str, int] | None:
        """Return the code of the longest phrase that a row of words begins with, and its length."""
        for length in range(min(self._longest.get(words[0], 0), len(words)), 0, -1):
            if code := self.codes.get(tuple(words[:length])):
                return code, length
        return None

    def class_of(self, word: str) -> str:
        """Return what kind of word it is, for those that stand beside it."""
        code = self.codes.get((word,), "")
        return _CLASSES[code[0]] if _CLASS.fullmatch(code) else "<unit>" if code.rstrip("S") in _UNITS else "<word>"


_UNITS = ("MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR")


def calendar_words(folder: Path) -> Mapping[str, Sequence[str]]:
    """Return the names of the months and of the weekdays in every language.

    Args:
        folder: data/language/dates.
    """
    lists = [plain_yaml(file) for file in sorted(folder.glob("*.yml"))]
    months = [word for each in lists for month in each["months"] for word in month]
    weekdays = [
        word for each in lists for weekday in each["weekdays"] for name in weekday for word in (name, f"{name}s")
    ]
    return {"month": months, "weekday": weekdays}


def vocabulary(folder: Path, languages: Sequence[Language], treatments: Iterable[str] = ()) -> Vocabulary:
    """Read the lists of some languages; where two share a spelling, the first language has it.

    Args:
        folder: data/language/dates.
        languages: The names of the files to read.
        treatments: The names of treatments: dates stand beside them.
    """
    lists = [plain_yaml(folder / f"{language}.yml") for language in languages]
    codes = _codes(lists, treatments)
    return Vocabulary(
        codes,
        {word: code for each in reversed(lists) for word, code in each["glued"].items()},
        frozenset(ending for each in lists for ending in each["ordinal_endings"]),
        _all_unsure(lists),
        _speller(lists, codes),
        _longest_phrases(codes),
    )


def _codes(lists: Iterable[Mapping[str, Any]], treatments: Iterable[str]) -> dict[Phrase, str]:
    """Give each phrase the code of the first list that has it; a treatment has one where no list does."""
    codes: dict[Phrase, str] = {}
    for each in lists:
        for code, phrase in _coded(each):
            codes.setdefault(words_of(phrase), code)
    for name in treatments:
        codes.setdefault(words_of(name), TREATMENT)
    return codes


def _longest_phrases(phrases: Iterable[Phrase]) -> dict[str, int]:
    """Tell for each first word how long the longest phrase is that begins with it."""
    longest: dict[str, int] = {}
    for words in phrases:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _coded(lists: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pair the codes and the phrases of a language; of two codes for one phrase, the first one counts."""
    yield from _coded_numbers(lists)
    yield from _coded_sums(lists)
    yield from _coded_calendar(lists)
    for name, phrases in lists["days"].items():
        yield from _each(f"={name}", phrases)
    for part in ("units", "words"):
        for code, words in lists[part].items():
            yield from _each(code, words)


def _each(code: str, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pair every word with the code that they share."""
    return ((code, word) for word in words)


def _coded_numbers(lists: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Code the numbers that are one word: "three", "third", "twenty"; ordinals begin with the first."""
    for number, word in enumerate(lists["numbers"]):
        yield f"N{number}", word
    for number, word in enumerate(lists["ordinals"], start=1):
        yield f"O{number}", word
    for letter, tens in (("N", "tens"), ("O", "ordinal_tens")):
        for number, words in lists[tens].items():
            yield from _each(f"{letter}{number}", words)


def _coded_sums(lists: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Code the numbers of tens and a digit: "twenty one", "twenty first"."""
    for number, words in lists["tens"].items():
        for letter, digits in (("N", lists["numbers"][1:10]), ("O", lists["ordinals"][:9])):
            for total, digit in enumerate(digits, start=number + 1):
                yield from _each(f"{letter}{total}", (f"{word} {digit}" for word in words))


def _coded_calendar(lists: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Code the months from 1 on and the weekdays from 0 on, each weekday with its plural."""
    for number, words in enumerate(lists["months"], start=1):
        yield from _each(f"M{number:02}", words)
    for number, words in enumerate(lists["weekdays"]):
        for word in words:
            yield f"W{number}", word
            yield f"W{number}S", f"{word}s"


def _all_unsure(lists: Iterable[Mapping[str, Any]]) -> dict[str, Unsure]:
    """Find the rules of each unsure word; of several, the first ones count."""
    unsure = [_unsure(group) for each in lists for group in each.get("unsure", ())]
    return {word: group for group in reversed(unsure) for word in group.words}


def _unsure(group: Mapping[str, Any]) -> Unsure:
    read: dict[str, Any] = {key: frozenset(value) if isinstance(value, list) else value for key, value in group.items()}
    return Unsure(**read)


def _speller(lists: Iterable[Mapping[str, Any]], codes: Mapping[Phrase, str]) -> Speller:
    """Mend what is nearly a name, but never a word that a list has."""
    names = {word for phrase, code in codes.items() for word in phrase if _is_guessed(word, code)}
    right = {word for phrase in codes for word in phrase}.union(*(each["not_typos"] for each in lists))
    return Speller({}, list(names), right, _TWO_SLIPS_FROM)


def _is_guessed(word: str, code: str) -> bool:
    """Tell whether slips in a word are mended: in long enough months and weekdays, and in longer named days."""
    if code[0] == "=":
        return len(word) >= _LONG_NAME
    return len(word) >= _SHORTEST_GUESSED and _GUESSED.fullmatch(code) is not None
