"""Writes a message as the line of codes that the grammar reads: "tox 3 wks ago, ok?" is ``X 3 WEEKS AGO , OKAY ?``.

``_`` stands for what must never be read as a date or a number: prices, telephone numbers, clock times, addresses,
figures that letters stick to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.consult.dates.grammar import Line, Piece
from bot.consult.dates.vocabulary import Vocabulary
from bot.consult.text.characters import without_accents
from bot.consult.text.tokens import TOKEN

NEVER = "_"
_SCAN = re.compile(
    rf"""
    (?P<never>\[[a-z]+-\d+\] | [^\s@]+@\S+ | https?://\S+ | www\.\S+
      | [$€£]\s?\d[\d.,]* | \d[\d.,]*\s?[$€£%] | \#\s?\d+ | (?<!\d)\d{{1,3}}/[a-z]+
      | (?<![\d/.-])(?:\+?1[\s.-]?)?\(?\d{{3}}\)?[\s.-]?\d{{3}}[\s.-]?\d{{4}}(?!\d) | (?<![\d/-])\d{{3}}-\d{{4}}(?!\d)
      | (?<![\w/])24/7(?![\w/]) | (?<![\d/.-])\d-\d-\d(?![\d-])
      | \b[a-z]{{1,3}}\d+(?:\.\d+)+ | (?<![\d.])\d\.\d\.\d(?![\d.]))
  | (?P<clock>(?<![\d/.-])\d{{1,2}}(?:(?::\d\d|h\d\d)(?:\s?[ap]\.?m\b\.?)? | \s?[ap]\.?m\b))
  | (?P<figures>(?<![\w/.$-])(?:(?:\d{{4}}(?P<sign>[-/.])\d{{1,2}}(?P=sign)\d{{1,2}}
      | \d{{1,2}}(?P<by>[-/.])\d{{1,2}}(?P=by)(?:\d{{4}}|\d\d) | \d{{1,2}}/\d{{1,2}})(?![-/\d]|\.\d)
      | \d{{1,2}}\.\d{{1,2}}\.(?!\w)))
  | (?P<figure>'\d\d(?!\w) | \d+(?:[.,]\d+)*)
  | (?P<line>\s*\n\s*) | (?P<space>\s+)
  | (?P<token>{TOKEN.pattern})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIGURE = re.compile(r"'\d\d|\d{1,4}|\d{1,3}[.,]\d")
_LETTERS_AND_FIGURES = re.compile(r"([^\W\d_]+)(\d{1,2})")
_OWNER = ("'s", "'")
_LONGEST_PHRASE = 7
_SHORTEST_ENDING = 3
_SOLID = frozenset({("2", "D"), ("3", "D"), ("4", "D")})
_SHORT_UNIT = 3
_DATED = re.compile(r"[MWON]\d+|AGO|FROM|AFTER|BEFORE|BACK|THE")


@dataclass(frozen=True)
class _Token:
    kind: str
    word: str
    start: int
    end: int
    spaced: bool
    """Whether it is parted from what stands before it."""
    raw: str

    @property
    def is_figure(self) -> bool:
        return self.kind in ("figure", "figures")


def line_of(message: str, words: Vocabulary, today: date) -> Line:
    """Write a message as a line of codes.

    Args:
        message: The message, cleaned.
        words: The words that have codes.
        today: The day from which relative dates count.
    """
    tokens = _without_hyphens(list(_tokens(message, words)), words)
    return Line(tuple(_Coder(tokens, words).pieces()), today)


def _tokens(message: str, words: Vocabulary) -> Iterator[_Token]:
    """Find the tokens; an accent without a letter is none."""
    spaced = True
    for match in _SCAN.finditer(message):
        kind, raw = match.lastgroup or "token", match.group()
        word = without_accents(raw.lower())
        if kind == "token" and not word.strip():
            continue
        if kind != "space":
            yield from _parted(_Token(kind, word, *match.span(), spaced, raw), words)
        spaced = kind == "space"


def _parted(token: _Token, words: Vocabulary) -> Iterator[_Token]:
    """Part "nov3" and "weeksish"."""
    at, kind = 0, "token"
    if token.kind == "token" and (match := _LETTERS_AND_FIGURES.fullmatch(token.word)):
        at, kind = (match.end(1), "figure") if words.class_of(match[1]) == "<month>" else (0, "")
    elif token.kind == "token" and token.word not in words.glued:
        at = next((len(token.word) - len(end) for end in words.glued if _ends_with(token.word, end, words)), 0)
    if not at:
        yield token
        return
    yield replace(token, word=token.word[:at], end=token.start + at)
    yield replace(token, kind=kind, word=token.word[at:], start=token.start + at, spaced=True)


def _ends_with(word: str, ending: str, words: Vocabulary) -> bool:
    if len(ending) < _SHORTEST_ENDING or not word.endswith(ending):
        return False
    return words.class_of(word.removesuffix(ending)) in ("<month>", "<weekday>", "<number>", "<unit>")


def _without_hyphens(tokens: Sequence[_Token], words: Vocabulary) -> list[_Token]:
    """Drop the hyphens inside words and beside them; those between figures or weekdays stay."""
    kept: list[_Token] = []
    dropped = False
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        was_dropped, dropped = dropped, bool(before and after and _is_inner_hyphen(before, token, after, words))
        if not dropped:
            kept.append(replace(token, spaced=token.spaced or was_dropped))
    return kept


def _is_inner_hyphen(before: _Token, token: _Token, after: _Token, words: Vocabulary) -> bool:
    if token.word != "-" or token.spaced or after.spaced:
        return False
    if words.class_of(before.word) == words.class_of(after.word) == "<weekday>":
        return False
    if before.word in words.ordinal_endings and after.is_figure:
        return False
    return before.word.isalpha() or after.word.isalpha()


_LONGEST_ABBREVIATION = 5


class _Coder:
    """Gives each token or row of tokens its code."""

    def __init__(self, tokens: Sequence[_Token], words: Vocabulary) -> None:
        self._tokens, self._words = tokens, words
        self._row = [words.speller.spell(token.word) if token.kind == "token" else token.word for token in tokens]

    def pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        while at < len(self._tokens):
            code, length = self._code(at)
            last = at + length
            pieces.append(Piece(code, self._tokens[at].start, self._tokens[last - 1].end))
            at = last + self._abbreviates(code, last)
        return pieces

    def _code(self, at: int) -> tuple[str, int]:
        kind = self._tokens[at].kind
        if kind in ("never", "clock"):
            return NEVER, 1
        if kind == "figure":
            return self._figure(at)
        if kind == "line" or self._row[at].startswith(".."):
            return ";", 1
        code, length = self._word(at) if kind == "token" else (self._row[at], 1)
        return code, length + (code[0].isupper() and self._is_owner(at + length))

    def _figure(self, at: int) -> tuple[str, int]:
        """Keep a figure, unless letters stick to it as in "11s", "45yo" or "3D"."""
        word, after = self._row[at], self._token(at + 1)
        code = word if _FIGURE.fullmatch(word) else NEVER
        if not after or not after.word.isalpha():
            return code, 1
        if after.word in self._words.ordinal_endings and word.isdigit():
            return f"O{int(word)}", 2
        if after.spaced:
            return code, 1
        if found := self._words.code([word + after.word]):
            return found[0], 2
        return (code if self._measures(word, after) else NEVER), 1

    def _measures(self, figure: str, after: _Token) -> bool:
        """Tell whether letters right behind a figure say what it counts: a unit, a month or a glued word."""
        if self._words.class_of(after.word) in ("<unit>", "<month>"):
            return True
        return after.word in self._words.glued and (figure, after.raw) not in _SOLID

    def _word(self, at: int) -> tuple[str, int]:
        word = self._row[at]
        if word in self._words.glued and self._is_glued(at):
            return self._words.glued[word], 1
        code, length = self._words.code(self._row[at : at + _LONGEST_PHRASE]) or (word, 1)
        unsure = self._words.unsure.get(word)
        if unsure is None or length > 1:
            return code, length
        if unsure.is_meant(self._beside(at, -1), self._beside(at, 1)):
            return unsure.code or code, 1
        return unsure.otherwise or word, 1

    def _is_glued(self, at: int) -> bool:
        """Tell whether a word sticks to a figure."""
        before = self._token(at - 1)
        return before is not None and before.kind == "figure" and not self._tokens[at].spaced

    def _is_owner(self, at: int) -> bool:
        """Take in the ending of "tuesday's" and "weeks'"."""
        token = self._token(at)
        return token is not None and token.word in _OWNER and not token.spaced

    def _abbreviates(self, code: str, at: int) -> bool:
        """Drop the dot of an abbreviation: "Nov. 3", "tues. the 24th", "2 wks. ago"."""
        dot, after = self._token(at), self._token(at + 1)
        if not dot or not after or dot.word != "." or dot.spaced:
            return False
        if not code[0].isupper() or self._is_whole_unit(at - 1) or len(self._row[at - 1]) > _LONGEST_ABBREVIATION:
            return False
        goes_on = self._words.code([after.word])
        return after.is_figure or (goes_on is not None and bool(_DATED.fullmatch(goes_on[0])))

    def _is_whole_unit(self, at: int) -> bool:
        """Tell "6 weeks." at the end of a sentence from "2 wks. ago"."""
        word = self._row[at]
        return len(word) > _SHORT_UNIT and self._words.class_of(word) == "<unit>"

    def _token(self, at: int) -> _Token | None:
        return self._tokens[at] if 0 <= at < len(self._tokens) else None

    def _beside(self, at: int, step: int) -> Collection[str]:
        """Return the word beside one and its class; an end where the clause ends there."""
        place = at + step
        if self._is_dot(place) and self._is_figure(place + step):
            place += step
        if not self._goes_on(place):
            return ("<end>",)
        if step > 0 and self._is_article(place) and self._is_figure(place + 1):
            place += 1
        if self._is_figure(place):
            return ("<number>" if self._may_be_a_day(place) else "<count>", self._tokens[place].word)
        return (self._row[place], self._words.class_of(self._row[place]))

    def _is_dot(self, at: int) -> bool:
        """Tell whether the dot of an abbreviation stands there."""
        token = self._token(at)
        return token is not None and token.word == "." and not token.spaced

    def _goes_on(self, at: int) -> bool:
        """Tell whether a clause goes on with a word or a figure."""
        token = self._token(at)
        return token is not None and (token.kind == "figure" or token.word[:1].isalnum())

    def _is_article(self, at: int) -> bool:
        """Tell whether the article of a date stands there."""
        found = self._words.code([self._tokens[at].word])
        return found is not None and found[0] in ("THE", "LE")

    def _is_figure(self, at: int) -> bool:
        token = self._token(at)
        return token is not None and token.is_figure

    def _may_be_a_day(self, at: int) -> bool:
        """Tell whether a figure may be a day or a year, rather than a number of things."""
        after = self._words.code(self._row[at + 1 : at + 2]) if at + 1 < len(self._row) else None
        return after is None or after[0] not in ("THING", "VISIT", "SESSION", "SESSIONS")
