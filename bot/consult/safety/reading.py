"""What the safety layer read in one message, for the router and for staff who ask why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.consult.types import Language

Route = Literal[
    "self_harm",
    "emergency_911",
    "emergency_today",
    "clinician_only",
    "distress",
    "injection",
    "abuse",
    "side_effect_mild",
]
PRECEDENCE: tuple[Route, ...] = (
    "self_harm",
    "emergency_911",
    "emergency_today",
    "clinician_only",
    "distress",
    "injection",
    "abuse",
    "side_effect_mild",
)
"""The first route found here is the message's; the others are kept in ``also``."""

Fact = Literal[
    "pregnancy",
    "breastfeeding",
    "medicine",
    "condition",
    "allergy",
    "minor",
    "cold_sore",
    "surgery",
    "vaccine",
    "skin",
    "past_reaction",
]
"""What only a clinician may weigh; an answer names it."""
Assessment = Literal["suitability", "dose", "result", "age_18_to_21"]
"""What a clinician assesses and no reading of words can: it binds nothing and does not stick."""
Retraction = Literal["seen", "misunderstanding", "condition_withdrawn"]
Standing = Literal["present", "past", "abstract", "negated", "hearsay", "no_context", "no_person", "unless"]
"""How the words around a match make it read. Only the first three (and hearsay) lead to a route."""
Alarm = Literal["self_harm", "emergency"]


@dataclass(frozen=True)
class Match:
    """One rule of the lexicon that fits a stretch of the message; offsets count its characters."""

    rule: str
    route: Route | None
    """Where it leads after its context was read; None where the context dismisses it."""
    standing: Standing
    text: str
    start: int
    end: int
    fact: Fact | None = None
    """The fact of health that it tells, where it leads to a clinician."""
    asks: Assessment | None = None


@dataclass(frozen=True)
class SafetyReading:
    """The safety layer's word on one message."""

    route: Route | None = None
    also: tuple[Route, ...] = ()
    """The other routes found, in their order of precedence."""
    matches: tuple[Match, ...] = ()
    """Every rule that fits, dismissed ones included, in the order of the text."""
    language: Language | None = None
    """A hint from function words; None where there are too few."""
    retraction: Retraction | None = None
    """What the message takes back, so that the conversation may leave its safe state."""
    dismissed: tuple[Alarm, ...] = ()
    """The alarms that the message only sounds like: what suggests them is denied, or a figure of speech."""
    foreign: bool = False
    """What leads to the route is said in another language: it is answered in English and French."""
    hint: bool = False
    """True when only an ordinary effect was read: an article topic found elsewhere may go first."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of health that were told, in the order of the text."""
        return tuple(dict.fromkeys(match.fact for match in self.matches if match.fact))

    @property
    def asks(self) -> tuple[Assessment, ...]:
        """What only an assessment in person could answer, in the order of the text."""
        return tuple(dict.fromkeys(match.asks for match in self.matches if match.asks))

    @property
    def names(self) -> frozenset[str]:
        """What a table may call this reading; an ordinary effect, being a hint only, passes for none."""
        if self.hint:
            return frozenset({"side_effect_mild", "none"})
        asked = {f"asks:{assessment}" for assessment in self.asks} if self.route is None else set()
        return frozenset(asked or {self.route or "none"})

    @property
    def binding(self) -> bool:
        """True when no classifier's word counts any more."""
        return self.route is not None and not self.hint
