"""What became of one row of a table, and the counts over many."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Outcome:
    """One row: what was wanted, what came, and whether that is right."""

    id: str
    text: str
    group: str
    """What the row counts under: its topic, route, order, or section of the table."""
    got: str
    right: bool
    alarm_missed: bool = False
    """A red flag or distress was not seen."""
    false_alarm: bool = False
    """An ordinary message was taken for one."""
    detail: str = ""
    """What was wrong beside the label, such as a verdict."""
    seconds: float = 0.0
    confidence: float | None = None
    """How sure the understanding was, where it tells."""


@dataclass(frozen=True)
class Score:
    """A table's outcomes."""

    name: str
    labelled: bool
    """Whether ``got`` is one of a few labels, so that confusions mean something."""
    outcomes: tuple[Outcome, ...]

    @property
    def right(self) -> int:
        """The number of rows that are right."""
        return sum(outcome.right for outcome in self.outcomes)

    @property
    def share(self) -> float:
        """The share of rows that are right, from 0 to 1."""
        return self.right / len(self.outcomes) if self.outcomes else 1.0

    @property
    def wrong(self) -> tuple[Outcome, ...]:
        """The rows that are not right."""
        return tuple(outcome for outcome in self.outcomes if not outcome.right)

    @property
    def alarms_missed(self) -> int:
        """The red flags that were not seen."""
        return sum(outcome.alarm_missed for outcome in self.outcomes)

    @property
    def false_alarms(self) -> int:
        """The ordinary messages taken for red flags."""
        return sum(outcome.false_alarm for outcome in self.outcomes)

    @property
    def median_ms(self) -> float:
        """The median time of a row in milliseconds."""
        return statistics.median(o.seconds for o in self.outcomes) * 1000 if self.outcomes else 0.0


def calibration_error(outcomes: Iterable[Outcome]) -> float | None:
    """Return by how much confidence and share of right rows differ on average, over ten bins; None where none tells."""
    told = [(o.confidence, o.right) for o in outcomes if o.confidence is not None]
    bins: dict[int, list[float]] = defaultdict(list)
    for confidence, right in told:
        bins[min(int(confidence * BINS), BINS - 1)].append(right - confidence)
    return sum(abs(sum(gaps)) for gaps in bins.values()) / len(told) if told else None


def by_group(score: Score) -> list[tuple[str, int, int]]:
    """Return (group, right, rows) for every group, the worst share first."""
    rows = Counter(outcome.group for outcome in score.outcomes)
    right = Counter(outcome.group for outcome in score.outcomes if outcome.right)
    return sorted(((g, right[g], n) for g, n in rows.items()), key=lambda each: (each[1] / each[2], each[0]))


def confusions(outcomes: Iterable[Outcome]) -> list[tuple[tuple[str, str], int]]:
    """Return ((wanted, got), times) for the rows that went elsewhere, the most frequent first."""
    pairs = Counter((o.group, o.got) for o in outcomes if not o.right and o.got != o.group)
    return sorted(pairs.items(), key=lambda each: (-each[1], each[0]))
