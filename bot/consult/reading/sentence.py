"""A message laid out for reading order and tense: tokens, treatments, times and cues with their places.

Direction and timeline both ask the same small questions of it: which clause is this in, which treatment
comes next, what stands in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc

from bot.consult.reading.cues import Cue, Cues
from bot.consult.types import Mention, TimeExpression, TreatmentId

STOPS = frozenset('.?!;,:"…')
STRONG_STOPS = frozenset(".?!;…")


@dataclass(frozen=True)
class Place:
    """A covered treatment at its place among the tokens."""

    treatment: TreatmentId
    mention: Mention
    start: int
    end: int


@dataclass(frozen=True)
class When:
    """A time expression at its place among the tokens."""

    expression: TimeExpression
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One message: its tokens in lower case, and what was found on them."""

    words: tuple[str, ...]
    places: tuple[Place, ...]
    whens: tuple[When, ...]
    cues: Cues
    others: tuple[Place, ...] = ()
    """Treatments that no source text speaks of, and those of somebody else beside the writer's own case."""

    @cached_property
    def treatments(self) -> tuple[TreatmentId, ...]:
        """The distinct treatments named, in the order of first mention."""
        return tuple(dict.fromkeys(place.treatment for place in self.places))

    def places_of(self, treatment: TreatmentId) -> tuple[Place, ...]:
        """Return where one treatment is named."""
        return tuple(place for place in self.places if place.treatment == treatment)

    @property
    def length(self) -> int:
        """How many words it has, marks apart."""
        return sum(word[:1].isalnum() for word in self.words)

    @property
    def is_of_others(self) -> bool:
        """It names a treatment that no source text speaks of, and none of ours."""
        return any(not place.mention.covered for place in self.others) and not self.places

    @property
    def is_of_dates(self) -> bool:
        """It tells a time, or asks about the gap that is told."""
        return bool(self.whens) or self.cues.has("of_the_gap")

    @cached_property
    def words_beside(self) -> int:
        """The words that are neither a treatment's name nor lead to one ("what about … then?")."""
        named = {i for place in (*self.places, *self.others) for i in range(place.start, place.end)}
        beside = (i for i in range(len(self.words)) if i not in named and not self.cues.at("leads_to", i))
        return sum(self.words[i][:1].isalnum() for i in beside)

    def clause_of(self, index: int) -> tuple[int, int]:
        """Return the stretch between full stops that holds a token."""
        start = next((i + 1 for i in range(index - 1, -1, -1) if self.words[i][:1] in STRONG_STOPS), 0)
        end = next((i for i in range(index, len(self.words)) if self.words[i][:1] in STRONG_STOPS), len(self.words))
        return start, end

    def is_theirs(self, index: int) -> bool:
        """Tell whether a token stands in what is told of somebody else, in a message about the writer's own case."""
        if not self._is_about_own_case:
            return False
        if self._is_owned_by_another(index):
            return True
        person = self._person_before(index)
        if person is None:
            return self.cues.at("their", index - 1)
        first = min((p.start for p in (*self.places, *self.others) if p.start >= person.end), default=index)
        stops = STRONG_STOPS if self.cues.within("done", person.end, index) else STOPS
        told = not self.stop_between(person.end, min(first, index), stops)
        spoken = any(self.is_speaker(i) for i in range(person.end, index))
        return told and not (spoken or self._is_provided(index))

    def _is_owned_by_another(self, index: int) -> bool:
        """As in "le Botox de ma soeur", "the Botox of my sister"."""
        place = next((p for p in (*self.places, *self.others) if p.start <= index < p.end), None)
        if place is None or not self.says("of", place.end, place.end + 1):
            return False
        behind = place.end + 1 + self.cues.at("owner", place.end + 1)
        return any(cue.start == behind for cue in self.cues.of("person"))

    def _person_before(self, index: int) -> Cue | None:
        """Who is told of before a token; nobody in "a gift card from my husband for needling"."""
        start, _ = self.clause_of(index)
        person = self.cues.within("person", start, index) or self._spoken_of(start, index)
        return person if person and self.is_told_of(person) else None

    def is_told_of(self, person: Cue) -> bool:
        """Tell whether something is told of a person, not of her event, and nothing that comes from her."""
        by = any(self.cues.at("by_person", i) for i in (person.start - 1, person.start - 2))
        return not (by or self._has_the_event(person))

    def _is_provided(self, index: int) -> bool:
        """As in "my physio's wife does needling": her trade, not her case, unless she gets it herself."""
        kept_up = self.cues.within("habit", index, self.clause_of(index)[1]) is not None
        return self.cues.at("provides", index - 1) and not kept_up

    def _has_the_event(self, person: Cue) -> bool:
        """As in "my sister's wedding" and "les noces de mon frère": the event is told of, nothing of the person."""
        named = person.start - self.cues.at("owner", person.start - 1)
        behind = self.says("of", named - 1, named) and self.cues.at("event", named - 2)
        return behind or self.cues.at("event", person.end)

    @cached_property
    def _is_about_own_case(self) -> bool:
        """A treatment is named where nobody else is spoken of, or the writer asks for herself and nobody else."""
        before = [(self.clause_of(place.start)[0], place.start) for place in self.places]
        if self.cues.has("for_another") and not any(self.is_speaker(i) for b in before for i in range(*b)):
            return self.cues.has("for_me")
        unowned = any(not (self.cues.within("person", *b) or self.cues.within("they", *b)) for b in before)
        return unowned or (self.cues.has("for_me") and not self.cues.has("for_another"))

    def _spoken_of(self, start: int, index: int) -> Cue | None:
        """Somebody named in an earlier sentence, taken up as "she" or "he"."""
        return self.cues.within("they", start, index) if self.cues.within("person", 0, start) else None

    def is_speaker(self, index: int) -> bool:
        """The writer as a subject; "my" counts where no person follows."""
        followed = self.cues.at("person", index + 1) or self.cues.at("person", index + 2)
        return self.cues.at("speaker", index) and not followed

    def says(self, label: str, start: int, end: int) -> bool:
        """Tell whether a word of a list of order_words.yml stands between two token positions."""
        return not self.cues.words[label].isdisjoint(self.words[max(0, start) : max(0, end)])

    def says_only(self, start: int, end: int, *labels: str) -> bool:
        """Tell whether all words between two token positions are of these lists."""
        return all(any(word in self.cues.words[label] for label in labels) for word in self.words[start:end])

    def stop_between(self, start: int, end: int, stops: frozenset[str] = STOPS) -> bool:
        """Tell whether one of ``stops`` stands between two token positions."""
        return any(word[:1] in stops for word in self.words[min(start, end) : max(start, end)])

    def names_between(self, start: int, end: int) -> bool:
        """Tell whether a treatment is named between two token positions."""
        return any(start <= place.start < end for place in self.places)

    def place_after(self, index: int, within: int = 99) -> Place | None:
        """Return the first treatment that starts at or after a token, at most ``within`` tokens away."""
        return next((p for p in self.places if index <= p.start <= index + within), None)

    def place_before(self, index: int, within: int = 99) -> Place | None:
        """Return the last treatment that ends at or before a token, at most ``within`` tokens away."""
        return next((p for p in reversed(self.places) if index - within <= p.end <= index), None)

    def when_at(self, index: int) -> When | None:
        """Return the time expression that covers a token."""
        return next((w for w in self.whens if w.start <= index < w.end), None)


