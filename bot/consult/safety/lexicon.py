"""The lexicon in types: what its files (``data/knowledge/safety``) hold once they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from bot.consult.safety.forms import Form, Forms, is_list
from bot.consult.safety.reading import Assessment, Fact, Route, Said

Kind = Literal["symptom", "effect", "distress", "condition", "request", "speech", "assessment", "circumstance"]
"""How a rule's context is read: see the head of lexicon.yml."""
Need = Literal["treatment", "treatment_done", "treatment_onset", "ours", "unlicensed"]
"""What the message must speak of: see the head of lexicon.yml."""

CUES = (
    "sentence_ends",
    "joins",
    "subjects",
    "list_ends",
    "negation",
    "between_negation",
    "negation_after",
    "abstract",
    "between_abstract",
    "abstract_opening",
    "abstract_closing",
    "telling",
    "untreated",
    "somebody",
    "foreseen_inside",
    "occupation",
    "hearsay",
    "past",
    "told_past",
    "past_verbs",
    "long_past",
    "of_a_disease",
    "habit",
    "resolved",
    "not_resolved",
    "gone_now",
    "recent",
    "present",
    "present_inside",
    "present_close",
    "present_anywhere",
    "treatment",
    "treatment_done",
    "treatment_onset",
    "ours",
    "personal",
    "of_now",
    "their_case",
    "how_common",
    "less_plain",
    "own_worry",
    "own_case",
    "asks_theirs",
    "foreign",
    "no_person",
    "between_subject",
    "sounds_like_distress",
    "sounds_like_symptom",
    "small",
    "own_person",
    "other_person",
    "french",
    "english",
    "other_language",
)
"""The lists under ``cues`` that the grammar needs."""
NEAR = 5


@dataclass(frozen=True)
class Rule:
    """One thing to look for and where it leads."""

    id: str
    kind: Kind
    route: Route | None
    forms: Forms
    unless: Forms
    """Dismissed where one of these stands in the same sentence."""
    needs: Need | None = None
    within: int = NEAR
    asks: Assessment | None = None
    """What it asks a clinician to assess."""
    fact: Fact | None = None
    """The fact of health that it tells."""
    raises: tuple[str, ...] = ()
    """A circumstance: which rules' signs it makes a 911, by how their ids begin; all where none is named."""
    foreign: bool = False
    """It stands in another language than English and French."""
    aside: bool = False
    """In a story it counts only beside a treatment, in a question, or told of now."""
    outright: bool = False
    """It says it outright: no second look doubts it."""
    source: str = ""
    """The authority that it rests on."""

    @cached_property
    def literals(self) -> frozenset[str]:
        """The words in a row that stand in its forms, as they are found in a message."""
        return frozenset(item for form in self.forms.forms for item in form.items if not is_list(item))


@dataclass(frozen=True)
class Shape:
    """A rule for what is no language: markup, code, payloads."""

    id: str
    route: Route
    patterns: tuple[re.Pattern[str], ...]
    fact: Fact | None = None
    foreign: bool = False


@dataclass(frozen=True)
class Signal:
    """One thing that a message may say to the layer's own questions."""

    id: Said
    forms: Forms
    unless: Forms


@dataclass(frozen=True)
class Lexicon:
    """The lexicon as read from its files."""

    spellings: Mapping[str, str]
    corrected: frozenset[str]
    not_typos: frozenset[str]
    """Real words: those listed, and the common ones."""
    words: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, int]]
    endings: Mapping[str, tuple[str, ...]]
    idioms: Forms
    cues: Mapping[str, Forms]
    rules: tuple[Rule, ...]
    shapes: tuple[Shape, ...]
    signals: tuple[Signal, ...]
    reviewed: tuple[str, date] | None = None
    """The clinician who reviewed it, and when."""

    def listed(self, cue: str) -> frozenset[str]:
        """The single words of a cue, for what is looked up word by word."""
        return frozenset(form.text for form in self.cues[cue].forms)

    def forms(self) -> Iterator[Form]:
        """Every form in the lexicon."""
        yield from self.idioms.forms
        for rule in self.rules:
            yield from (*rule.forms.forms, *rule.unless.forms)
        for signal in self.signals:
            yield from (*signal.forms.forms, *signal.unless.forms)
        for cue in self.cues.values():
            yield from cue.forms
