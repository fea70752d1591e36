"""Finds the dates and lengths of time in a message: the one entrance to the date grammar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.consult.dates import absolute, following, lengths, relative
from bot.consult.dates.canonical import Canonical, canonical
from bot.consult.dates.doubt import with_doubts
from bot.consult.dates.grammar import Rule
from bot.consult.dates.joins import joined
from bot.consult.dates.named import NamedDayReader
from bot.consult.dates.vocabulary import Vocabulary
from bot.consult.types import Language, TimeExpression


class DateReader:
    """Reads time expressions; pure, so that one instance serves every conversation."""

    def __init__(self, vocabulary: Vocabulary, rules: Sequence[Rule]) -> None:
        self._vocabulary = vocabulary
        self._rules = tuple(rules)

    def read(self, text: str, today: date) -> tuple[TimeExpression, ...]:
        """Find every date, period and length of time.

        Args:
            text: The message, of any content.
            today: The clinic's day, from which relative expressions count.

        Returns:
            The expressions in the order of the text, without overlaps.
        """
        rewritten = canonical(text, self._vocabulary)
        drafts = _apart(each for rule in self._rules for each in rule.apply(rewritten.text, today))
        points = following.counted(rewritten.text, _apart(joined(rewritten.text, drafts, today)), today)
        read = with_doubts(rewritten.text, points)
        return tuple(_placed(each, rewritten, text) for each in read)


def date_reader(languages: Sequence[Language] = ("en", "fr")) -> DateReader:
    """Build a reader for some languages; build it once, it compiles its grammar."""
    vocabulary = Vocabulary(languages)
    named = NamedDayReader(lambda name: canonical(name, vocabulary).text)
    rules = (*lengths.rules(), *absolute.rules(), *relative.rules(), *following.rules(), *named.rules)
    return DateReader(vocabulary, rules)


def _apart(drafts: Iterable[TimeExpression]) -> list[TimeExpression]:
    """Keep the longest of the drafts that overlap, in the order of the text."""
    kept: list[TimeExpression] = []
    taken: set[int] = set()
    for each in sorted(drafts, key=lambda found: (found.start - found.end, found.start)):
        if taken.isdisjoint(places := range(each.start, each.end)):
            taken.update(places)
            kept.append(each)
    return sorted(kept, key=lambda found: found.start)


def _placed(found: TimeExpression, rewritten: Canonical, message: str) -> TimeExpression:
    start, end = rewritten.span(found.start, found.end)
    return replace(found, text=message[start:end], start=start, end=end)
