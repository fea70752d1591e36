"""The lexicon file: loaded, checked, and refused with file, line and reason when it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from bot.consult.safety.forms import Form, Forms, is_list, parse
from bot.consult.safety.reading import Retraction, Route
from bot.yaml_lines import Entry, read_yaml

FILE = "safety_lexicon.yml"
"""Its name in the folder of the knowledge."""
Kind = Literal["symptom", "effect", "distress", "condition", "request", "speech", "circumstance"]
"""How a rule's context is read: see the head of the lexicon file."""
Need = Literal["treatment", "treatment_done", "treatment_onset", "ours"]
"""What the message must speak of: see the head of the lexicon file."""

CUES = (
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
    "hearsay",
    "past",
    "past_verbs",
    "long_past",
    "of_a_disease",
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
    "ours",
    "personal",
    "foreign",
    "no_person",
    "between_subject",
    "sounds_like_distress",
    "sounds_like_symptom",
    "small",
    "french",
    "english",
)
"""The lists under ``cues`` that the grammar needs."""
_SECTIONS = (
    "reviewed",
    "spellings",
    "corrected",
    "not_typos",
    "words",
    "numbers",
    "endings",
    "idioms",
    "cues",
    "rules",
    "shapes",
    "retractions",
)
_NEAR = 5


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
    reviewed: tuple[str, date] | None = None
    """The clinician who reviewed it, and when."""

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
    """Load and check a lexicon file.

    Raises:
        FileError: The first thing that is wrong, with its line.
    """
    sections = read_yaml(path).fields(_SECTIONS)
    lexicon = Lexicon(
        spellings=_spellings(sections["spellings"]),
        corrected=frozenset(sections["corrected"].texts()),
        not_typos=frozenset(sections["not_typos"].texts()),
        words=_lists(sections["words"]),
        numbers={name: _range(entry) for name, entry in sections["numbers"].pairs().items()},
        endings=_lists(sections["endings"]),
        idioms=_forms(sections["idioms"]),
        cues={name: _forms(entry) for name, entry in sections["cues"].fields(CUES).items()},
        rules=tuple(_rule(entry) for entry in sections["rules"].items()),
        shapes=tuple(_shape(entry) for entry in sections["shapes"].items()),
        takebacks=tuple(_takeback(entry) for entry in sections["retractions"].items()),
        reviewed=_reviewed(sections["reviewed"]),
    )
    _refuse_unknown_lists(sections, lexicon)
    _refuse_doubles([*sections["rules"].items(), *sections["shapes"].items()])
    return lexicon


def _spellings(section: Entry) -> dict[str, str]:
    return {text: word for word, texts in section.pairs().items() for text in texts.texts()}


def _lists(section: Entry) -> dict[str, tuple[str, ...]]:
    return {name: texts.texts() for name, texts in section.pairs().items()}


def _range(entry: Entry) -> tuple[int, int]:
    try:
        first, last = (int(str(end.plain())) for end in entry.items())
    except ValueError:
        raise entry.refusal("expected the first and the last number") from None
    return first, last


def _forms(entry: Entry) -> Forms:
    for item in entry.items():
        _refuse_empty_part(item)
    return Forms(entry.texts())


def _refuse_empty_part(item: Entry) -> None:
    try:
        parse(item.text())
    except ValueError as problem:
        raise item.refusal(str(problem)) from None


def _rule(entry: Entry) -> Rule:
    fields = entry.fields(("id", "kind", "forms", "source"), ("route", "unless", "needs", "within", "body_image"))
    return Rule(
        id=fields["id"].text(),
        kind=fields["kind"].choice(get_args(Kind)),
        route=fields["route"].choice(get_args(Route)) if "route" in fields else None,
        forms=_forms(fields["forms"]),
        unless=_forms(fields["unless"]) if "unless" in fields else Forms(),
        needs=fields["needs"].choice(get_args(Need)) if "needs" in fields else None,
        within=fields["within"].positive() if "within" in fields else _NEAR,
        body_image="body_image" in fields and fields["body_image"].yes_no(),
    )


def _shape(entry: Entry) -> Shape:
    fields = entry.fields(("id", "route", "patterns"))
    patterns = tuple(_pattern(item) for item in fields["patterns"].items())
    return Shape(fields["id"].text(), fields["route"].choice(get_args(Route)), patterns)


def _pattern(item: Entry) -> re.Pattern[str]:
    try:
        return re.compile(item.text(), re.IGNORECASE)
    except re.error as problem:
        raise item.refusal(f"no regular expression: {problem}") from None


def _takeback(entry: Entry) -> Takeback:
    fields = entry.fields(("id", "forms"), ("unless",))
    unless = _forms(fields["unless"]) if "unless" in fields else Forms()
    return Takeback(fields["id"].choice(get_args(Retraction)), _forms(fields["forms"]), unless)


def _reviewed(entry: Entry) -> tuple[str, date] | None:
    fields = entry.fields((), ("by", "on"))
    return (fields["by"].text(), _day(fields["on"])) if {"by", "on"} <= fields.keys() else None


def _day(entry: Entry) -> date:
    try:
        return date.fromisoformat(str(entry.plain()))
    except ValueError:
        raise entry.refusal("expected a date such as 2026-11-22") from None


def _refuse_unknown_lists(sections: Mapping[str, Entry], lexicon: Lexicon) -> None:
    known = {f"<{name}>" for name in (*lexicon.words, *lexicon.numbers, *lexicon.endings)}
    for item in _all_forms(sections):
        unknown = {part for part in parse(item.text()).items if is_list(part)} - known
        if unknown:
            raise item.refusal(f"no word list is named {', '.join(sorted(unknown))}")


def _all_forms(sections: Mapping[str, Entry]) -> Iterator[Entry]:
    """Every entry that is written in the notation of forms."""
    yield from sections["idioms"].items()
    for cue in sections["cues"].pairs().values():
        yield from cue.items()
    for entry in (*sections["rules"].items(), *sections["retractions"].items()):
        fields = entry.pairs()
        for name in ("forms", "unless"):
            yield from fields[name].items() if name in fields else ()


def _refuse_doubles(entries: Iterable[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.pairs()["id"]
        if name.text() in seen:
            raise name.refusal(f"two rules are named {name.text()}")
        seen.add(name.text())
