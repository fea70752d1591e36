"""What a message tells of that may have a day: treatments of the case, and everything else.

A time belongs to one of them. What is no treatment of this case still takes its own times away: a check-up, a
wedding, another treatment, somebody else's, or anything told as "my ... is on".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.consult.reading.cues import Cue
from bot.consult.reading.sentence import STRONG_STOPS, Place, Sentence, When
from bot.consult.types import TreatmentId

_OTHER = ("event", "other_event")
_LONGEST_NAME = 4
Span = tuple[int, int]
"""Where a stretch of tokens begins, and where it ends (exclusive)."""


@dataclass(frozen=True)
class Event:
    """Something that may have a day, at its place among the tokens; ``treatment`` is None for anything else."""

    start: int
    end: int
    treatment: TreatmentId | None = None
    named: TreatmentId | None = None
    """The treatment that is named, of whomever."""


@dataclass(frozen=True)
class Layout:
    """A message cut into segments, with its events and those times that may be an event's."""

    sentence: Sentence
    whens: tuple[When, ...]

    @cached_property
    def segments(self) -> tuple[Span, ...]:
        """Stretches of tokens without a stop or a word that turns to something else."""
        cuts = [i for i in range(len(self.sentence.words)) if self._cuts(i)]
        return tuple(
            (a + 1, b) for a, b in zip([-1, *cuts], [*cuts, len(self.sentence.words)], strict=True) if a + 1 < b
        )

    def when_at(self, index: int) -> When | None:
        """Return the time that covers a token, as corrected."""
        return next((w for w in self.whens if w.start <= index < w.end), None)

    def segment_of(self, index: int) -> Span:
        """Return the segment that holds a token."""
        return next((s for s in self.segments if s[0] <= index < s[1]), (index, index + 1))

    def _cuts(self, index: int) -> bool:
        word = self.sentence.words[index]
        if self.when_at(index) or self._in_a_name(index) or self._lists_areas(index) or self._fills(index):
            return False
        return word[:1] in STRONG_STOPS or word == "," or self.sentence.cues.at("clause", index)

    def _fills(self, index: int) -> bool:
        """As in "can I come Wednesday then for the needling"."""
        cues = self.sentence.cues
        return self.when_at(index - 1) is not None and cues.at("then", index) and cues.at("occasion", index + 1)

    def _lists_areas(self, index: int) -> bool:
        """As in "forehead and crow's feet"."""
        return self.sentence.cues.at("body_area", index - 1) and self.sentence.cues.at("body_area", index + 1)

    def _in_a_name(self, index: int) -> bool:
        named = [(c.start, c.end) for label in _OTHER for c in self.sentence.cues.of(label)]
        named += [(p.start, p.end) for p in self.sentence.places]
        return any(start < index < end - 1 for start, end in named)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events, in the order of the text."""
        others = sorted([*self._named_otherwise(), *self._told_otherwise()], key=lambda e: (e.start, -e.end))
        places = [p for p in self.sentence.places if not _is_about(self.sentence, p, others)]
        ours = [Event(p.start, p.end, p.treatment, p.treatment) for p in places]
        kept = [o for o in others if not any(e.start < o.end and o.start < e.end for e in ours)]
        return tuple(sorted([*ours, *kept], key=lambda e: e.start))

    def _named_otherwise(self) -> Iterator[Event]:
        yield from (Event(o.start, o.end, named=o.treatment) for o in self.sentence.others)
        named = (c for label in _OTHER for c in self.sentence.cues.of(label))
        known = (self._is_dated, self._reports, self._holds, self._comes_of_it)
        yield from (Event(c.start, c.end) for c in named if not any(is_known(c) for is_known in known))
        for cue in self.sentence.cues.of("moved_to"):
            if not self.when_at(cue.end + self.sentence.cues.at("leads_in", cue.end)):
                yield Event(cue.start, cue.end)  # "moved to Calgary in May"

    def _is_dated(self, cue: Cue) -> bool:
        return any(w.start < cue.end and cue.start < w.end for w in self.sentence.whens)

    def _holds(self, cue: Cue) -> bool:
        """As in "a needling event", "Botox party": the treatment was had there."""
        behind = self.sentence.place_before(cue.start, within=0) is not None
        return behind and self.sentence.cues.at("held_as", cue.start)

    def _comes_of_it(self, cue: Cue) -> bool:
        """As in "a bruise from my Botox last Thursday": the treatment's day is told."""
        return self.sentence.cues.at("done", cue.start)

    def _reports(self, cue: Cue) -> bool:
        """As in "your email says the 16th": it tells a day, and has none of its own."""
        return any(self.sentence.cues.at("reports", i) for i in range(cue.end, cue.end + 2))

    def _told_otherwise(self) -> Iterator[Event]:
        """Yield what is told as "my ... is on": an unknown subject has a day of its own."""
        for start, end in self.segments:
            if self.sentence.cues.at("owner", start) and (verb := self._verb_of(start, end)):
                yield Event(start, verb)
        for when in self.whens:
            if (named := self._object_of(when)) is not None:
                yield Event(named, when.start)

    def _object_of(self, when: When) -> int | None:
        """Return where "a work presentation" begins right before a time: an unknown object has a day of its own."""
        end = when.start - self.sentence.cues.at("on_the", when.start - 1)
        heads = range(end - 1, max(end - _LONGEST_NAME, 0), -1)
        start = next((i for i in heads if self.sentence.cues.at("article", i - 1)), None)
        if start is None or not self.sentence.words[end - 1].isalpha() or any(map(self._is_known, range(start, end))):
            return None
        visit = any(self.sentence.cues.at(label, end - 1) for label in ("visits", "touch_up", "its_own", "owner"))
        return None if visit else start

    def _verb_of(self, start: int, end: int) -> int | None:
        """Return where the verb behind an unknown subject of one to three words stands."""
        verb = next((i for i in range(start + 2, min(end, start + 5)) if self.sentence.cues.at("has_a_day", i)), None)
        return verb if verb and not any(self._is_known(i) for i in range(start, verb)) else None

    def _is_known(self, index: int) -> bool:
        """Tell whether a token is a treatment's, a time's, or a word for the visit itself."""
        cues = self.sentence.cues
        named = self.sentence.names_between(index, index + 1) or cues.at("generic_head", index)
        named = named or cues.at("updates", index)  # "the receipt says it was Nov 2" tells the visit's own day
        return named or self.when_at(index) is not None


def _is_about(sentence: Sentence, place: Place, others: list[Event]) -> bool:
    """Tell whether a treatment only says what another event is about: "consult for Botox", "Botox voucher"."""
    heads = any(
        o.start == place.end or (o.start == place.end + 1 and sentence.words[place.end] == "'s") for o in others
    )
    before = [range(o.end, place.start) for o in others if o.end < place.start <= o.end + 3]
    return heads or any(all(sentence.cues.at("about", i) for i in between) for between in before)
