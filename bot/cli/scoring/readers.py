"""Scores the readers on their own tables: the order of treatments, dates, red flags. No model is needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.cli.scoring.outcomes import Outcome
from bot.cli.scoring.tables import Row
from bot.consult.reading.direction import Direction
from bot.consult.reading.message import MessageReader
from bot.consult.safety.reading import SafetyReading
from bot.consult.types import Period, TimeExpression

ALARMS = frozenset({"self_harm", "emergency_911", "emergency_today"})
NONE = "none"
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class ReaderScorer:
    """Scores rows of the readers' tables with one reader, on one day."""

    reader: MessageReader
    today: date

    def direction(self, row: Row) -> Outcome:
        """Compare the order that was read."""
        reading, seconds = _timed(lambda: self.reader.read(row["text"], self.today))
        got = order_of(reading.direction)
        return Outcome(_id(row), row["text"], row["first"], got, got == row["first"], seconds=seconds)

    def dates(self, row: Row) -> Outcome:
        """Compare every expression that was found, its readings and marks."""
        day = date.fromisoformat(row["today"]) if row["today"] else self.today
        found, seconds = _timed(lambda: self.reader.dates.read(row["message"], day))
        got = described(found)
        right, group = got == row["expected"], row.section or row["written"]
        return Outcome(_id(row), row["message"], group, got, right, detail=f"not {row['expected']}", seconds=seconds)

    def safety(self, row: Row) -> Outcome:
        """Compare the route that was taken; an ordinary effect, being a hint only, passes for none."""
        reading, seconds = _timed(lambda: self.reader.safety.assess(row["text"]))
        wanted, got = set(row["route"].split("|")), _routes(reading)
        first = reading.route or NONE
        return Outcome(
            _id(row),
            row["text"],
            row["route"],
            first,
            right=bool(wanted & got),
            alarm_missed=wanted <= ALARMS and not wanted & got,
            false_alarm=first in ALARMS and not wanted & ALARMS,
            seconds=seconds,
        )


def order_of(direction: Direction) -> str:
    """Name an order as the table does: a treatment, ``which`` asked, turned round (``flip``), or ``none``."""
    if direction.asks_which:
        return "which"
    return "flip" if direction.flips else direction.first or NONE


def described(found: tuple[TimeExpression, ...]) -> str:
    """Write what was found as the table of dates does."""
    return " | ".join(_described(each) for each in found) or "-"


def _described(found: TimeExpression) -> str:
    flags = [
        found.tense or "",
        "vague" if found.vague and not found.days else "",
        "doubtful" if found.doubtful else "",
        "impossible" if found.impossible else "",
    ]
    return " ".join([f"{found.text}={_meaning(found)}", *filter(None, flags)])


def _meaning(found: TimeExpression) -> str:
    if found.days:
        return "-".join(str(count) for count in sorted(set(found.days))) + "d"
    return "/".join(filter(None, (_periods(found.readings), _periods(found.alternatives))))


def _periods(periods: tuple[Period, ...]) -> str:
    return ",".join(str(p.first) if p.is_day else f"{p.first}..{p.last}" for p in periods)


def _routes(reading: SafetyReading) -> set[str]:
    return set(reading.names)


def _id(row: Row) -> str:
    return f"line {row.number}"


def _timed(read: Callable[[], _Read]) -> tuple[_Read, float]:
    started = time.perf_counter()
    return read(), time.perf_counter() - started
