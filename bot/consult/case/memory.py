"""What a conversation remembers between turns: little, and not for long.

Kept in one Rasa slot as JSON. Treatment dates and the topic at hand fade after a while; the safe state after an
emergency does not, until the user says that they were seen or that it was a misunderstanding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import parse_obj_as

from bot.consult.reading.whose import MINE, THEIRS, Whose
from bot.consult.safety.state import SafeMemory
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.types import TreatmentId, to_json

EARLIER_TOPICS = 4
"""As many topics back somebody may return to."""
FADES_AFTER_SECONDS = 45 * 60
"""A question asked three quarters of an hour later is taken on its own."""


@dataclass(frozen=True)
class Memory:
    """The memory of one conversation."""

    turns: int = 0
    introduced: bool = False
    """The line that this is an automated assistant giving general information was said."""
    topic: str | None = None
    """The last topic that a follow-up may refer to."""
    earlier: tuple[str, ...] = ()
    """The topics before it, the latest first."""
    first: TreatmentId | None = None
    """The treatment put first in the order last spoken of."""
    named: tuple[TreatmentId, ...] = ()
    """The treatments of ours that were named."""
    times: tuple[tuple[TreatmentId, TreatmentTime], ...] = ()
    proposed: tuple[TreatmentId, ...] = ()
    """The treatments that the last message with a day proposed one for."""
    whose: Whose = MINE
    """Whose case is at hand."""
    others: tuple[tuple[Whose, tuple[tuple[TreatmentId, TreatmentTime], ...]], ...] = ()
    """The times of those who are not at hand, the latest last."""
    gap: tuple[int, int] | None = None
    """The days between the two treatments last spoken of, where a gap was named instead of dates."""
    awaiting: TreatmentId | None = None
    """The treatment whose date was asked for in the last turn."""
    asked_dates: int = 0
    safe: SafeMemory = field(default_factory=SafeMemory)
    """What the safety of the conversation rests on; it does not fade."""
    not_understood: int = 0
    """Turns in a row that were not understood."""
    offered: bool = False
    """The last turn offered a person, so that "yes" means that."""
    asked_to_call: bool = False
    """The last turn ended with the question whether somebody should call, so that "ok" is a yes."""
    sources: tuple[str, ...] = ()
    """Ids of the passages that the last article answer rested on."""
    said: tuple[str, ...] = ()
    """Digests of what the last turn said, so that it is not said again word for word."""
    treatment_done: bool = False
    """A treatment just done was spoken of, so that milder signs count in later messages."""
    language: str = "en"
    at: float = 0.0
    """When the last turn was, in seconds since 1970."""

    def faded(self, now: float) -> Memory:
        """Forget the topic and the dates when the last turn is long ago; safety stays."""
        if now - self.at <= FADES_AFTER_SECONDS:
            return self
        return replace(
            self,
            topic=None,
            earlier=(),
            first=None,
            named=(),
            times=(),
            proposed=(),
            others=(),
            gap=None,
            awaiting=None,
            asked_dates=0,
            not_understood=0,
            offered=False,
            asked_to_call=False,
            sources=(),
            said=(),
        )

    def without_dates(self) -> Memory:
        """Forget the order and the dates spoken of: a date card tells them anew."""
        return replace(self, first=None, times=(), gap=None, awaiting=None)

    def taken_up(self, whose: Whose | None) -> Memory:
        """Turn to somebody's case; nobody's dates are another's."""
        whose = self._meant(whose)
        if whose == self.whose:
            return self
        kept = {person: times for person, times in self.others if person != whose} | {self.whose: self.times}
        turned = replace(self, whose=whose, times=dict(self.others).get(whose, ()), others=tuple(kept.items()))
        return replace(turned, first=None, proposed=(), gap=None, awaiting=None)

    def _meant(self, whose: Whose | None) -> Whose:
        """The person at hand, where none is told; "for her" is of the one spoken of last."""
        if whose != THEIRS or self.whose != MINE:
            return self.whose if whose in (None, THEIRS) else whose
        return next((person for person, _ in reversed(self.others) if person != MINE), THEIRS)

    def time_of(self, treatment: TreatmentId) -> TreatmentTime:
        """Return what an earlier turn said about a treatment's time."""
        return dict(self.times).get(treatment, TreatmentTime())

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics spoken of, the latest first."""
        return (self.topic, *self.earlier) if self.topic else self.earlier

    def with_topic(self, topic: str) -> Memory:
        """Remember a topic; the ones before it can be returned to."""
        earlier = tuple(t for t in self.topics if t != topic)[:EARLIER_TOPICS]
        return replace(self, topic=topic, earlier=earlier)

    def as_json(self) -> object:
        """Return what the slot keeps."""
        return to_json(self)


def is_treated(kept: Any) -> bool:
    """Tell by what the slot keeps whether a treatment was had, so that milder signs count."""
    return bool(kept.get("treatment_done") or (kept.get("safe") or {}).get("alarm"))


def remembered(slot: Mapping[str, object] | None, now: float) -> Memory:
    """Read the slot's JSON back; an empty slot is a new conversation."""
    conversation = parse_obj_as(Memory, dict(slot)) if slot else Memory(at=now)
    return conversation.faded(now)
