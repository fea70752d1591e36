"""Rewrites a message into the canonical text that the grammar reads, and maps spans back to the message.

"had tox 3 wks ago, needling on Tues." becomes "had tox 3 WEEKs ago, needling on W1.": one code for every
spelling of a date's words in either language (see ``words``), single spaces, no accents, and ``_`` for what
must never be read as a date (prices, telephone numbers, clock times, addresses, counted things).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.consult.dates import words
from bot.consult.dates.clues import Neighbours
from bot.consult.dates.vocabulary import Vocabulary

NEVER = "_"
_TOKEN = re.compile(
    r"""
    (?P<mask>\[[a-z]+-\d+\] | [^\s@]+@\S+ | https?://\S+ | www\.\S+
      | [$€£]\s?\d[\d.,]* | \d[\d.,]*\s?[$€£%] | \#\s?\d+ | \b\d{1,3}/unit
      | (?<![\d/.-])(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d) | (?<![\d/-])\d{3}-\d{4}(?!\d)
      | (?<![\w/])24/7(?![\w/]) | (?<![\d/.-])\d-\d-\d(?![\d-])
      | \b[a-z]{1,3}\d+(?:\.\d+)+ | (?<![\d.])\d\.\d\.\d(?![\d.]))
  | (?P<clock>(?<![\d/.-])\d{1,2}(?::\d\d|h\d\d)(?:\s?[ap]\.?m\b\.?)? | (?<![\d/.-])\d{1,2}\s?[ap]\.?m\b)
  | (?P<ordinal>\b\d{1,2}\s?(?:st|nd|rd|th|er)\b)
  | (?P<short>\b2(?:day|nite|night|moro|morrow|mrw|mro)\b)
  | (?P<half>½)
  | (?P<number>\d+)
  | (?P<elided>\b(?:jusqu|qu|[cdjlmnst])'(?=[^\W\d_]))
  | (?P<word>aujourd'hui | [^\W\d_]+(?:'(?:s|d|ll|ve|re|t|m)\b)?)
  | (?P<line>\s*\n\s*)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "−": "-", "‑": "-", "⁄": "/"})
_LONGEST_FIGURE = 4


@dataclass(frozen=True)
class Token:
    """A piece of the message, and the code that it has in the canonical text."""

    kind: str
    code: str
    start: int
    end: int
    spaced: bool
    """Whether white space stands before it."""
    capital: bool = False


Tokens = list[Token]


