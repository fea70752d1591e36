"""Asks two sides the same texts in turn: whatever else this machine does slows both alike, and their ratio stands."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.conversations import Conversation
from bench.environment import BenchError
from bench.report import percentile
from bench.turns import timed


@dataclass(frozen=True)
class Pairs:
    """What each text took, in milliseconds, on the side that has grown and on the plain one."""

    grown: Sequence[float]
    plain: Sequence[float]

    @property
    def ratio(self) -> float:
        """The median of each text's own ratio: a disturbance spoils the texts that it meets, and no others."""
        return statistics.median(grown / plain for grown, plain in zip(self.grown, self.plain, strict=True))

    def __add__(self, other: Pairs) -> Pairs:
        """Both together."""
        return Pairs([*self.grown, *other.grown], [*self.plain, *other.plain])

    def as_json(self) -> dict[str, float]:
        """The figures to keep."""
        return {
            "pairs": len(self.grown),
            "grown_p50_ms": round(percentile(self.grown, 0.5), 2),
            "plain_p50_ms": round(percentile(self.plain, 0.5), 2),
            "ratio": round(self.ratio, 3),
        }


async def in_turn(grown: Conversation, plain: Conversation, texts: Sequence[str]) -> Pairs:
    """Say every text to both sides, each the first one every other time.

    Raises:
        BenchError: a text was not answered.
    """
    spent: tuple[list[float], list[float]] = ([], [])
    for number, text in enumerate(texts):
        for side in (0, 1) if number % 2 else (1, 0):
            milliseconds, answered = await timed((grown, plain)[side], text)
            if not answered:
                raise BenchError("A turn was not answered.")
            spent[side].append(milliseconds)
    return Pairs(*spent)