def lay_out(doc: Doc, mentions: Sequence[Mention], times: Sequence[TimeExpression], cues: Cues) -> Sentence:
    """Place treatments and times on the tokens of a message."""
    named = [Place(m.treatment, m, *_tokens(doc, m.start, m.end)) for m in mentions]
    places = [place for place in named if place.mention.covered]
    others = tuple(place for place in named if not place.mention.covered)
    whens = [When(t, *_tokens(doc, t.start, t.end)) for t in times]
    places = sorted([*places, *_touch_ups(doc, places, whens, cues)], key=lambda place: place.start)
    return _own(Sentence(tuple(token.lower_ for token in doc), tuple(places), tuple(whens), cues, others))


def _own(sentence: Sentence) -> Sentence:
    """Put somebody else's treatments among the others, unless all are theirs: then the case is."""
    theirs = tuple(p for p in sentence.places if sentence.is_theirs(p.start))
    own = tuple(p for p in sentence.places if p not in theirs)
    return replace(sentence, places=own, others=(*sentence.others, *theirs)) if own else sentence


def _touch_ups(doc: Doc, places: Sequence[Place], whens: Sequence[When], cues: Cues) -> list[Place]:
    """A dated touch-up stands for the treatment named before it: it has a date of its own."""
    named = {i for p in places for i in range(p.start, p.end)}
    apart = [c for c in cues.of("touch_up") if places and not named.intersection(range(c.start, c.end))]
    return [_touch_up(doc, c, places) for c in apart if _has_a_day(doc, c, whens, cues)]


def _has_a_day(doc: Doc, cue: Cue, whens: Sequence[When], cues: Cues) -> bool:
    return any(_dates(doc, when, cue) for when in whens) and not _is_of_an_event(doc, cue, cues)


def _is_of_an_event(doc: Doc, cue: Cue, cues: Cues) -> bool:
    """As in "school starts again on the 5th"."""
    ends = [c.end for label in ("event", "other_event") for c in cues.of(label)]
    between = [doc[end : cue.start] for end in ends if 0 <= cue.start - end <= 2]
    return any(not any(token.text[:1] in STOPS for token in span) for span in between)


def _dates(doc: Doc, when: When, cue: Cue) -> bool:
    return cue.end <= when.start <= cue.end + 3 or _leads_to(doc, when, cue)


def _touch_up(doc: Doc, cue: Cue, places: Sequence[Place]) -> Place:
    named = ([p for p in places if p.end <= cue.start] or list(reversed(places)))[-1]
    span = doc[cue.start : cue.end]
    mention = replace(named.mention, text=span.text, start=span.start_char, end=span.end_char)
    return Place(named.treatment, mention, cue.start, cue.end)


def _leads_to(doc: Doc, when: When, cue: Cue) -> bool:
    """As in "6 days ago she put a bit more in"."""
    between = doc[when.end : cue.start]
    return 0 < len(between) <= 7 and not any(token.text[:1] in STOPS for token in between)


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else (0, 0)
