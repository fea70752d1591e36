"""Template files: shapes of messages and clauses that do not matter, checked as they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.yaml_lines import plain_yaml

NAMES_FILE = Path(__file__).with_name("names.yml")
TREATMENTS = ("botox", "microneedling")
WHEN = {"past": (-30, -1), "future": (1, 30), "today": (0, 0), "any": (-30, 30)}
FORMS = frozenset({"on", "date", "iso", "bare", "weekday", "near", "ago", "in", "part"})
UNITS = frozenset({"any", "weeks", "days", "number"})
SLOT = re.compile(r"\{([^{}]+)\}")
_NUMBER = re.compile(r"n:(?P<low>\d+)-(?P<high>\d+)")
_LENGTH = re.compile(r"(?P<one>\w+)\.\.(?P<two>\w+)(?:\.(?P<unit>\w+))?")
_DATE = re.compile(r"(?P<event>\w+)\.(?P<form>\w+)")
_WHERE = frozenset({"front", "end", "both"})
_SHAPE_KEYS = frozenset({"id", "text", "when", "order", "verdict", "first", "today", "clauses"})


class TemplateError(Exception):
    """A template that cannot be used: which, and why."""


@dataclass(frozen=True)
class Slot:
    """One slot of a wording.

    ``kind`` is ``name`` or ``date`` of an ``event``, ``length`` between two events, ``number`` or ``choice``.
    """

    kind: str
    event: str = ""
    form: str = ""
    other: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """One shape of a message, its events' ranges in days from today, and what is true of it beyond the days."""

    id: str
    texts: tuple[str, ...]
    when: Mapping[str, tuple[int, int]]
    order: tuple[str, ...] = ()
    verdict: str | None = None
    first: str | None = None
    today: date | None = None
    clauses: bool = True


@dataclass(frozen=True)
class Clause:
    """A sentence that changes nothing."""

    id: str
    texts: tuple[str, ...]
    where: str = "both"


@dataclass(frozen=True)
class Templates:
    """All of one file."""

    names: Mapping[str, Sequence[str]]
    shapes: tuple[Shape, ...]
    clauses: tuple[Clause, ...]
    language: str = "en"


def read_templates(file: Path) -> Templates:
    """Read a template file.

    Raises:
        TemplateError: A template has a field or slot that the format does not know.
    """
    found = plain_yaml(file)
    names = {**plain_yaml(NAMES_FILE), **(found.get("names") or {})}
    shapes = tuple(_shape(entry) for entry in found.get("shapes") or ())
    clauses = tuple(_clause(entry) for entry in found.get("clauses") or ())
    entries: list[Shape | Clause] = [*shapes, *clauses]
    for each in entries:
        _check(each)
    _refuse_doubles([each.id for each in entries])
    return Templates(names, shapes, clauses, found.get("language") or "en")


def read_slot(written: str) -> Slot:
    """Read what stands between the braces.

    Raises:
        TemplateError: The format has no such slot.
    """
    if written.startswith("one of:"):
        return Slot("choice", choices=tuple(w.strip() for w in written.removeprefix("one of:").split(",")))
    if found := _NUMBER.fullmatch(written):
        return Slot("number", form=found["low"], other=found["high"])
    return _told_slot(written)


def _told_slot(written: str) -> Slot:
    if (found := _LENGTH.fullmatch(written)) and (found["unit"] or "any") in UNITS:
        return Slot("length", found["one"], found["unit"] or "any", found["two"])
    if (found := _DATE.fullmatch(written)) and found["form"] in FORMS:
        return Slot("date", found["event"], found["form"])
    if written in (*TREATMENTS, "a", "b"):
        return Slot("name", written)
    raise TemplateError(f"there is no slot {{{written}}}")


def slots_of(text: str) -> list[Slot]:
    """Return the slots of a wording, in its order."""
    return [read_slot(written) for written in SLOT.findall(text)]


def _shape(entry: Mapping[str, Any]) -> Shape:
    if unknown := set(entry) - _SHAPE_KEYS:
        raise TemplateError(f"{entry.get('id')}: unknown fields {sorted(unknown)}")
    when = {event: _range(entry["id"], value) for event, value in (entry.get("when") or {}).items()}
    verdict, first, day = (entry.get(key) for key in ("verdict", "first", "today"))
    return Shape(
        entry["id"],
        _texts(entry),
        when,
        tuple(entry.get("order") or ()),
        verdict,
        first,
        day if day is None or isinstance(day, date) else date.fromisoformat(day),
        bool(entry.get("clauses", True)),
    )


def _clause(entry: Mapping[str, Any]) -> Clause:
    return Clause(entry["id"], _texts(entry), entry.get("where") or "both")


def _texts(entry: Mapping[str, Any]) -> tuple[str, ...]:
    text = entry["text"]
    return (text,) if isinstance(text, str) else tuple(text)


def _range(shape: str, value: object) -> tuple[int, int]:
    if str(value) in WHEN:
        return WHEN[str(value)]
    found = re.fullmatch(r"(-?\d+)(?:\.\.(-?\d+))?", str(value))
    if not found or int(found[1]) > int(found[2] or found[1]):
        raise TemplateError(f"{shape}: {value!r} is no range of days")
    return (int(found[1]), int(found[2] or found[1]))


def _check(each: Shape | Clause) -> None:
    try:
        slots = [slot for text in each.texts for slot in slots_of(text)]
    except TemplateError as error:
        raise TemplateError(f"{each.id}: {error}") from None
    if isinstance(each, Shape):
        _check_shape(each, slots)
    elif each.where not in _WHERE:
        raise TemplateError(f"{each.id}: where is one of {sorted(_WHERE)}")


def _check_shape(each: Shape, slots: Sequence[Slot]) -> None:
    named = {e for s in slots if s.kind in ("date", "length") for e in (s.event, s.other) if e}
    if missing := (named | set(each.order)) - set(each.when) - {"today"}:
        raise TemplateError(f"{each.id}: no days are given for {sorted(missing)}")
    if each.verdict not in (None, "none", "ask_date") or each.first not in (None, "none", "a", "b", *TREATMENTS):
        raise TemplateError(f"{each.id}: verdict is ask_date or none, first a treatment or none")


def _refuse_doubles(ids: Sequence[str]) -> None:
    if doubled := sorted({i for i in ids if ids.count(i) > 1}):
        raise TemplateError(f"said twice: {doubled}")
