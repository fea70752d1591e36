"""The lexicon file: loaded, checked, and refused with file, place and reason when it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from bot.consult.safety.forms import Form, Forms, is_list
from bot.consult.safety.reading import Retraction, Route

Kind = Literal["symptom", "effect", "distress", "condition", "request", "speech", "circumstance"]
"""How a rule's context is read: see the head of the lexicon file."""
Need = Literal["treatment", "treatment_done", "treatment_onset"]

CUES = (
    "negation",
    "between_negation",
    "negation_after",
    "abstract",
    "between_abstract",
    "abstract_opening",
    "abstract_closing",
    "hearsay",
    "past",
    "past_verbs",
    "habit",
    "resolved",
    "not_resolved",
    "recent",
    "present",
    "present_inside",
    "present_close",
    "present_anywhere",
    "treatment",
    "treatment_done",
    "treatment_onset",
    "french",
    "english",
)
"""The lists under ``cues`` that the grammar needs."""
_NEAR = 5


class LexiconError(ValueError):
    """The lexicon file cannot be used; the message says where and why."""


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
    within: int = _NEAR
    body_image: bool = False


@dataclass(frozen=True)
class Shape:
    """A rule for what is no language: markup, code, payloads."""

    id: str
    route: Route
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Takeback:
    """Words that take a former message back."""

    retraction: Retraction
    forms: Forms
    unless: Forms


@dataclass(frozen=True)
class Lexicon:
    """The lexicon as read from its file."""

    spellings: Mapping[str, str]
    corrected: frozenset[str]
    not_typos: frozenset[str]
    words: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, int]]
    endings: Mapping[str, tuple[str, ...]]
    idioms: Forms
    cues: Mapping[str, Forms]
    rules: tuple[Rule, ...]
    shapes: tuple[Shape, ...]
    takebacks: tuple[Takeback, ...]

    def forms(self) -> Iterator[Form]:
        """Every form in the lexicon."""
        yield from self.idioms.forms
        for rule in self.rules:
            yield from (*rule.forms.forms, *rule.unless.forms)
        for takeback in self.takebacks:
            yield from (*takeback.forms.forms, *takeback.unless.forms)
        for cue in self.cues.values():
            yield from cue.forms


def load_lexicon(path: Path) -> Lexicon:
    """Load and check a lexicon file; raises LexiconError."""
    try:
        return _lexicon(_sections(yaml.safe_load(path.read_text(encoding="utf-8"))))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, re.error) as problem:
        raise LexiconError(f"{path.name}: {_reason(problem)}") from problem


def _reason(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return f"{problem.args[0]!r} is missing"
    return " ".join(str(problem).split())


def _sections(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Refuse a file with an empty section, by its name."""
    empty = [name for name, section in raw.items() if section is None]
    if empty:
        raise ValueError(f"{', '.join(empty)}: nothing stands there")
    return raw


def _lexicon(raw: Mapping[str, Any]) -> Lexicon:
    lexicon = Lexicon(
        spellings={v: str(word) for word, variants in raw["spellings"].items() for v in _words(variants)},
        corrected=frozenset(_words(raw["corrected"])),
        not_typos=frozenset(_words(raw["not_typos"])),
        words={str(name): _words(texts) for name, texts in raw["words"].items()},
        numbers={name: (int(ends[0]), int(ends[1])) for name, ends in raw["numbers"].items()},
        endings={str(name): _words(texts) for name, texts in raw["endings"].items()},
        idioms=_forms(raw["idioms"]),
        cues={name: _forms(raw["cues"][name]) for name in CUES},
        rules=tuple(_rule(entry) for entry in raw["rules"]),
        shapes=tuple(_shape(entry) for entry in raw["shapes"]),
        takebacks=tuple(_takeback(entry) for entry in raw["retractions"]),
    )
    _check(lexicon)
    return lexicon


def _forms(texts: list[Any]) -> Forms:
    return Forms(_words(texts))


def _words(texts: list[Any]) -> tuple[str, ...]:
    """Refuse what YAML turned into something else: an unquoted no, or a date."""
    for text in texts:
        if isinstance(text, bool) or not isinstance(text, (str, int)):
            raise ValueError(f"{text!r} must stand in quotes")
    return tuple(str(text) for text in texts)


def _rule(entry: Mapping[str, Any]) -> Rule:
    name = str(entry["id"])
    return Rule(
        id=name,
        kind=_one_of(name, entry["kind"], Kind),
        route=_one_of(name, entry["route"], Route) if entry.get("route") else None,
        forms=_forms(entry["forms"]),
        unless=_forms(entry.get("unless", [])),
        needs=_one_of(name, entry["needs"], Need) if entry.get("needs") else None,
        within=int(entry.get("within", _NEAR)),
        body_image=bool(entry.get("body_image", False)),
    )


def _shape(entry: Mapping[str, Any]) -> Shape:
    patterns = tuple(re.compile(text, re.IGNORECASE) for text in entry["patterns"])
    return Shape(str(entry["id"]), _one_of(str(entry["id"]), entry["route"], Route), patterns)


def _takeback(entry: Mapping[str, Any]) -> Takeback:
    retraction = _one_of("retractions", entry["id"], Retraction)
    return Takeback(retraction, _forms(entry["forms"]), _forms(entry.get("unless", [])))


def _one_of(name: str, value: Any, choices: Any) -> Any:
    if value not in get_args(choices):
        raise ValueError(f"{name}: {value!r} is none of {', '.join(get_args(choices))}")
    return value


def _check(lexicon: Lexicon) -> None:
    known = {f"<{name}>" for name in (*lexicon.words, *lexicon.numbers, *lexicon.endings)}
    unknown = {item for form in lexicon.forms() for item in form.items if is_list(item)} - known
    if unknown:
        raise ValueError(f"no word list is named {', '.join(sorted(unknown))}")
    ids = [rule.id for rule in lexicon.rules] + [shape.id for shape in lexicon.shapes]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"two rules are named {', '.join(twice)}")
