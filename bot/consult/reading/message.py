"""One message, read: treatments, order, dates, safety, language. No classifier, no memory, no verdict yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, TypeVar

from spacy.tokens import Doc

from bot.consult.reading.asking import direction_of, signals_of
from bot.consult.reading.cues import CueFinder, Cues
from bot.consult.reading.direction import Direction
from bot.consult.reading.follow_ups import FollowUps
from bot.consult.reading.manner import Manner, manners_of
from bot.consult.reading.plan_shift import moved_by
from bot.consult.reading.sentence import Sentence, lay_out
from bot.consult.reading.treatments import Told, TreatmentFinder
from bot.consult.reading.whose import Whose, whose_case
from bot.consult.safety.reading import SafetyReading
from bot.consult.text.characters import PlainText, fold, items_apart, plain, straight
from bot.consult.text.language import LanguageTeller
from bot.consult.text.plain_words import PlainWords
from bot.consult.text.questions import Question, QuestionFinder
from bot.consult.text.tokens import Tokenizer
from bot.consult.timeline.timeline import Timeline, read_timeline
from bot.consult.types import ClinicQuestion, Language, Mention, Pair, TimeExpression, TreatmentId


class SafetyLayerLike(Protocol):
    """What is needed of the safety layer."""

    def assess(self, text: str, treatment_context: bool = False) -> SafetyReading:
        """Read one message for red flags."""

    def language(self, text: str) -> Language | None:
        """Tell the language of a text by its function words; None where there are too few."""


class DateReaderLike(Protocol):
    """What is needed of the date reader."""

    def read(self, text: str, today: date) -> tuple[TimeExpression, ...]:
        """Find the dates and lengths of time in a text."""


class ClinicQuestionsLike(Protocol):
    """What is needed of the reader of questions for the clinic."""

    def read(self, text: str, reading: Reading, today: date) -> tuple[ClinicQuestion, ...]:
        """Find what is asked of the clinic itself."""


@dataclass(frozen=True)
class Reading:
    """All that the deterministic readers found in one message."""

    language: Language = "en"
    safety: SafetyReading = field(default_factory=SafetyReading)
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    pair: Pair = ("", "")
    direction: Direction = field(default_factory=Direction)
    timeline: Timeline = field(default_factory=Timeline)
    signals: tuple[str, ...] = ()
    """The labels of the cues found (``same_day``, ``how_long``, ``both`` ...), see data/language/cues.yml."""
    follow_up: str | None = None
    """The kind of follow-up that the whole message is, see data/language/follow_ups.yml."""
    moved_by: int | None = None
    """The days that the message moves a day spoken of before ("and the day after that?")."""
    manners: tuple[Manner, ...] = ()
    """How it puts its question."""
    clinic: tuple[ClinicQuestion, ...] = ()
    """What it asks of the clinic itself."""
    whose: Whose | None = None
    """Whose case it is about, where it tells."""
    figure: int | None = None
    """The number that is all that the message says."""
    words: int = 0
    question: Question | None = None
    """What a long message asks, apart from its story."""
    asks_of_dates: bool = True
    """A time is told in what it asks; of a short message all of it asks."""
    beside: int = 0
    """The words beside the treatments and what only leads to them ("what about … then?")."""
    asks_of_others: bool = False
    """The question of a long message names a treatment that no source covers, and none of ours."""
    near_our_subject: bool = False
    """It has a word that goes with a covered treatment ("forehead", "frown"), named or not."""

    @property
    def covered(self) -> tuple[TreatmentId, ...]:
        """The covered treatments named, in order of first mention."""
        return tuple(dict.fromkeys(m.treatment for m in self.mentions if m.covered))

    @property
    def uncovered(self) -> tuple[TreatmentId, ...]:
        """The other treatments named."""
        return tuple(dict.fromkeys(m.treatment for m in self.mentions if not m.covered))

    @property
    def brands(self) -> tuple[str, ...]:
        """The brand names used for covered treatments, as written."""
        return tuple(dict.fromkeys(m.text for m in self.mentions if m.covered and m.brand))

    def has(self, *signals: str) -> bool:
        """Tell whether the message carries any of these cues."""
        return any(signal in self.signals for signal in signals)


@dataclass(frozen=True)
class _LaidOut:
    """A text laid out, with what was found in it."""

    doc: Doc
    mentions: tuple[Mention, ...]
    times: tuple[TimeExpression, ...]
    sentence: Sentence


@dataclass(frozen=True)
class MessageReader:
    """Reads messages with one tokenizer and one set of lists; built once, shared freely."""

    nlp: Tokenizer
    treatments: TreatmentFinder
    cues: CueFinder
    dates: DateReaderLike
    safety: SafetyLayerLike
    follow_ups: FollowUps
    plain_words: PlainWords
    questions: QuestionFinder
    teller: LanguageTeller
    pair: Pair
    """The pair of treatments meant where a message names one or none."""
    clinic_questions: ClinicQuestionsLike | None = None
    partners: Mapping[TreatmentId, TreatmentId] = field(default_factory=dict)
    """The treatment meant beside one that is not of the pair, by the sequencing rules."""
    advised: frozenset[Pair] = frozenset()
    """The orders that a source advises."""

    def read(
        self, text: str, today: date, safety: SafetyReading | None = None, language: Language | None = None
    ) -> Reading:
        """Read a message.

        Args:
            text: The message as typed.
            today: The clinic's day.
            safety: The safety layer's word on it, if it was asked already.
            language: The conversation's language, or what hints at it before the first answer; None where nothing does.
        """
        safety = safety or self.safety.assess(text)
        language = self.teller.language(text, language)
        seen = self._seen(items_apart(text), safety.language or language)
        laid = self._laid_out(seen.text, today)
        sentence, mentions, times = laid.sentence, laid.mentions, laid.times
        question = self.questions.find(seen.text, mentions)
        asking = self._laid_out(question.text, today).sentence if question else sentence
        pair = self._pair(sentence.treatments)
        direction = direction_of(sentence, asking, pair)
        reading = Reading(
            language=language,
            safety=safety,
            mentions=_as_typed(mentions, seen, text),
            times=_as_typed(times, seen, text),
            pair=pair,
            direction=direction,
            timeline=read_timeline(sentence, direction, pair, today),
            signals=signals_of(sentence, asking),
            follow_up=self.follow_ups.kind(text)
            or self.follow_ups.kind(self._spelt_out(seen.text, mentions, safety.language)),
            figure=self.follow_ups.figure(text),
            moved_by=moved_by(sentence.cues, sentence.whens),
            words=sentence.length,
            question=question,
            asks_of_dates=question is None or asking.is_of_dates,
            asks_of_others=question is not None and asking.is_of_others,
            near_our_subject=self.treatments.near_our_subject(laid.doc),
            manners=manners_of(asking),
            beside=sentence.words_beside,
            whose=whose_case(sentence, safety),
        )
        return replace(reading, clinic=self._of_the_clinic(text, reading, today))

    def _laid_out(self, text: str, today: date) -> _LaidOut:
        doc = self.nlp.make_doc(fold(text))
        cues, times = self.cues.find(doc), self.dates.read(text, today)
        mentions = _asked_about(self.treatments.find(doc, _told(doc, cues, times)), doc, cues)
        return _LaidOut(doc, mentions, times, lay_out(doc, mentions, times, cues))

    def _of_the_clinic(self, text: str, reading: Reading, today: date) -> tuple[ClinicQuestion, ...]:
        return self.clinic_questions.read(text, reading, today) if self.clinic_questions else ()

    def plain(self, text: str, reading: Reading | None = None) -> str:
        """Return a message as the classifier should see it: short forms spelt out, treatments by their names.

        Args:
            text: The message as typed.
            reading: What was read in it, if it was read already.
        """
        if reading is not None:
            return self._spelt_out(text, reading.mentions, reading.safety.language)
        language = self.safety.language(text) if self.plain_words.has_odd_word(text) else None
        seen = self._seen(text, language)
        doc = self.nlp.make_doc(fold(seen.text))
        mentions = self.treatments.find(doc, _told(doc, self.cues.find(doc), ()))
        return self._spelt_out(text, _as_typed(mentions, seen, text), language)

    def _seen(self, text: str, language: str | None) -> PlainText:
        """The message as the readers see it: plain and, in English, without slips."""
        return plain(text) if language == "fr" else self.plain_words.typos.correct(plain(text))

    def _spelt_out(self, text: str, mentions: Sequence[Mention], language: Language | None) -> str:
        return self.plain_words.rewrite(straight(text), mentions, language or "en")

    def _pair(self, named: tuple[TreatmentId, ...]) -> Pair:
        if not named or (named[0] in self.pair and len(named) == 1):
            return self.pair
        pair = (named[0], named[1]) if len(named) > 1 else (self.partners.get(named[0], self.pair[0]), named[0])
        turned = (pair[1], pair[0])
        return turned if turned in self.advised else pair


_ORDER_WORDS = ("then", "first", "second", "before", "after", "before_that", "start_with", "which", "same_day", "flip")


_Found = TypeVar("_Found", Mention, TimeExpression)


def _as_typed(found: Sequence[_Found], seen: PlainText, text: str) -> tuple[_Found, ...]:
    """Place what was found in the plain text in the message as it was typed."""
    spans = [seen.span(each.start, each.end) for each in found]
    return tuple(
        replace(each, text=text[start:end], start=start, end=end)
        for each, (start, end) in zip(found, spans, strict=True)
    )


def _asked_about(mentions: tuple[Mention, ...], doc: Doc, cues: Cues) -> tuple[Mention, ...]:
    """Leave out what no source covers and is asked about no more ("forget the filler")."""
    ends = {doc[cue.end].idx for cue in cues.of("dropped") if cue.end < len(doc)}
    return tuple(m for m in mentions if m.covered or m.start not in ends)


def _told(doc: Doc, cues: Cues, times: Sequence[TimeExpression]) -> Told:
    spans = (doc.char_span(t.start, t.end, alignment_mode="expand") for t in times)
    return Told(
        order=tuple((cue.start, cue.end) for label in _ORDER_WORDS for cue in cues.of(label)),
        times=tuple((span.start, span.end) for span in spans if span is not None),
        elsewhere=tuple((cue.start, cue.end) for cue in cues.of("elsewhere")),
    )
