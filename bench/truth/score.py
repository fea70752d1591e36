"""What the bot says of a message, held against its truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from bench.truth.messages import Message, Truth
from bench.truth.templates import TREATMENTS
from bot.cli.in_process import Understanding, load_understanding
from bot.consult.timeline.verdict import Timing
from bot.consult.types import to_json
from bot.knowledge.files import read_knowledge
from bot.settings import PROJECT_ROOT, Settings

OUTCOMES = ("right", "asked", "wrong", "unsafe")
BOTOX, MICRONEEDLING = TREATMENTS


@dataclass(frozen=True)
class Scored:
    """A message, what the bot says of it, and whether that is right."""

    message: Message
    timing: Timing
    outcome: str

    def as_json(self) -> object:
        """Return all of it as JSON can hold it."""
        return {"outcome": self.outcome, **to_json(self.message), "said": self.timing.as_json(TREATMENTS)}  # type: ignore[dict-item]


def score(message: Message) -> Scored:
    """Ask the bot on the message's own day, and hold the timing of its answer against the truth."""
    understood = replace(_understanding(), today=message.today).of(message.text)
    timing = understood.timing or Timing()
    return Scored(message, timing, outcome_of(timing, message.truth))


def changed_by(message: Message, text: str) -> str | None:
    """Return the verdict that a longer text of a message gets, where it is another one; to ask is none.

    Args:
        message: A message that is understood.
        text: The same with a clause beside it that must not matter.
    """
    timing = score(replace(message, text=text)).timing
    return None if timing.verdict in (message.truth.verdict, "ask_date") else timing.verdict or "no verdict"


def outcome_of(timing: Timing, truth: Truth) -> str:
    """Return right, asked, wrong or unsafe."""
    if _is_unsafe(timing, truth):
        return "unsafe"
    if timing.verdict == "ask_date" != truth.verdict:
        return "asked"
    return "right" if _is_right(timing, truth) else "wrong"


def minimum_days() -> int:
    """Return the days that the knowledge gives between Botox and microneedling."""
    return _interval(BOTOX, MICRONEEDLING) or 0


def _is_unsafe(timing: Timing, truth: Truth) -> bool:
    if timing.verdict == "past_minimum" != truth.verdict:
        return True
    if truth.first == MICRONEEDLING:
        return timing.earliest is not None or timing.verdict in ("past_minimum", "too_soon")
    return bool(timing.earliest and truth.earliest and timing.earliest < truth.earliest)


def _is_right(timing: Timing, truth: Truth) -> bool:
    told = [(timing.date_of(t), day) for t, day in truth.dates.items() if timing.date_of(t)]
    same_days = None in (truth.days, timing.days) or timing.days == truth.days
    first = truth.first is None or timing.verdict == "ask_date" or timing.first == truth.first
    return timing.verdict == truth.verdict and first and same_days and all(said == true for said, true in told)


def _interval(first: str, then: str) -> int | None:
    rule = read_knowledge(PROJECT_ROOT / "data" / "knowledge").rule(first, then)
    return rule.interval_days if rule else None


@lru_cache(maxsize=1)
def _understanding() -> Understanding:
    return load_understanding(Settings.from_environment({}))
