"""What the bot knows, as frozen dataclasses: the same whether read from files or from the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar, get_args

from bot.consult.types import Alias, AliasKind
from bot.errors import TandemError
from bot.knowledge.intervals import in_words
from bot.knowledge.spelling import forms

Use = Literal["answer", "keep_hedged", "do_not_repeat", "framing"]
Flag = Literal["V", "D", "X", "G", "M"]
Stance = Literal["advised", "not_advised"]
TopicKind = Literal["article", "handoff", "boundary", "safety", "conversation"]
Channel = Literal["website", "sms"]
Say = Literal["ask_professional", "tell_the_clinic", "urgent_signs", "no_interval", "no_medicine_advice"]

USES: tuple[Use, ...] = get_args(Use)
FLAGS: tuple[Flag, ...] = get_args(Flag)
STANCES: tuple[Stance, ...] = get_args(Stance)
TOPIC_KINDS: tuple[TopicKind, ...] = get_args(TopicKind)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
SAYS: tuple[Say, ...] = get_args(Say)
ALIAS_KINDS: tuple[AliasKind, ...] = get_args(AliasKind)
REPEATABLE = ("answer", "keep_hedged")

DEFAULT_LANGUAGE = "en"

_Found = TypeVar("_Found")


class UnknownIdError(TandemError):
    """The knowledge holds nothing under an id that the bot asked for."""


@dataclass(frozen=True)
class Text:
    """A text in one or more languages; one that is missing falls back to the first, the source's own."""

    by_language: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Text:
        """A text from its languages, the source's own first."""
        return cls(tuple(texts.items()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return tuple(language for language, _ in self.by_language)

    def in_language(self, language: str) -> str:
        """The text in ``language``, or in its first language where it is not translated yet."""
        return dict(self.by_language).get(language, self.by_language[0][1])

    def __str__(self) -> str:
        return self.by_language[0][1]


@dataclass(frozen=True)
class Review:
    """Who checked a file, and when; ``by`` is None where nobody has yet."""

    file: str
    by: str | None = None
    on: date | None = None
    translation_needed: bool = False
    """True where the file holds translations, which a translator has to check as well."""
    translation_by: str | None = None
    translation_on: date | None = None


@dataclass(frozen=True)
class Source:
    """A text that answers are taken from."""

    id: str
    title: str
    language: str
    text: str
    """The whole text, byte for byte as it was given."""
    author: str | None = None
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Passage:
    """One sentence of a source, under its heading, with an id that answers cite."""

    id: str
    source: str
    heading: str | None
    line: int
    text: str
    use: Use
    flags: tuple[Flag, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class Quote:
    """Words of a passage, word for word."""

    passage: str
    heading: str | None
    text: str


@dataclass(frozen=True)
class TreatmentAlias:
    """One way to write a treatment; ``language`` is None where it is written so in every language."""

    text: str
    kind: AliasKind
    language: str | None = None


@dataclass(frozen=True)
class Treatment:
    """A treatment that people ask about, and everything that they call it."""

    id: str
    covered: bool
    """Whether a source text speaks of it."""
    name: Text
    aliases: tuple[TreatmentAlias, ...]
    sources: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    """Words near which a contextual alias counts."""


@dataclass(frozen=True)
class SequencingRule:
    """One treatment before another: whether that is advised, and how long to wait in between."""

    id: str
    first: str
    then: str
    interval_days: int | None
    """Whole days, at least; None where no source gives an interval for this order."""
    stance: Stance
    rationale: tuple[Text, ...]
    quotes: tuple[Quote, ...]

    def interval_in_words(self, language: str = DEFAULT_LANGUAGE) -> str | None:
        """The interval as a person says it, or None where there is none."""
        return None if self.interval_days is None else in_words(self.interval_days, language)


@dataclass(frozen=True)
class Fact:
    """A claim that a source makes on a topic, as carefully as it may be said."""

    id: str
    topic: str
    claim: Text
    quotes: tuple[Quote, ...]
    use: Use
    flags: tuple[Flag, ...] = ()
    reason: str | None = None
    values: tuple[tuple[str, Text], ...] = ()
    rule: str | None = None
    """The sequencing rule whose interval the claim names."""

    @property
    def repeatable(self) -> bool:
        """Whether the bot may say it at all."""
        return self.use in REPEATABLE

    def value(self, key: str, language: str = DEFAULT_LANGUAGE) -> str:
        """A value of the claim, such as ``duration``, in words."""
        return _one(key, (text for name, text in self.values if name == key)).in_language(language)


@dataclass(frozen=True)
class Topic:
    """Something that people want to know, and what kind of answer it has."""

    id: str
    kind: TopicKind
    rules: tuple[str, ...] = ()
    safety_texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Boundary:
    """What no source says on a topic, and what an answer may hold instead."""

    topic: str
    gap: Text
    subjects: tuple[str, ...]
    say: tuple[Say, ...]
    clinic: tuple[str, ...] = ()
    """Entries of the clinic's profile that may answer."""
    rule: str | None = None


@dataclass(frozen=True)
class SafetyText:
    """A fixed text of the safety layer, said word for word."""

    key: str
    channel: Channel
    language: str
    text: str


@dataclass(frozen=True)
class Knowledge:
    """Everything that the bot knows, at one moment."""

    version: str
    """Changes whenever a file changes; two equal versions hold the same knowledge."""
    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]
    treatments: tuple[Treatment, ...]
    topics: tuple[Topic, ...]
    rules: tuple[SequencingRule, ...]
    all_facts: tuple[Fact, ...]
    """Those that must not be repeated too; answers use ``facts``."""
    boundaries: tuple[Boundary, ...]
    safety_texts: tuple[SafetyText, ...]
    urgent_signs: Text
    reviews: tuple[Review, ...]

    @property
    def reviewed(self) -> bool:
        """Whether a clinician checked every file, and a translator every translation."""
        return all(r.by and (r.translation_by or not r.translation_needed) for r in self.reviews)

    @property
    def covered(self) -> tuple[str, ...]:
        """The ids of the treatments that a source speaks of."""
        return tuple(t.id for t in self.treatments if t.covered)

    @property
    def usual_pair(self) -> tuple[str, str]:
        """The pair of the first rule with an interval: what "both" means where no treatment is named."""
        rule = next(rule for rule in self.rules if rule.interval_days is not None)
        return rule.first, rule.then

    @property
    def partners(self) -> dict[str, str]:
        """What each treatment is usually combined with: the other one of its first rule, best one with an interval."""
        ranked = sorted(self.rules, key=lambda rule: rule.interval_days is None)
        pairs = [pair for rule in ranked for pair in ((rule.first, rule.then), (rule.then, rule.first))]
        return dict(reversed(pairs))

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """Every form of every treatment, as it may stand in a message: lower case, hyphens or spaces."""
        return tuple(
            Alias(text=form, treatment=treatment.id, covered=treatment.covered, kind=alias.kind)
            for treatment in self.treatments
            for alias in treatment.aliases
            for form in forms(alias.text)
        )

    def source(self, source_id: str) -> Source:
        """The source with this id."""
        return _one(source_id, (s for s in self.sources if s.id == source_id))

    def passage(self, passage_id: str) -> Passage:
        """The passage with this id."""
        return _one(passage_id, (p for p in self.passages if p.id == passage_id))

    def treatment(self, treatment_id: str) -> Treatment:
        """The treatment with this id."""
        return _one(treatment_id, (t for t in self.treatments if t.id == treatment_id))

    def topic(self, topic_id: str) -> Topic:
        """The topic with this id."""
        return _one(topic_id, (t for t in self.topics if t.id == topic_id))

    def facts(self, topic: str) -> tuple[Fact, ...]:
        """The facts that may be said on a topic, in the order in which to say them."""
        return tuple(f for f in self.all_facts if f.topic == topic and f.repeatable)

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id, if it may be said."""
        return _one(fact_id, (f for f in self.all_facts if f.id == fact_id and f.repeatable))

    def rule(self, first: str, then: str) -> SequencingRule | None:
        """The rule for one treatment before another, or None where no source has one."""
        return next((r for r in self.rules if (r.first, r.then) == (first, then)), None)

    def rule_by_id(self, rule_id: str) -> SequencingRule:
        """The rule with this id."""
        return _one(rule_id, (r for r in self.rules if r.id == rule_id))

    def rules_of(self, topic: str) -> tuple[SequencingRule, ...]:
        """The rules that a topic's answer rests on."""
        return tuple(self.rule_by_id(rule_id) for rule_id in self.topic(topic).rules)

    def boundary(self, topic: str) -> Boundary | None:
        """What no source says on a topic, or None where the sources say all of it."""
        return next((b for b in self.boundaries if b.topic == topic), None)

    def safety_text(self, key: str, language: str, channel: str = "website") -> str:
        """A fixed text of the safety layer; a language that has none falls back to English."""
        texts = {t.language: t.text for t in self.safety_texts if (t.key, t.channel) == (key, channel)}
        return _one(key, (texts[known] for known in (language, DEFAULT_LANGUAGE) if known in texts))

    def safety_text_in(self, key: str, languages: Iterable[str], channel: str = "website") -> str:
        """A fixed text of the safety layer in several languages, one below the other."""
        return "\n\n".join(self.safety_text(key, language, channel) for language in languages)


def _one(wanted: str, found: Iterator[_Found]) -> _Found:
    for item in found:
        return item
    raise UnknownIdError(f"The knowledge holds nothing called {wanted!r}.")
