"""What the safety layer read in one message, for the router and for staff who ask why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from bot.consult.types import Language

Route = Literal[
    "self_harm",
    "emergency_911",
    "emergency_today",
    "in_doubt_self_harm",
    "in_doubt",
    "clinician_only",
    "distress",
    "injection",
    "abuse",
    "side_effect_mild",
]
AlarmRoute = Literal["self_harm", "emergency_911", "emergency_today"]
PRECEDENCE: tuple[Route, ...] = (
    "self_harm",
    "emergency_911",
    "emergency_today",
    "in_doubt_self_harm",
    "in_doubt",
    "clinician_only",
    "distress",
    "injection",
    "abuse",
    "side_effect_mild",
)
"""The first route found here is the message's; the others are kept in ``also``."""
SECOND_LOOK = "second_look"
"""What staff see as the rule of what the danger classifier read."""
ALARMS: tuple[AlarmRoute, ...] = get_args(AlarmRoute)
Doubt = Literal["in_doubt", "in_doubt_self_harm"]
DOUBTS: tuple[Doubt, ...] = get_args(Doubt)
"""Questions of the safety layer: what comes next answers them."""

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
Said = Literal[
    "yes",
    "ok",
    "no",
    "seen",
    "well",
    "called",
    "misunderstanding",
    "safe",
    "withdrawn",
    "blocked",
    "plans",
]
"""What a message says to the safety layer's own questions: see release.yml."""
Person = Literal["self", "other"]
WRITER = "mine"
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
    said: tuple[Said, ...] = ()
    """What it says to the safety layer's own questions."""
    person: Person = "self"
    """Whom it tells of: the writer, or somebody else."""
    whose: str = WRITER
    """Whose case is at hand: the writer's, or somebody's by name."""
    abstract: bool = False
    """It asks about a red flag in the abstract, so that the next message may say that it is happening."""
    dismissed: tuple[Alarm, ...] = ()
    """The alarms that the message only sounds like: what suggests them is denied, or a figure of speech."""
    foreign: bool = False
    """It is said in another language than English and French: it is answered in both."""
    spared: bool = False
    """Words of danger were seen and are none: denied, past, in the abstract, of a pet, a figure of speech."""
    distant: bool = False
    """Beside a sign of danger it speaks of the past, of the abstract, or of what was seen or heard."""
    less_plain: bool = False
    """It laughs, or speaks of a show or another year: a sign of danger in it is less plain."""
    outright: bool = False
    """An alarm is said outright ("I don't want to be alive anymore")."""
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

    def says(self, *said: Said) -> bool:
        """Tell whether the message says any of these."""
        return not set(said).isdisjoint(self.said)

    @property
    def alarm(self) -> AlarmRoute | None:
        """The alarm that it raises."""
        return next((alarm for alarm in ALARMS if alarm == self.route), None)

    @property
    def is_guessed(self) -> bool:
        """Tell whether only the second look, and no rule of the lexicon, leads to the route."""
        return all(match.rule == SECOND_LOOK for match in self.matches if match.route == self.route)

    @property
    def retraction(self) -> Retraction | None:
        """What the message takes back by itself, whatever was said before."""
        if self.route in ALARMS or "blocked" in self.said:
            return None
        if "misunderstanding" in self.said:
            return "misunderstanding"
        if self.says("seen") and self.says("well"):
            return "seen"
        return "condition_withdrawn" if "withdrawn" in self.said and not self.facts else None

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
