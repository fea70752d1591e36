"""A message as the request form hears it: its words, the details that it names, what it would be without the form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import Reading
from bot.consult.request.details import DetailFinder, Found
from bot.consult.request.names import Names
from bot.consult.request.times import Times
from bot.consult.request.types import TOKEN, Field, FormState, Manner, Problem
from bot.consult.request.words import RequestWords
from bot.consult.topics import NOT_OURS, SMALL_TALK

SURELY_ASKS_FROM = 0.75
"""From this confidence on, a single word is a question of its own and not somebody's name."""
NOTHING_ELSE = frozenset({"consult", "fallback", "gibberish"})
RARELY_MEANT = frozenset({"off_topic", "injection", "abuse"})
"""Topics that an answer to the form only resembles, unless they are certain."""
OF_HEALTH = frozenset({"clinician_only", "side_effect_mild"})
LEANING = frozenset({"why", "how_long", "source", "flip", "more", "number_only"})
"""Follow-ups that lean on an earlier answer."""
SHORT_NUMBER, FEW_DIGITS = 7, 5
"""The digits of a number without its area code; fewer digits than this are no number."""
SHORT_NAME, FEW_LETTERS = 3, 8
"""The letters of a name that also is a word ("Ty"); beside the wish to end it, so many letters say nothing else."""


@dataclass(frozen=True)
class Ears:
    """What messages are heard with."""

    words: RequestWords
    names: Names
    times: Times
    details: DetailFinder


@dataclass
class Heard:
    """One message, in which numbers and addresses are tokens; ``settled`` is its topic, were there no form."""

    text: str
    state: FormState
    reading: Reading
    settled: TopicDecision
    ears: Ears

    @property
    def requested(self) -> Field | None:
        """The field that was asked for."""
        return self.state.requested

    @property
    def by_safety(self) -> bool:
        """Whether the safety layer settled the topic."""
        return self.settled.rule == "safety"

    @property
    def certain(self) -> bool:
        """Whether another topic was read with certainty, from the words alone."""
        other = self.settled.topic not in NOTHING_ELSE
        return self.by_safety or (other and self.settled.confidence >= SURELY_ASKS_FROM)

    @property
    def elsewhere(self) -> bool:
        """Whether it is about another topic, well enough read."""
        return self.certain if self.settled.topic in RARELY_MEANT else self.settled.topic not in NOTHING_ELSE

    @property
    def lost(self) -> bool:
        """Whether nothing was understood, or small talk: something about a request may hide in it."""
        small = self.settled.topic in NOT_OURS | SMALL_TALK
        return small and not (self.by_safety or self.reading.mentions)

    @property
    def takes_up(self) -> bool:
        """Whether it leans on an earlier answer."""
        return self.reading.follow_up in LEANING

    @property
    def under_age(self) -> bool:
        """Whether the person is under age; somebody else's age is no matter of the form's."""
        return self.reading.safety.person == "self" and "minor" in self.reading.safety.facts

    @cached_property
    def found(self) -> Found:
        """The details that name themselves."""
        return self.ears.details.find(self.text, self.requested)

    def says(self, *kinds: str) -> bool:
        """Tell whether the whole message is of one of these kinds."""
        return any(self.ears.words.says(kind, self.text) for kind in kinds)

    def has(self, *kinds: str) -> bool:
        """Tell whether a phrase of one of these kinds stands anywhere."""
        return any(self.ears.words.has(kind, self.text) for kind in kinds)

    def starts(self, kind: str) -> int:
        """Return where a phrase of a kind that it starts with ends; 0 where it starts with none."""
        return self.ears.words.start(kind, self.text)

    @property
    def asks(self) -> bool:
        """Whether it is a question by its mark or its first words."""
        return self.ears.words.asks(self.text)

    @property
    def asks_beside(self) -> bool:
        """Whether a question or a matter of health stands beside what is told to the form."""
        of_its_own = self.settled.topic not in NOT_OURS | SMALL_TALK | {"consult"}
        return of_its_own and (self.settled.topic in OF_HEALTH or self.asks)

    @property
    def stops(self) -> bool:
        """Whether it says to end the form; a note may say anything around such words."""
        if TOKEN.search(self.text) or not self.has("stops") or self.has("goes_on"):
            return False
        left = self.ears.words.without("stops", self.text)
        return self.requested != "note" or sum(map(str.isalpha, left)) <= FEW_LETTERS

    @property
    def manner(self) -> Manner | None:
        """Whether what it tells stands beside what was told before, or in its place."""
        if self.has("instead", "instead_of"):
            return "instead"
        return "also" if self.has("also") else None

    @property
    def name(self) -> str | None:
        """The name that the message is."""
        return self.name_in(self.text)

    def name_in(self, part: str) -> str | None:
        """Return the name that a part of the message is."""
        name = self.ears.names.whole(part)
        return name if name and not self.ears.words.says("yes", part) else None

    @property
    def is_capitalised_word(self) -> bool:
        """Whether it is one word with a capital: "June", "Sunday"."""
        return len(self.text.split()) == 1 and self.text.strip()[:1].isupper()

    @property
    def is_time(self) -> bool:
        """Whether it is a time and nothing else; asked for a name, one word with a capital is one ("June")."""
        return self.ears.times.only(self.text) and not (self.requested == "name" and self.is_capitalised_word)

    @property
    def is_like_number(self) -> bool:
        """Whether it is digits and hardly a letter, however few digits."""
        return sum(map(str.isdigit, self.text)) > sum(map(str.isalpha, self.text))

    @property
    def contact_problem(self) -> Problem | None:
        """What is wrong with the number or address that it was meant to be; None where it was meant to be none."""
        if "@" in self.text or self.has("spoken_address") or self.says("half_address"):
            return "email"
        digits = sum(map(str.isdigit, self.text))
        if digits == SHORT_NUMBER:
            return "area_code"
        return "phone" if digits >= FEW_DIGITS or self.has("spoken_number") else None
