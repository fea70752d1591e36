"""Scores a labelled question: its topic, and where dates are in play the verdict, the order and the earliest day.

A note holds what else is right: ``alt=`` other topics, ``verdict=``, ``first=`` and ``earliest=`` (several with |),
``lang=fr``. The timing counts where the question was answered under its own topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.cli.in_process import Understanding, Understood
from bot.cli.scoring.outcomes import Outcome
from bot.cli.scoring.tables import Row
from bot.consult.timeline.verdict import Timing
from bot.consult.topics import NOT_OURS, SAFETY

NEEDS_CONTEXT = re.compile(r"\bcontext\b|follow-up")
TIMED = ("verdict", "first", "earliest")


@dataclass(frozen=True)
class Expectation:
    """What a row says is right."""

    category: str
    topics: frozenset[str]
    timing: dict[str, frozenset[str]]

    @classmethod
    def of(cls, row: Row) -> Expectation:
        """Read a row's category and note."""
        timing = {key: wanted for key in TIMED if (wanted := tag(row["note"], key))}
        return cls(row["category"], frozenset({row["category"]}) | tag(row["note"], "alt"), timing)

    def accepts(self, topic: str) -> bool:
        """Tell whether a topic is right; what is not ours counts as one group."""
        return topic in self.topics or (topic in NOT_OURS and bool(NOT_OURS & self.topics))

    def timing_error(self, topic: str, timing: Timing | None) -> str:
        """Say what is wrong about the timing, or nothing."""
        if topic != self.category:
            return ""
        came = _timing_of(timing)
        if came["verdict"] == "ask_date" and "ask_date" in self.timing.get("verdict", ()):
            return ""
        wrong = [key for key, wanted in self.timing.items() if came[key] not in wanted]
        return ", ".join(f"{key} {came[key]} instead of {'|'.join(sorted(self.timing[key]))}" for key in wrong)


def tag(note: str, key: str) -> frozenset[str]:
    """Return the values of one tag of a note."""
    found = re.search(rf"\b{key}=([\w|:-]+)", note)
    return frozenset(found[1].split("|")) if found else frozenset()


def is_scored(row: Row) -> bool:
    """Tell whether a row can be understood without an earlier turn."""
    return not NEEDS_CONTEXT.search(row["note"])


def score_question(row: Row, understanding: Understanding) -> Outcome:
    """Ask one question and compare."""
    return compared(row, understanding.of(row["text"]))


def compared(row: Row, understood: Understood) -> Outcome:
    """Compare what was understood with what the row says is right."""
    expected, topic = Expectation.of(row), understood.answer.topic
    error = expected.timing_error(topic, understood.timing)
    return Outcome(
        id=row["id"],
        text=row["text"],
        group=row["category"],
        got=topic,
        right=expected.accepts(topic) and not error,
        alarm_missed=row["category"] in SAFETY and not expected.accepts(topic),
        false_alarm=topic in SAFETY and not SAFETY & expected.topics,
        detail=error,
        seconds=understood.seconds,
        confidence=min(understood.decision.confidence, 1.0),
    )


def _timing_of(timing: Timing | None) -> dict[str, str | None]:
    if timing is None:
        return dict.fromkeys(TIMED)
    earliest = timing.earliest.isoformat() if timing.earliest else None
    return {"verdict": timing.verdict, "first": timing.first, "earliest": earliest}
