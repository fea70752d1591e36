"""Lays an explanation out for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.cli.explanation.document import Explanation

MOST_TOPICS = 5
NOTHING = "–"
FROM_TENSE = "done"
"""The rule that goes by what was done already; it stands at no word of its own."""
FLAGS = ("doubtful", "vague", "impossible")


def page(explained: Explanation) -> RenderableType:
    """Lay out one explanation: the decision first, then what it came from."""
    return Group(
        Rule(style="dim"),
        Text(explained["text"], style="bold"),
        Padding(_overview(explained), (1, 0, 0, 0)),
        *_lists(explained),
    )


def _overview(explained: Explanation) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _facts(explained):
        table.add_row(name, escape(value))
    return table


def _facts(explained: Explanation) -> Iterator[tuple[str, str]]:
    yield "topic", f"{explained['topic']} (row: {explained['row']})"
    if explained["also_asked"]:
        yield "also asked", ", ".join(explained["also_asked"])
    if explained["likely"]:
        yield "likely", ", ".join(explained["likely"])
    yield "language", explained["language"]
    yield "cues", _listed(explained["cues"])
    if explained["follow_up"]:
        yield "follow-up", explained["follow_up"]
    yield "order", _order(explained["direction"])
    yield "evidence", _listed(_evidence(each) for each in explained["direction"]["evidence"])
    yield "timeline", _timeline(explained["timeline"])
    yield "verdict", _verdict(explained["timing"])
    yield "safety", _safety(explained["safety"])
    yield "says", _listed(explained["says"])


def _lists(explained: Explanation) -> Iterator[RenderableType]:
    tables = (
        _table("treatments", ("treatment", "role", "written", "at", ""), map(_treatment, explained["treatments"])),
        _table("dates", ("written", "at", "readings", "other years", "marks"), map(_date, explained["dates"])),
        _table("safety", ("rule", "standing", "route", "written"), map(_match, explained["safety"]["matches"])),
        _table("classifier", ("topic", "confidence", "similarity"), map(_guess, explained["ranking"][:MOST_TOPICS])),
        _table("nearest examples", ("similarity", "topic", "example"), map(_example, explained["nearest_examples"])),
        _table("quotes", ("passage", "sentence"), map(_quote, explained["quotes"])),
    )
    yield from (table for table in tables if table.row_count)


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(*columns, title=title, title_style="cyan", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*map(escape, row))
    return table


# One line each.
def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or NOTHING


def _order(direction: dict[str, Any]) -> str:
    asked = "asks which comes first" if direction["asks_which"] else ""
    flips = "turns an earlier order round" if direction["flips"] else ""
    first = f"{direction['first']} first" if direction["first"] else ""
    status = ", ".join(f"{treatment} {status}" for treatment, status in direction["status"].items())
    return "; ".join(filter(None, (asked, flips, first, status))) or NOTHING


def _evidence(evidence: dict[str, Any]) -> str:
    word = f" (word {evidence['at'] + 1})" if evidence["rule"] != FROM_TENSE else ""
    return f"{evidence['rule']}{word}: {evidence['first']} first"


def _timeline(timeline: dict[str, Any]) -> str:
    times = [f"{treatment} {_time(time)}" for treatment, time in timeline["times"]]
    gap = [f"gap of {_range(timeline['gap'])} days"] if timeline["gap"] else []
    loose = [f"{each['text']} (of no treatment named)" for each in timeline["loose"]]
    return "; ".join([*times, *gap, *loose]) or NOTHING


def _time(time: dict[str, Any]) -> str:
    marks = [mark for mark in ("doubtful", "impossible", "several") if time[mark]]
    return " ".join([_periods(time["readings"]), *marks])


def _verdict(timing: dict[str, Any] | None) -> str:
    if timing is None:
        return NOTHING
    said = {
        "days": timing["days"],
        "at least": timing["minimum_days"],
        "earliest": timing["earliest"],
    }
    known = [f"{name} {value}" for name, value in said.items() if value is not None]
    return ", ".join([timing["verdict"] or "no dates to judge", *known])


def _safety(safety: dict[str, Any]) -> str:
    if not safety["route"]:
        return ", ".join(safety["said"]) or NOTHING
    weight = "before everything else" if safety["binding"] else "a hint only"
    return ", ".join([f"{safety['route']} ({weight})", *safety["also"]])


# One row each.
def _treatment(mention: dict[str, Any]) -> tuple[str, ...]:
    marks = [mark for mark in ("brand", "contextual") if mention[mark]]
    covered = [] if mention["covered"] else ["no source"]
    return (mention["treatment"], mention["role"], mention["text"], _span(mention), ", ".join([*marks, *covered]))


def _date(found: dict[str, Any]) -> tuple[str, ...]:
    readings = f"{_range(found['days'])} days" if found["days"] else _periods(found["readings"])
    marks = [found["tense"] or "", *(flag for flag in FLAGS if found[flag])]
    return (found["text"], _span(found), readings, _periods(found["alternatives"]), " ".join(filter(None, marks)))


def _match(match: dict[str, Any]) -> tuple[str, ...]:
    return (match["rule"], match["standing"], match["route"] or NOTHING, match["text"])


def _guess(guess: dict[str, Any]) -> tuple[str, ...]:
    return (guess["name"], f"{guess['confidence']:.2f}", f"{guess['similarity']:.2f}")


def _example(example: dict[str, Any]) -> tuple[str, ...]:
    return (f"{example['similarity']:.2f}", example["intent"], example["text"])


def _quote(quote: dict[str, str]) -> tuple[str, ...]:
    return (quote["id"], quote["sentence"])


def _span(found: dict[str, Any]) -> str:
    return f"{found['start']}-{found['end']}"


def _periods(periods: Iterable[dict[str, str]]) -> str:
    return " or ".join(p["first"] if p["first"] == p["last"] else f"{p['first']} to {p['last']}" for p in periods)


def _range(days: Sequence[int]) -> str:
    return "-".join(map(str, dict.fromkeys(days)))
