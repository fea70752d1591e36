"""A message laid out for reading order and tense: tokens, treatments, times and cues with their places.

Direction and timeline both ask the same small questions of it: which clause is this in, which treatment
comes next, what stands in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc

from bot.consult.reading.cues import Cue, Cues
from bot.consult.types import Mention, TimeExpression, TreatmentId

STOPS = frozenset('.?!;,:"…')
STRONG_STOPS = frozenset(".?!;…")
JOINERS = frozenset(
    {
        "and",
        "n",
        "but",
        "so",
        "now",
        "because",
        "cuz",
        "cause",
        "while",
        "if",
        "when",
        "wen",
        "or",
        "though",
        "whereas",
        "plus",
        "also",
        "then",
        "mais",
        "et",
        "donc",
        "ou",
        "si",
        "quand",
        "maintenant",
        "how",
        "before",
        "after",
        "b4",
        "is",
        "can",
        "avant",
        "apres",
        "&",
        "-",
    }
)
"""Words at which a clause may turn to another treatment."""


@dataclass(frozen=True)
class Place:
    """A covered treatment at its place among the tokens."""

    treatment: TreatmentId
    mention: Mention
    start: int
    end: int


@dataclass(frozen=True)
class When:
    """A time expression at its place among the tokens."""

    expression: TimeExpression
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One message: its tokens in lower case, and what was found on them."""

    words: tuple[str, ...]
    places: tuple[Place, ...]
    whens: tuple[When, ...]
    cues: Cues

    @cached_property
    def treatments(self) -> tuple[TreatmentId, ...]:
        """The distinct treatments named, in the order of first mention."""
        return tuple(dict.fromkeys(place.treatment for place in self.places))

    def places_of(self, treatment: TreatmentId) -> tuple[Place, ...]:
        """Return where one treatment is named."""
        return tuple(place for place in self.places if place.treatment == treatment)

    def stop_between(self, start: int, end: int, stops: frozenset[str] = STOPS) -> bool:
        """Tell whether one of ``stops`` stands between two token positions."""
        return any(word[:1] in stops for word in self.words[min(start, end) : max(start, end)])

    def names_between(self, start: int, end: int) -> bool:
        """Tell whether a treatment is named between two token positions."""
        return any(start <= place.start < end for place in self.places)

    def turns_between(self, start: int, end: int) -> int:
        """Count clause turns (stops and joining words) between two token positions."""
        between = self.words[min(start, end) : max(start, end)]
        return sum(word in JOINERS or word[:1] in STOPS for word in between)

    def place_after(self, index: int, within: int = 99) -> Place | None:
        """Return the first treatment that starts at or after a token, at most ``within`` tokens away."""
        return next((p for p in self.places if index <= p.start <= index + within), None)

    def place_before(self, index: int, within: int = 99) -> Place | None:
        """Return the last treatment that ends at or before a token, at most ``within`` tokens away."""
        return next((p for p in reversed(self.places) if index - within <= p.end <= index), None)

    def when_at(self, index: int) -> When | None:
        """Return the time expression that covers a token."""
        return next((w for w in self.whens if w.start <= index < w.end), None)

    def cue_within(self, label: str, start: int, end: int) -> Cue | None:
        """Return the last cue of a label that lies between two token positions."""
        return next((c for c in reversed(self.cues.of(label)) if start <= c.start and c.end <= end), None)


def lay_out(doc: Doc, mentions: Sequence[Mention], times: Sequence[TimeExpression], cues: Cues) -> Sentence:
    """Place treatments and times on the tokens of a message."""
    places = [Place(m.treatment, m, *_tokens(doc, m.start, m.end)) for m in mentions if m.covered]
    whens = [When(t, *_tokens(doc, t.start, t.end)) for t in times]
    places = sorted([*places, *_touch_ups(doc, places, whens, cues)], key=lambda place: place.start)
    return Sentence(tuple(token.lower_ for token in doc), tuple(places), tuple(whens), cues)


def _touch_ups(doc: Doc, places: Sequence[Place], whens: Sequence[When], cues: Cues) -> list[Place]:
    """A dated touch-up stands for the treatment named before it: it has a date of its own."""
    found = []
    for cue in cues.of("touch_up"):
        named = [p for p in places if p.end <= cue.start] or list(reversed(places))
        dated = any(cue.end <= w.start <= cue.end + 3 or _leads_to(doc, w, cue) for w in whens)
        if named and dated and not any(p.start < cue.end and cue.start < p.end for p in places):
            span = doc[cue.start : cue.end]
            mention = replace(named[-1].mention, text=span.text, start=span.start_char, end=span.end_char)
            found.append(Place(named[-1].treatment, mention, cue.start, cue.end))
    return found


def _leads_to(doc: Doc, when: When, cue: Cue) -> bool:
    """As in "6 days ago she put a bit more in"."""
    between = doc[when.end : cue.start]
    return 0 < len(between) <= 7 and not any(token.text[:1] in STOPS for token in between)


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else (0, 0)