@dataclass(frozen=True)
class Canonical:
    """The canonical text with the way back to the message's offsets."""

    text: str
    at: tuple[int, ...]
    """Where each token starts in the canonical text."""
    tokens: tuple[Token, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a span of the canonical text into one of the message."""
        first, last = bisect_right(self.at, start) - 1, bisect_left(self.at, end) - 1
        return self.tokens[max(0, first)].start, self.tokens[max(0, last)].end


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Lower the case and drop the accents."""
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def canonical(message: str, vocabulary: Vocabulary) -> Canonical:
    """Rewrite a message.

    Args:
        message: The user's text, of any content.
        vocabulary: The words that have codes.
    """
    tokens = _scan(message.translate(_SAME_LENGTH))
    tokens = _with_codes(tokens, vocabulary)
    for change in _CHANGES:
        tokens = change(tokens)
    return _assembled(tokens)


def _scan(message: str) -> Tokens:
    tokens: Tokens = []
    spaced = False
    for match in _TOKEN.finditer(message):
        kind = match.lastgroup or "other"
        if kind != "space":
            tokens.append(_token(kind, match, spaced))
        spaced = kind == "space"
    return tokens


def _token(kind: str, match: re.Match[str], spaced: bool) -> Token:
    raw = match.group()
    return Token(kind, _raw_code(kind, raw), match.start(), match.end(), spaced, raw[:1].isupper())


def _raw_code(kind: str, raw: str) -> str:
    if kind in ("mask", "clock"):
        return NEVER
    if kind == "ordinal":
        return "O" + "".join(filter(str.isdigit, raw)).lstrip("0")
    if kind == "number":
        return raw if len(raw) <= _LONGEST_FIGURE and raw.isascii() else NEVER
    return {"half": "1/2", "line": "\n"}.get(kind) or fold(raw)


def _with_codes(tokens: Tokens, vocabulary: Vocabulary) -> Tokens:
    """Give each word its code, each figure that is part of a name or a size none."""
    coded = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "number":
            coded[at] = _figure(tokens, at, vocabulary)
        elif token.kind in ("word", "short"):
            coded[at] = replace(token, code=_word_code(tokens, at, vocabulary))
    return [_spaced_from_figure(coded, at) for at in range(len(coded))]


def _word_code(tokens: Tokens, at: int, vocabulary: Vocabulary) -> str:
    token = tokens[at]
    if _is_glued(tokens, at, "number"):
        return vocabulary.behind_a_figure(token.code) or token.code
    return vocabulary.code(token.code, _neighbours(tokens, at))


def _figure(tokens: Tokens, at: int, vocabulary: Vocabulary) -> Token:
    """Keep a figure, unless letters stick to it as in ``11s``, ``45yo``, ``3D`` or ``b4``."""
    token, after = tokens[at], _peek(tokens, at + 1)
    glued_after = after is not None and after.kind == "word" and not after.spaced
    if glued_after and after and not _may_stick(after, vocabulary):
        return replace(token, code=NEVER)
    if _is_glued(tokens, at, "word") and not vocabulary.is_month(tokens[at - 1].code):
        return replace(token, code=NEVER)
    return token


def _may_stick(token: Token, vocabulary: Vocabulary) -> bool:
    """Tell ``10d``, ``3WKS`` and ``3Nov`` from ``3D`` and ``11s``."""
    if token.capital and len(token.code) == 1:
        return False
    return vocabulary.behind_a_figure(token.code) is not None


def _is_glued(tokens: Tokens, at: int, kind: str) -> bool:
    return at > 0 and tokens[at - 1].kind == kind and not tokens[at].spaced


def _spaced_from_figure(tokens: Tokens, at: int) -> Token:
    """Put a space between a figure and the word that sticks to it."""
    kind = tokens[at].kind
    glued = (kind in ("word", "half") and _is_glued(tokens, at, "number")) or (
        kind == "number" and _is_glued(tokens, at, "word")
    )
    return replace(tokens[at], spaced=True) if glued else tokens[at]


def _peek(tokens: Sequence[Token], at: int) -> Token | None:
    return tokens[at] if 0 <= at < len(tokens) else None


def _neighbours(tokens: Tokens, at: int) -> Neighbours:
    before, after = _beside(tokens, at, -1), _beside(tokens, at, 1)
    return Neighbours(
        before=before.code if before else "",
        after=after.code if after else "",
        number_before=before is not None and before.kind in ("number", "ordinal"),
        number_after=after is not None and _may_be_a_day(tokens, at),
    )


def _beside(tokens: Tokens, at: int, step: int) -> Token | None:
    """Return the neighbouring word or figure; none at a clause's edge. A hyphen or a dot may lie between."""
    near, further = _peek(tokens, at + step), _peek(tokens, at + 2 * step)
    if near and further and near.code in ("-", ".") and _carries_on(near, further):
        near = further
    return near if near and near.kind in _WORDLIKE else None


_FIGURES = ("number", "ordinal")
_WORDLIKE = ("word", "short", "elided", *_FIGURES)


def _carries_on(mark: Token, further: Token) -> bool:
    """Tell ``mid-may`` and ``Mar. 1st`` from the end of a sentence."""
    return not further.spaced or (mark.code == "." and further.kind in _FIGURES)


def _may_be_a_day(tokens: Tokens, at: int) -> bool:
    """Tell whether a day of the month or a year follows, rather than a number of things."""
    near = _beside(tokens, at, 1)
    if near and near.code == "the" and (further := _peek(tokens, at + 2)):
        return further.kind == "ordinal"
    if not near or near.kind not in ("number", "ordinal"):
        return False
    place = tokens.index(near, at)
    thing = _peek(tokens, place + 1)
    return not (thing and thing.code in words.THINGS | words.THINGS_WITH_DATES)


def _fused_weekends(tokens: Tokens) -> Tokens:
    """Read ``week end`` and ``fin de semaine`` as one word."""
    fused: Tokens = []
    for token in tokens:
        fused.append(token)
        for length in (2, 3):
            tail = fused[-length:]
            if _is_weekend([part.code for part in tail]):
                fused[-length:] = [replace(tail[0], code="WEEKEND", end=token.end)]
    return fused


def _is_weekend(codes: list[str]) -> bool:
    return codes in (["WEEK", "end"], ["WEEK", "-", "end"], ["fin", "de", "WEEK"])


def _with_sums(tokens: Tokens) -> Tokens:
    """Read ``twenty-one`` and ``dix-sept`` as one number."""
    summed: Tokens = []
    for token in tokens:
        base = summed[-2] if len(summed) > 1 and summed[-1].code in ("-", "et") else _peek(summed, len(summed) - 1)
        if base and base.code in words.TENS and (digit := _digit(token)):
            del summed[summed.index(base, max(0, len(summed) - 2)) :]
            code = f"{'O' if token.code[0] == 'O' else 'N'}{int(base.code[1:]) + digit}"
            token = replace(token, code=code, start=base.start, spaced=base.spaced)
        summed.append(token)
    return summed


def _digit(token: Token) -> int:
    """Return the value of a number word or ordinal from one to nine, else nought."""
    code = "N1" if token.code in ("un", "une") else token.code
    return int(code[1]) if len(code) == 2 and code[0] in "NO" and code[1].isdigit() else 0


def _without_things(tokens: Tokens) -> Tokens:
    """Hide the numbers that count things: ``40 units``, ``2 areas``."""
    return [replace(token, code=NEVER) if _counts(tokens, at, token) else token for at, token in enumerate(tokens)]


def _counts(tokens: Tokens, at: int, token: Token) -> bool:
    after, before = _peek(tokens, at + 1), _peek(tokens, at - 1)
    if token.kind != "number" or after is None:
        return False
    dated = before is not None and re.fullmatch(r"M\d\d", before.code) is not None
    return after.code in words.THINGS or (after.code in words.THINGS_WITH_DATES and not dated)


def _without_hyphens(tokens: Tokens) -> Tokens:
    """Turn the hyphens inside words and after figures into spaces; those between figures stay."""
    kept: Tokens = []
    for at, token in enumerate(tokens):
        if token.code == "-" and _joins_a_word(tokens, at):
            continue
        cut = at > 0 and tokens[at - 1].code == "-" and _joins_a_word(tokens, at - 1)
        kept.append(replace(token, spaced=True) if cut else token)
    return kept


def _joins_a_word(tokens: Tokens, at: int) -> bool:
    before, after = _peek(tokens, at - 1), _peek(tokens, at + 1)
    if not before or not after or tokens[at].spaced or after.spaced:
        return False
    if _WEEKDAY.fullmatch(before.code) and _WEEKDAY.fullmatch(after.code):
        return False
    return "word" in (before.kind, after.kind)


_WEEKDAY = re.compile(r"W\d")
_SHORTENED = re.compile(r"M\d\d|W\d|[A-Z]+s?")
_GOES_ON = re.compile(r"O?\d+|the|M\d\d|ago|apart|from|post|after|before|back")


def _without_dots(tokens: Tokens) -> Tokens:
    """Drop the dot of an abbreviation: ``Nov. 3``, ``tues. the 24th``, ``2 wks. ago``."""
    return [token for at, token in enumerate(tokens) if not _abbreviates(tokens, at, token)]


def _abbreviates(tokens: Tokens, at: int, token: Token) -> bool:
    before, after = _peek(tokens, at - 1), _peek(tokens, at + 1)
    if token.code != "." or token.spaced or not before or not after:
        return False
    return bool(_SHORTENED.fullmatch(before.code) and _GOES_ON.fullmatch(after.code))


_CHANGES: tuple[Callable[[Tokens], Tokens], ...] = (
    _fused_weekends,
    _with_sums,
    _without_things,
    _without_hyphens,
    _without_dots,
)


def _assembled(tokens: Tokens) -> Canonical:
    pieces: list[str] = []
    at: list[int] = []
    length = 0
    for token in tokens:
        piece = f" {token.code}" if token.spaced and length else token.code
        at.append(length + len(piece) - len(token.code))
        pieces.append(piece)
        length += len(piece)
    return Canonical("".join(pieces), tuple(at), tuple(tokens))
