"""The case that a message puts: its reading and the memory of its conversation, resolved once.

What stands behind it decides and answers by these facts alone; no fact holds the message's words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.consult.case.evidence import NO_GUESS, Guess
from bot.consult.reading.whose import Whose
from bot.consult.safety.reading import Assessment
from bot.consult.safety.state import SafeMemory, SafeTurn
from bot.consult.timeline.timeline import Timeline
from bot.consult.topics import Topic
from bot.consult.types import ClinicQuestion, Language, Pair, TreatmentId

Asks = Literal[
    "how_long", "waits", "why", "at_once", "which", "sessions", "reason_beside",
    "whether", "proposal", "confirm", "leave", "may_i", "too_soon", "at_most", "as_rule", "alternatives",
    "compares",
    "about_alcohol", "about_exercise", "about_makeup", "about_skincare", "about_sun", "about_flying", "about_sleep",
    "about_work", "about_numbing", "about_deals", "about_insurance",
]  # fmt: skip
"""What the words ask, and how they put it, whatever the classifier makes of them."""
SUBJECTS: tuple[Asks, ...] = tuple(each for each in get_args(Asks) if each.startswith("about_"))
"""What no source tells of, asked about by name."""
Unit = Literal["hour", "day", "week", "month"]
LeanKind = Literal[
    "answers", "moves", "why", "how_long", "number_only", "when", "which_counts", "dont_know", "clearance", "greet",
    "bye", "source", "flip", "yes", "no", "ack", "more", "returns", "in_its_place", "twin", "retimes", "regaps",
    "reorders", "another", "how_are_you", "complains",
]  # fmt: skip
Sureness = Literal["unsure", "sure", "clear"]
RESUMED = frozenset({"clearance", "when", "moves", "which_counts", "more"})
"""What takes up the order and the dates of earlier turns, and adds no date of its own."""


@dataclass(frozen=True)
class Lean:
    """How a message leans on an earlier turn, and the topic that it is about where the turn tells it."""

    kind: LeanKind
    topic: Topic | None = None
    days: int = 0
    """How far the plan last spoken of is moved."""


@dataclass(frozen=True)
class Case:
    """All that decides on a topic and its answer."""

    language: Language = "en"
    safe: SafeTurn = field(default_factory=lambda: SafeTurn(SafeMemory()))
    """What the safety layer says to it."""
    assess: Assessment | None = None
    """What only an assessment in person could answer."""
    named: tuple[TreatmentId, ...] = ()
    """The treatments of ours that it names, in order of mention."""
    others: tuple[TreatmentId, ...] = ()
    """The other treatments that it names."""
    brand: tuple[str, TreatmentId] | None = None
    """A brand that it names for one of ours."""
    pair: Pair = ("", "")
    """The two treatments in question, in the order that a source advises where one does."""
    about: Literal["one", "both"] | None = None
    """``both`` are in question; or only ``one``, and nothing speaks of the other."""
    first: TreatmentId | None = None
    """The treatment that it puts first."""
    thread: TreatmentId | None = None
    """The treatment that earlier turns put first, where this one leaves it open."""
    joined: bool = False
    """It names both side by side, in no order."""
    done: bool = False
    """It tells of a treatment that was done."""
    told: Timeline = field(default_factory=Timeline)
    """The times that it gives."""
    known: Timeline = field(default_factory=Timeline)
    """The same with those of earlier turns."""
    proposed: tuple[int, int] | None = None
    """The days that it takes for the rule."""
    unit: Unit = "day"
    """The unit that it counts time in."""
    asks: tuple[Asks, ...] = ()
    clinic: tuple[ClinicQuestion, ...] = ()
    """What it asks of the clinic itself."""
    guess: Guess = NO_GUESS
    """The classifier's topic, where reading and memory leave it standing."""
    likely: tuple[Topic, ...] = ()
    """The likeliest topics of ours."""
    tells: bool = False
    """It is long: it tells a story beside its question."""
    asks_of_dates: bool = True
    """A time is told in what it asks."""
    parts: tuple[Topic, ...] = ()
    """What the message's parts ask clearly, in order."""
    sureness: Sureness = "unsure"
    """How good the guess is for what the message names; a clear one stands against all appearances."""
    nearly: bool = False
    """A topic on timing is nearly as likely."""
    lean: Lean | None = None
    whose: Whose | None = None
    """Whose case it is about, where it tells."""
    begun: bool = False
    """It is not the conversation's first message."""
    before: Topic | None = None
    """The topic that was spoken of last."""
    at_hand: Topic | None = None
    """The question on order, waiting or dates that the conversation stands at."""
    offered: bool = False
    """The last turn offered a person."""
