"""Messages with their truth: events get days, a shape its words, and the days say what is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from bench.truth.english import English
from bench.truth.french import French
from bench.truth.templates import SLOT, TREATMENTS, Clause, Shape, Slot, TemplateError, Templates, read_slot
from bench.truth.wording import Writer, part_of_month

_FIRST_TODAY, _TODAYS = date(2026, 3, 1), 500
_TRIES = 400
_ELSEWHERE = (-60, 60)
Days = Mapping[str, date]
_WRITERS: dict[str, Writer] = {"en": English(), "fr": French()}


@dataclass(frozen=True)
class Truth:
    """What the contract says of a message; None where it says nothing or leaves it open."""

    verdict: str | None
    first: str | None = None
    days: int | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    earliest: date | None = None


@dataclass(frozen=True)
class Message:
    """One message, the day on which it is written, what it was made from, and its truth."""

    text: str
    today: date
    shape: str
    clauses: tuple[str, ...]
    truth: Truth


@dataclass(frozen=True)
class _Drawn:
    today: date
    days: Days
    names: Mapping[str, Sequence[str]]
    random: Random
    language: str


class _UnsayableError(Exception):
    """The words cannot say the days that were drawn."""


def make_messages(templates: Templates, count: int, random: Random, minimum: int) -> list[Message]:
    """Make messages of all shapes in turn.

    Args:
        templates: Shapes, clauses and names.
        count: How many messages.
        random: The source of all choices.
        minimum: The days that Botox needs before microneedling.
    """
    shapes = templates.shapes
    return [_message(shapes[i % len(shapes)], templates, random, minimum) for i in range(count)]


def with_clauses(message: Message, templates: Templates, count: int, random: Random) -> list[tuple[str, str]]:
    """Write a message with each of some clauses beside it that must not matter.

    Args:
        message: A message without a clause.
        templates: Clauses and names.
        count: How many clauses.
        random: The source of all choices.

    Returns:
        The clause's id and the longer text, of each.
    """
    drawn = _Drawn(message.today, {"today": message.today}, templates.names, random, templates.language)
    chosen = random.sample(templates.clauses, min(count, len(templates.clauses)))
    return [(clause.id, _joined(message.text, [(clause, _place_of(clause, random))], drawn)) for clause in chosen]


def _message(shape: Shape, templates: Templates, random: Random, minimum: int) -> Message:
    for _ in range(_TRIES):
        swapped = dict(zip("ab", random.sample(TREATMENTS, 2), strict=True))
        drawn = _draw(shape, swapped, templates, random)
        text = random.choice(shape.texts)
        try:
            if not _in_order([_own(e, swapped) for e in shape.order], drawn.days):
                continue
            written, slots = _fill(text, swapped, drawn)
        except _UnsayableError:
            continue
        truth = _truth(shape, slots, drawn, minimum, swapped)
        clauses = _some_clauses(shape, templates.clauses, random)
        whole = _joined(written, clauses, drawn)
        return Message(_styled(whole, random), drawn.today, shape.id, tuple(c.id for c, _ in clauses), truth)
    raise TemplateError(f"{shape.id}: no days were found that its words can say")


def _own(event: str, swapped: Mapping[str, str]) -> str:
    return swapped.get(event, event)


def _draw(shape: Shape, swapped: Mapping[str, str], templates: Templates, random: Random) -> _Drawn:
    today = shape.today or _FIRST_TODAY + timedelta(days=random.randrange(_TODAYS))
    days = {_own(e, swapped): today + timedelta(days=random.randint(*low_high)) for e, low_high in shape.when.items()}
    return _Drawn(today, {**days, "today": today}, templates.names, random, templates.language)


def _in_order(order: Sequence[str], days: Days) -> bool:
    return all(days[one] < days[two] for one, two in pairwise(order))


def _fill(text: str, swapped: Mapping[str, str], drawn: _Drawn) -> tuple[str, list[Slot]]:
    """Write a wording; a day of the month alone is read in the month of the treatment's date before it."""
    parts, slots, base, at = [], [], drawn.today, 0
    for found in SLOT.finditer(text):
        slot = read_slot(found[1])
        slot = Slot(slot.kind, _own(slot.event, swapped), slot.form, _own(slot.other, swapped), slot.choices)
        parts += [text[at : found.start()], _written(slot, drawn, base)]
        base = drawn.days[slot.event] if slot.kind == "date" and slot.event in TREATMENTS else base
        slots.append(slot)
        at = found.end()
    return "".join([*parts, text[at:]]), slots


def _written(slot: Slot, drawn: _Drawn, base: date) -> str:
    if slot.kind == "name":
        return drawn.random.choice(drawn.names[slot.event])
    if slot.kind == "choice":
        return drawn.random.choice(slot.choices)
    if slot.kind == "number":
        return str(drawn.random.randint(int(slot.form), int(slot.other)))
    if slot.kind == "length":
        length = abs((drawn.days[slot.event] - drawn.days[slot.other]).days)
        written = _WRITERS[drawn.language].length(slot.form, length, drawn.random)
    else:
        day = drawn.days[slot.event]
        written = _WRITERS[drawn.language].day(slot.form, day, drawn.today, base, drawn.random)
    if written is None:
        raise _UnsayableError
    return written


