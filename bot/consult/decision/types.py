"""What deciding on a topic works with: the classifier's guesses, the evidence, the decision, and kinds of topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.consult.reading.message import Reading
from bot.consult.types import TreatmentId

Topic = str

SEQUENCING = frozenset({"order", "same_day", "date_check"})
TIMING_FAMILY = SEQUENCING | {"why_timing", "combined_benefits"}
NOT_OURS = frozenset({"abuse", "off_topic", "gibberish", "injection", "fallback"})
COURTESIES = frozenset({"smalltalk_greet", "smalltalk_thanks", "smalltalk_bye"})
SMALL_TALK = COURTESIES | {"bot_challenge", "help"}
SAFETY = frozenset({"emergency", "self_harm"})
NOT_A_SECOND_QUESTION = SMALL_TALK | NOT_OURS | SAFETY | {"clinician_only", "consult"}

UNDERSTOOD_FROM = 0.26
"""Below this confidence the bot asks which topic was meant. Chosen, as the next two, by ``make score``."""
CLEAR_FROM = 0.55
"""From this confidence on, structure alone does not overrule the classifier."""
NEARLY = 0.4
"""A runner-up with this share of the first one's confidence may stand in for it where the structure speaks for it."""
SURE_FROM = 0.85
"""From this confidence on, even an order word means something else."""
PART_FROM = 0.5
"""A part of a message asks a question of its own from this confidence on."""


@dataclass(frozen=True)
class Guess:
    """One topic of the classifier's ranking, with its confidence from 0 to 1."""

    topic: Topic
    confidence: float


@dataclass(frozen=True)
class TopicDecision:
    """The topic of a message, and how it came about."""

    topic: Topic
    rule: str
    more: tuple[Topic, ...] = ()
    """Further questions in the same message, to be answered as well."""
    likely: tuple[Topic, ...] = ()
    """The likeliest topics, for a clarification."""
    follow_up: str | None = None
    """How an earlier answer is taken up again: ``source``, ``repeat``, ``stay``, ``cleared``, ``clearance``,
    ``earliest``, ``moved``, ``which_counts``."""
    confidence: float = 0.0


@dataclass(frozen=True)
class Evidence:
    """All that decides on a topic."""

    reading: Reading
    ranking: tuple[Guess, ...]
    parts: tuple[tuple[Guess, ...], ...] = ()
    """The rankings of the message's parts, where it has several."""
    similarity: float = 1.0
    """The cosine to the nearest training example of all, from 0 to 1."""

    @property
    def best(self) -> Guess:
        """The classifier's first choice."""
        return self.ranking[0] if self.ranking else Guess("fallback", 0.0)

    def without(self, *topics: Topic) -> Evidence:
        """Return the evidence with some topics struck off the ranking."""
        return replace(self, ranking=tuple(guess for guess in self.ranking if guess.topic not in topics))


def is_wait(topic: Topic) -> bool:
    """Tell whether a topic asks for the wait after one treatment."""
    return topic.startswith("wait_after_")


def is_sequencing(topic: Topic) -> bool:
    """Tell whether a topic is answered by the sequencing rules: order, waiting, the same day, own dates."""
    return topic in SEQUENCING or is_wait(topic)


def in_timing_family(topic: Topic) -> bool:
    """Tell whether a topic is about order, waiting, dates or the reasons for them."""
    return topic in TIMING_FAMILY or is_wait(topic)


def is_about(topic: Topic, treatments: Sequence[TreatmentId]) -> bool:
    """Tell whether a topic is of one of these treatments; such topics start with the treatment's id."""
    return any(topic.startswith(f"{treatment}_") for treatment in treatments)


def ranking_of(pairs: Sequence[tuple[str, float]]) -> tuple[Guess, ...]:
    """Build a ranking from (topic, confidence) pairs, best first."""
    return tuple(Guess(topic, confidence) for topic, confidence in sorted(pairs, key=lambda p: -p[1]))
