"""Finds the dates and lengths of time in a message: the one entrance to the date grammar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot import languages
from bot.consult.dates import absolute, following, joins, lengths, relative
from bot.consult.dates.codes import line_of
from bot.consult.dates.doubt import doubted
from bot.consult.dates.grammar import Draft, Line, Piece, Rules, compiled
from bot.consult.dates.named import named_days, named_table
from bot.consult.dates.vocabulary import Vocabulary, vocabulary
from bot.consult.text.characters import PlainText, clean
from bot.consult.types import Language, TimeExpression


class DateReader:
    """Reads time expressions; pure, so that one instance serves every conversation."""

    def __init__(self, words: Vocabulary, stages: Sequence[Rules]) -> None:
        self._words = words
        self._stages = tuple(stages)

    def read(self, text: str, today: date) -> tuple[TimeExpression, ...]:
        """Find every date, period and length of time.

        Args:
            text: The message, of any content.
            today: The clinic's day, from which relative expressions count.

        Returns:
            The expressions in the order of the text, without overlaps.
        """
        seen = clean(text)
        line = line_of(seen.text, self._words, today)
        for stage in self._stages:
            line = stage.apply(line)
        return tuple(_expressions(line, seen, text))


def date_reader(folder: Path, spoken: Sequence[Language] | None = None, treatments: Iterable[str] = ()) -> DateReader:
    """Build a reader for some languages; build it once, it compiles its grammar.

    Args:
        folder: data/language, with the words of dates by language and the days that have a name.
        spoken: Which of them it reads; all that the bot speaks unless given.
        treatments: The names of treatments, beside which dates stand.
    """
    words = vocabulary(folder / "dates", spoken or languages.ids(), treatments)
    named = named_table(named_days(folder / "named_days.yml"))
    return DateReader(
        words,
        (
            compiled(lengths.LENGTHS, absolute.ABSOLUTE, relative.RELATIVE, following.FOLLOWING, named),
            compiled(lengths.ROUNDINGS),
            compiled(lengths.ROUNDINGS, relative.PARTS),
            compiled(joins.FROM_TODAY),
            compiled(joins.WEEKDAYS, following.SAME_DAY),
            compiled(joins.ONE_DAY),
            compiled(joins.ONE_DAY, joins.COUNTED),
            compiled(joins.STRETCHES),
            compiled(joins.BESIDE),
        ),
    )


def _expressions(line: Line, seen: PlainText, text: str) -> Iterable[TimeExpression]:
    found = [piece for piece in line.pieces if len(piece.code) > 1 and piece.code[0] == "@" and piece.code[1] != "n"]
    if not found:
        return
    in_doubt = doubted(line)
    for piece, draft in zip(found, following.counted([_draft(line, piece, in_doubt) for piece in found]), strict=True):
        if draft is not None:
            yield draft.expression(text, *seen.span(piece.start, piece.end))


def _draft(line: Line, piece: Piece, in_doubt: set[str]) -> Draft:
    draft = line.draft(piece.code)
    return replace(draft, doubtful=True) if piece.code in in_doubt else draft
