"""The small words that carry order, tense and the kind of a question, found in a message.

The lists are data: data/language/cues.yml for cues, order_words.yml for the single words that the order is read by, and
a file beside each for more of a language, such as cues.fr.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, Span

from bot.consult.text.characters import fold
from bot.consult.text.tokens import Phrases, Tokenizer
from bot.consult.text.word_lists import lists_of

# Inside these, smaller cues mean nothing of their own: the "before" of "before or after", the "first" of "first time".
_HIDES = {
    "not_first": {
        "first",
        "second",
        "before",
        "after",
        "planned",
        "planned_behind",
        "done",
        "how_long",
        "between",
        "gap",
    },
    "which": {"first", "before", "after", "second", "start_with"},
    "then": {"before", "after", "second"},
    "before_that": {"before", "after", "then", "second"},
    "how_long": {"before"},
    "not_done": {"planned", "done"},
    "planned": {"done", "done_behind", "first", "second", "after"},
    "planned_behind": {"done_behind", "done"},
    "start_with": {"done", "first"},
    "same_day": {"after"},
    "after": {"done", "done_behind"},
    "done": {"done_behind", "planned"},
    "flip": set(),
    "not_flip": {"flip"},
    "eager": {"waiting_itself"},
    "means_to_wait": {"rule_asked"},
    "corrects": {"planned"},
    "day_later": {"same_day"},
    "clause": {"done", "done_behind"},
}


@dataclass(frozen=True)
class Cue:
    """A labelled stretch of tokens, ``start`` to ``end`` (exclusive)."""

    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Cues:
    """All cues of one message, by label."""

    found: dict[str, tuple[Cue, ...]]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    """The lists of order_words.yml."""

    def of(self, label: str) -> tuple[Cue, ...]:
        """Return the cues with this label, in the order of the text."""
        return self.found.get(label, ())

    def at(self, label: str, index: int) -> bool:
        """Tell whether a token lies in a cue with this label."""
        return any(cue.start <= index < cue.end for cue in self.of(label))

    def within(self, label: str, start: int, end: int) -> Cue | None:
        """Return the last cue with this label that lies between two token positions."""
        return next((c for c in reversed(self.of(label)) if start <= c.start and c.end <= end), None)

    def has(self, *labels: str) -> bool:
        """Tell whether the message carries any of these labels."""
        return any(label in self.found for label in labels)


class CueFinder:
    """Finds the cues of data/language/cues.yml in a message."""

    def __init__(self, nlp: Tokenizer, folder: Path) -> None:
        """Read the lists of phrases and of single words by label from a folder."""
        self._phrases = Phrases(nlp, _pairs(folder / "cues.yml"))
        lists = lists_of(folder / "order_words.yml")
        self._words = {label: frozenset(fold(word).lower() for word in words) for label, words in lists.items()}

    def find(self, doc: Doc) -> Cues:
        """Return the cues of a message, without those that a longer phrase makes meaningless."""
        spans = self._phrases.find(doc)
        hidden = {label: _covered(spans, label) for label in spans}
        kept = {
            label: tuple(Cue(label, s.start, s.end) for s in found if not _inside(s, hidden[label]))
            for label, found in spans.items()
        }
        return Cues({label: cues for label, cues in kept.items() if cues}, self._words)


def _pairs(path: Path) -> Iterable[tuple[str, str]]:
    lists = lists_of(path)
    return ((label, phrase) for label, phrases in lists.items() for phrase in phrases)


def _covered(spans: dict[str, list[Span]], label: str) -> list[Span]:
    return [span for hiding, labels in _HIDES.items() if label in labels for span in spans.get(hiding, [])]


def _inside(span: Span, hiding: list[Span]) -> bool:
    return any(h.start <= span.start and span.end <= h.end and len(h) > len(span) for h in hiding)
