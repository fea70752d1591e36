"""How a message puts its question: whether something is so, a statement to be confirmed, a length taken for the rule.

The words are data (data/language/cues.yml); what an answer makes of a manner is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from bot.consult.reading.cues import Cue
from bot.consult.reading.direction import compares
from bot.consult.reading.sentence import STOPS, Sentence

Manner = Literal[
    "whether", "proposal", "confirm", "leave", "may_i", "too_soon", "at_most", "as_rule", "alternatives", "compares",
]  # fmt: skip
_QUESTION = "?"
_NOT_STATED = ("how_long", "which", "why", "question_word")


def manners_of(sentence: Sentence) -> tuple[Manner, ...]:
    """Return the manners in which a message asks."""
    return tuple(manner for manner, holds in _MANNERS.items() if holds(sentence))


def _asks_whether(sentence: Sentence) -> bool:
    """A clause opens as a yes/no question does."""
    return any(_opens_a_clause(cue.start, sentence) for cue in sentence.cues.of("whether"))


def _opens_a_clause(start: int, sentence: Sentence) -> bool:
    led_in = any(cue.end == start for cue in sentence.cues.of("opens_clause"))
    return start == 0 or led_in or sentence.words[start - 1][:1] in STOPS


def _is_statement(sentence: Sentence) -> bool:
    """It asks for a confirmation in words, or is a statement with a question mark."""
    asked = bool(sentence.words) and sentence.words[-1][:1] == _QUESTION
    stated = asked and not sentence.cues.has(*_NOT_STATED) and not _asks_whether(sentence)
    return stated or sentence.cues.has("confirms")


def _asks_may_i(sentence: Sentence) -> bool:
    """It asks something with a word of permission."""
    return _asks(sentence, "may_i") and (_asks_whether(sentence) or _is_statement(sentence))


def _asks_leave(sentence: Sentence) -> bool:
    return _asks(sentence, "leave")


def _asks(sentence: Sentence, kind: str) -> bool:
    """Some word of a kind does more than lead in, as in "ok, what then?"."""
    return any(not _leads_in(cue, sentence) for cue in sentence.cues.of(kind))


def _leads_in(word: Cue, sentence: Sentence) -> bool:
    """It opens a clause that goes on without it."""
    opens = sentence.cues.at("leads_in", word.start) and _opens_a_clause(word.start, sentence)
    return opens and word.end < len(sentence.words) - 1 and not sentence.cues.at("leave_for", word.end)


def _offers_lengths(sentence: Sentence) -> bool:
    """Lengths of time to choose from."""
    lengths = [when for when in sentence.whens if when.expression.kind == "length"]
    spread = any(sentence.cues.within("either", when.start, when.end) for when in lengths)  # "2 or 4 weeks"
    return spread or (sentence.cues.has("either") and len(lengths) > 1)


def _has(cue: str) -> Callable[[Sentence], bool]:
    return lambda sentence: sentence.cues.has(cue)


_MANNERS: Mapping[Manner, Callable[[Sentence], bool]] = {
    "whether": _asks_whether,
    "proposal": _is_statement,
    "confirm": _has("confirms"),
    "leave": _asks_leave,
    "may_i": _asks_may_i,
    "too_soon": _has("too_soon"),
    "at_most": _has("at_most"),
    "as_rule": _has("as_rule"),
    "alternatives": _offers_lengths,
    "compares": compares,
}