# Clauses.
def _some_clauses(shape: Shape, clauses: Sequence[Clause], random: Random) -> list[tuple[Clause, str]]:
    count = random.choices((0, 1, 2), weights=(4, 4, 2))[0] if shape.clauses else 0
    chosen = random.sample(clauses, min(count, len(clauses)))
    return [(c, _place_of(c, random)) for c in chosen]


def _place_of(clause: Clause, random: Random) -> str:
    return clause.where if clause.where != "both" else random.choice(("front", "end"))


def _joined(written: str, clauses: Sequence[tuple[Clause, str]], drawn: _Drawn) -> str:
    texts = {"front": [], "end": []}  # type: dict[str, list[str]]
    for clause, where in clauses:
        texts[where].append(_clause_text(drawn.random.choice(clause.texts), drawn))
    return " ".join([*texts["front"], written, *texts["end"]])


def _clause_text(text: str, drawn: _Drawn) -> str:
    events = {e for w in SLOT.findall(text) for s in [read_slot(w)] for e in (s.event, s.other) if e}
    for _ in range(_TRIES):
        days = {e: drawn.today + timedelta(days=drawn.random.randint(*_ELSEWHERE)) for e in events}
        try:
            return _fill(text, {}, replace(drawn, days={**days, "today": drawn.today}))[0]
        except _UnsayableError:
            continue
    raise TemplateError(f"no days were found for the clause {text!r}")


def _styled(text: str, random: Random) -> str:
    style = random.random()
    return text.lower() if style < 0.3 else text.replace(",", "").replace("'", "") if style < 0.4 else text


# Truth.
def _truth(shape: Shape, slots: Sequence[Slot], drawn: _Drawn, minimum: int, swapped: Mapping[str, str]) -> Truth:
    if shape.verdict is not None:
        verdict = None if shape.verdict == "none" else shape.verdict
        return Truth(verdict, _told_first(shape, drawn, swapped))
    first = _told_first(shape, drawn, swapped)
    ranges = _ranges(slots, drawn)
    joined = _joined_events(slots)
    known = {t: drawn.days[t] for t in TREATMENTS if t in joined["today"] and ranges[t][0] == ranges[t][1]}
    verdict, days = _verdict(first, joined, ranges, drawn, minimum)
    botox = known.get("botox")
    earliest = botox + timedelta(days=minimum) if botox and first != "microneedling" else None
    return Truth(verdict, first, days, known, earliest)


def _told_first(shape: Shape, drawn: _Drawn, swapped: Mapping[str, str]) -> str | None:
    if shape.first is not None:
        return None if shape.first == "none" else _own(shape.first, swapped)
    dated = [t for t in TREATMENTS if t in drawn.days]
    if len(dated) == 2 and drawn.days["botox"] == drawn.days["microneedling"]:
        return None
    return min(dated, key=lambda t: drawn.days[t], default=None)


def _ranges(slots: Sequence[Slot], drawn: _Drawn) -> dict[str, tuple[date, date]]:
    vague = {s.event for s in slots if s.kind == "date" and s.form == "part"}
    return {e: part_of_month(day) if e in vague else (day, day) for e, day in drawn.days.items()}


def _joined_events(slots: Sequence[Slot]) -> dict[str, set[str]]:
    """Return for each event the events that dates and lengths join it to, today among them."""
    groups = [{event} for event in ("today", *TREATMENTS)]
    edges = [{slot.event, slot.other or "today"} for slot in slots if slot.kind in ("date", "length")]
    return {event: group for group in _merged(groups, edges) for event in group}


def _merged(groups: list[set[str]], edges: Sequence[set[str]]) -> list[set[str]]:
    for edge in edges:
        touched = [g for g in groups if g & edge]
        groups = [*(g for g in groups if g not in touched), edge.union(*touched)]
    return groups


def _verdict(
    first: str | None,
    joined: Mapping[str, set[str]],
    ranges: Mapping[str, tuple[date, date]],
    drawn: _Drawn,
    minimum: int,
) -> tuple[str | None, int | None]:
    if "microneedling" in joined["botox"]:
        return _judged(first, ranges["botox"], ranges["microneedling"], minimum)
    if "today" in joined["botox"]:
        if ranges["botox"][0] > drawn.today:
            return None, None
        return _judged(first, ranges["botox"], (drawn.today, drawn.today), minimum)
    if "today" in joined["microneedling"]:
        done = drawn.days["microneedling"] <= drawn.today
        return ("no_interval", (drawn.today - drawn.days["microneedling"]).days) if done else ("ask_date", None)
    return None, None


def _judged(
    first: str | None, botox: tuple[date, date], other: tuple[date, date], minimum: int
) -> tuple[str | None, int | None]:
    gaps = [(other[0] - botox[1]).days, (other[1] - botox[0]).days]
    days = abs(gaps[0]) if gaps[0] == gaps[1] else None
    if first == "microneedling" and max(gaps) <= 0:
        return "no_interval", days
    if min(gaps) >= minimum:
        return "past_minimum", days
    return ("too_soon", days) if 0 <= min(gaps) and max(gaps) < minimum else ("ask_date", None)
