"""The parts of an answer, and the context that every answer is made at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot import languages
from bot.clinic import Clinic
from bot.consult.case.case import Case, LeanKind
from bot.consult.case.memory import Memory
from bot.consult.decision.types import TopicDecision
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.timeline.verdict import Timing
from bot.consult.types import Pair
from bot.knowledge.types import Fact, Knowledge, Quote, SequencingRule

Values = Mapping[str, str]
CLOSINGS = ("utter_close_verdict", "utter_close_decides", "utter_close_article")
"""How an answer from a source may close; of several answers in a turn the first of these does."""


@dataclass(frozen=True)
class Hours:
    """When somebody is there to see a request; a moment that nobody knows is empty."""

    closes: str = ""
    opens: str = ""

    @property
    def state(self) -> str:
        """How the names of responses end: the clinic is open, closed, or its hours are not known."""
        return "_open" if self.closes else "_closed" if self.opens else ""

    @property
    def values(self) -> Values:
        """The moments, as the wording fills them in."""
        return {"closes": self.closes, "opens": self.opens}


@dataclass(frozen=True)
class ClinicFacts:
    """What the clinic says of itself; an entry that it left out is empty."""

    name: str
    phone: str
    email: str = ""
    address: str = ""
    hours: str = ""
    booking_link: str = ""
    price_note: str = ""
    now: Hours = field(default_factory=Hours)
    """Until when it is open, or when it opens next."""


@dataclass(frozen=True)
class Say:
    """One response of the domain, with the values that it names in braces."""

    response: str
    values: Values = field(default_factory=dict)
    closing: bool = False
    """It ends an answer: where the answer stands, and who can tell more."""
    form: Mapping[str, object] | None = None
    """What a page lets the user fill in below it."""


@dataclass(frozen=True)
class Cited:
    """A passage that an answer rests on."""

    id: str
    heading: str
    quote: str


@dataclass(frozen=True)
class Answer:
    """The answer to one question."""

    topic: str
    says: tuple[Say, ...]
    timing: Timing | None = None
    sources: tuple[Cited, ...] = ()
    handoff_offered: bool = False
    choices: tuple[str, ...] = ()
    """Topics to choose from, as buttons, where it was not clear which was meant."""
    awaiting: str | None = None
    """The treatment whose date this answer asks for."""
    times: tuple[tuple[str, TreatmentTime], ...] = ()
    """The times that this answer went by, for the turns that follow."""
    gap: tuple[int, int] | None = None
    """The days between the two treatments that it went by."""


@dataclass(frozen=True)
class AnswerContext:
    """Everything that an answer is made from."""

    decision: TopicDecision
    case: Case
    memory: Memory
    knowledge: Knowledge
    clinic: ClinicFacts
    today: date
    profile: Clinic | None = None
    """What the clinic says of itself, entry by entry; without it only ``clinic`` is known."""
    moment: datetime | None = None
    """The moment at the clinic."""

    @property
    def language(self) -> str:
        """The language that the answer is written in."""
        return self.case.language

    def leans(self, *kinds: LeanKind) -> bool:
        """Tell whether the message leans on an earlier turn in one of these ways."""
        return self.case.lean is not None and self.case.lean.kind in kinds

    def answered(self, *topics: str) -> bool:
        """Tell whether an answer on one of these topics was given not long ago."""
        return not set(topics).isdisjoint(self.memory.topics)

    def name(self, treatment: str) -> str:
        """What the answer calls a treatment."""
        return self.knowledge.treatment(treatment).name.in_language(self.language)

    def interval(self, first: str, then: str) -> int | None:
        """The days that the knowledge gives between two treatments in this order."""
        rule = self.knowledge.rule(first, then)
        return rule.interval_days if rule else None

    def advised_order(self, pair: Pair) -> Pair:
        """Return two treatments in the order that a source advises; as they are where none does."""
        advised = (order for order in (pair, (pair[1], pair[0])) if self._is_advised(order))
        return next(advised, pair)

    def _is_advised(self, order: Pair) -> bool:
        rule = self.knowledge.rule(*order)
        return rule is not None and rule.stance == "advised"

    def rationale(self, rule: SequencingRule | None) -> str:
        """The first reason of a rule, as carefully as its source gives it."""
        if not rule or not rule.rationale:
            return ""
        return rule.rationale[0].in_language(self.language).format(interval=rule.interval_in_words(self.language) or "")

    def claim(self, fact: Fact) -> str:
        """A fact's claim with its values and its rule's interval filled in."""
        values = {key: text.in_language(self.language) for key, text in fact.values}
        rule = self.knowledge.rule_by_id(fact.rule) if fact.rule else None
        interval = (rule.interval_in_words(self.language) if rule else None) or ""
        return fact.claim.in_language(self.language).format(interval=interval, **values)

    def gap(self, topic: str) -> str:
        """What no source says on a topic, in a sentence; empty where the sources say all of it."""
        boundary = self.knowledge.boundary(topic)
        return boundary.gap.in_language(self.language) if boundary else ""

    def cite(self, quotes: Iterable[Quote]) -> tuple[Cited, ...]:
        """The passages behind some quotes, each once."""
        return tuple({q.passage: Cited(q.passage, q.heading or self._title(q), q.text) for q in quotes}.values())

    def _title(self, quote: Quote) -> str:
        return self.knowledge.source(self.knowledge.passage(quote.passage).source).title

    def contact(self) -> Values:
        """How to reach a person."""
        return {"clinic_name": self.clinic.name, "phone": self.clinic.phone}

    def _reach(self) -> Values:
        """The same at the end of an answer: behind the first one the number is enough."""
        clinic = self.clinic
        named = f"{clinic.name}, {clinic.phone}"
        return {**self.contact(), "reach": clinic.phone if self.memory.turns and clinic.phone else named}

    def close_article(self, sources: tuple[Cited, ...], response: str = CLOSINGS[-1]) -> Say:
        """The end of an answer from a source: where it stands, and who confirms, decides or tells more."""
        quoted = languages.of(self.language).quoted
        headings = ", ".join(quoted.format(heading) for heading in dict.fromkeys(cited.heading for cited in sources))
        return Say(response, {"headings": headings, **self._reach()}, closing=True)

    def brand_note(self) -> tuple[Say, ...]:
        """That the sources speak of the treatment, where a brand of it was named."""
        if not self.case.brand:
            return ()
        brand, treatment = self.case.brand
        return (Say("utter_brand_note", {"brand": brand, "treatment_name": self.name(treatment)}),)

    def article(self) -> Values:
        """The title of the text that the answers come from."""
        return {"article": self.knowledge.sources[0].title}

    def close(self) -> Say:
        """The end of an answer that no source gives: who can tell."""
        return Say("utter_close", self._reach(), closing=True)
