"""Which event a time belongs to: the one whose words govern it, never simply the nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.consult.reading.cues import Cue
from bot.consult.reading.sentence import STRONG_STOPS, When
from bot.consult.timeline.events import Event, Layout, Span
from bot.consult.types import TreatmentId

_HISTORY = 300
_NEAR = 3
_SUBJECT = 5
_OF_A_VISIT = ("its_own", "visits", "corrects", "updates", "supposes", "suffices")
"""Cues of a visit, or of a day of it that is taken back, looked up or supposed."""


@dataclass(frozen=True)
class Bound:
    """A time and the events that it belongs to; none where no words govern it."""

    when: When
    events: tuple[Event, ...] = ()
    open_ended: bool = False
    """Some day before or after the one named is meant."""
    called_off: bool = False

    @property
    def treatments(self) -> tuple[TreatmentId, ...]:
        """The treatments that the time belongs to."""
        return tuple(event.treatment for event in self.events if event.treatment)


@dataclass
class Binder:
    """Binds the times of one message, in the order of the text."""

    layout: Layout
    bases: Mapping[When, Event | None] = field(default_factory=dict)
    """What each length counts from: not what it belongs to."""
    today: date = date.max
    bound: list[Bound] = field(default_factory=list)
    _events: list[Event] = field(default_factory=list)

    def bind(self, whens: Sequence[When]) -> list[Bound]:
        """Return each time with its events.

        Args:
            whens: Dates, and lengths that are counted from something, in the order of the text.
        """
        for when in whens:
            self._events = [e for e in self.layout.events if e != self.bases.get(when)]
            events = self._told_again(when) or self._in_its_name(when) or self._both(when, whens)
            events = events or self._governing(when, whens)
            self.bound.append(Bound(when, events, self._is_open_ended(when), self._is_called_off(when)))
        return self.bound

    def _told_again(self, when: When) -> tuple[Event, ...]:
        """A day that was told before, as in "is the 25th far enough from it?" and "is it still ok to go today?"."""
        start, end = self.layout.segment_of(when.start)
        named_by = when.start if len(when.expression.readings) > 1 else end
        if any(start <= e.start < named_by for e in self._events) or self._is_listed(when):
            return ()
        same = [b for b in self.bound if b.treatments and _is_the_same(b.when, when)]
        return same[0].events if len(same) == 1 else ()

    def _is_listed(self, when: When) -> bool:
        """As in "Botox on the 3rd and needling also on the 3rd": right before it stands one that has no day yet."""
        last = self._events_before(when)[-1:]
        undated = [e for e in last if e.treatment and not self._is_dated(e)]
        return any(not self.layout.sentence.stop_between(e.end, when.start) for e in undated)

    def _in_its_name(self, when: When) -> tuple[Event, ...]:
        """As in "our June wedding", "my Friday massage"."""
        ours = any(e.treatment and 0 <= when.start - e.end <= 2 for e in self._events)
        return () if ours else tuple(e for e in self._events if not e.treatment and e.start == when.end)

    def _is_open_ended(self, when: When) -> bool:
        waited = self.layout.sentence.says("waits", when.start - 2, when.start - 1)  # "if I wait until Thursday"
        return self._at("limits", when.start - 1) and not (waited or self._at("denies", when.start - 2))

    def _is_called_off(self, when: When) -> bool:
        """Its own part of the message says so, or the next one does of "it"."""
        segment = self.layout.segment_of(when.start)
        follows = next((s for s in self.layout.segments if s[0] >= segment[1]), segment)
        taken_back = self._any("its_own", follows) and not any(self.layout.when_at(i) for i in range(*follows))
        return self._calls_off(segment) or (taken_back and self._calls_off(follows))

    def _calls_off(self, segment: Span) -> bool:
        """The writer's own day does not hold; what somebody else gives up is free ("a girl cancelled her slot")."""
        off = (c for c in self.layout.sentence.cues.of("called_off") if segment[0] <= c.start < segment[1])
        return any(not self._is_given_up(c, segment) for c in off)

    def _is_given_up(self, cue: Cue, segment: Span) -> bool:
        sentence, before = self.layout.sentence, (max(segment[0], cue.start - _SUBJECT), cue.start)
        by_them = sentence.says("somebody_else", *before) and not self._any("speaker", before)
        return by_them or sentence.says("theirs", cue.end, cue.end + 1)

    # Two treatments in one breath: one day for both, or two days in their order.
    def _both(self, when: When, whens: Sequence[When]) -> tuple[Event, ...]:
        pair = self._events_before(when)[-2:]
        if when in self.bases or not self._are_joined(pair) or self._is_apart(pair[1], when):
            return ()
        behind = self._whens_behind(pair[1], when, whens)
        if len(behind) == 2 and self._all("joins", (behind[0].end, behind[1].start)):
            return (pair[behind.index(when)],)
        told_apart = self._any("singular", (pair[1].end, when.start))
        return tuple(pair) if len(behind) == 1 and not told_apart else ()

    def _whens_behind(self, event: Event, when: When, whens: Sequence[When]) -> list[When]:
        """Return the times of a sentence behind an event and before any other one."""
        _, end = self.layout.sentence.clause_of(when.start)
        return [w for w in whens if event.end <= w.start < end and not self._named_between(event.end, w.start)]

    def _are_joined(self, pair: Sequence[Event]) -> bool:
        """Tell whether two treatments are told in one breath, the first without a day of its own."""
        if len(pair) < 2 or not all(e.treatment for e in pair) or pair[0].treatment == pair[1].treatment:
            return False
        between = (pair[0].end, pair[1].start)
        listed = self._is_dated(pair[0]) and not self._is_dated(pair[1])
        return not listed and self._all("joins", between) and self._any("beside", between)

    def _is_apart(self, event: Event, when: When) -> bool:
        stops = self.layout.sentence.stop_between(event.end, when.start, STRONG_STOPS)
        return stops and not self._within("both", (event.end, when.start))

    # One event.
    def _governing(self, when: When, whens: Sequence[When]) -> tuple[Event, ...]:
        segment = self.layout.segment_of(when.start)
        here = [e for e in self._events if segment[0] <= e.start < segment[1]]
        if not here:
            counted = when in self.bases and self.bases[when] is None
            return () if counted else self._elliptical(when, segment, whens)
        return self._in_segment(when, here, segment, whens)

    def _in_segment(self, when: When, here: Sequence[Event], segment: Span, whens: Sequence[When]) -> tuple[Event, ...]:
        before = [e for e in here if e.end <= when.start]
        if any(self._is_anchor(when, e) for e in here):
            return self._of_the_other(here[-1])
        if self._alternates(here, whens, segment):
            return (here[len(before)],)
        if before:
            return self._ahead(here[len(before) :], before, when) or self._behind(before, when)
        return self._before(here, segment, whens)

    def _before(self, here: Sequence[Event], segment: Span, whens: Sequence[When]) -> tuple[Event, ...]:
        """The first event behind a time, unless a time stands right behind that."""
        following = here[1].start if len(here) > 1 else segment[1]
        return () if any(here[0].end <= w.start < following for w in whens) else (here[0],)

    def _ahead(self, following: Sequence[Event], before: Sequence[Event], when: When) -> tuple[Event, ...]:
        """As in "if Botox is on the 4th would the 19th work for the needling": this one has a day already."""
        if not following or not self._is_dated(before[-1]) or following[0].treatment is None:
            return ()
        led_to = self._any("occasion", (when.end, following[0].start))
        return (following[0],) if led_to and before[-1].treatment != following[0].treatment else ()

    def _is_anchor(self, when: When, event: Event) -> bool:
        """As in "is the 24th okay after the Botox?", "... since the Botox to go Wednesday?": the day is not its own."""
        _, end = self.layout.sentence.clause_of(when.start)
        begun, _ = self.layout.segment_of(when.start)
        asked = self.layout.sentence.words[end : end + 1] == ("?",) or self._at("asks", begun)
        anchors = self._leads_to(event, "after", "before", "goes_with")
        led_to = any(not when.start < c.start < when.end for c in anchors)
        goes = when.end <= event.start or self._any("visits", (event.end, when.start))
        return event.treatment is not None and asked and led_to and goes

    def _of_the_other(self, event: Event) -> tuple[Event, ...]:
        """The other treatment, where the message names it before."""
        named = [e for e in self._events if e.end <= event.start and e.treatment not in (None, event.treatment)]
        return tuple(named[-1:])

    def _behind(self, before: Sequence[Event], when: When) -> tuple[Event, ...]:
        """Return the event before a time; "at the salon on" says where, "for my party on" leaves it open."""
        event = before[-1]
        earlier = [e for e in before[:-1] if e.treatment]
        if event.treatment or not earlier:
            return (event,)
        between = (earlier[-1].end, event.start)
        if self._is_dated(earlier[-1]):
            return (event,)  # "needling this Saturday for my birthday, which is Dec 2"
        if self._any("whereabouts", between):
            return (earlier[-1],)
        return () if self._any("occasion", between) else (event,)

    def _alternates(self, here: Sequence[Event], whens: Sequence[When], segment: Span) -> bool:
        """As in "Nov 3 tox Nov 20 needling": a time before each event."""
        inside = [w for w in whens if segment[0] <= w.start < segment[1]]
        return len(inside) == len(here) and all(w.end <= e.start for w, e in zip(inside, here, strict=True))

    # A segment that names no event: "it was Nov 3", "on the 20th", "booked for Friday".
    def _elliptical(self, when: When, segment: Span, whens: Sequence[When]) -> tuple[Event, ...]:
        if apposed := self._apposed(segment):
            return (apposed,)
        if self._any("gives_day", segment):
            return self._given_a_day(segment)
        if self._any("reports", segment):
            return self._taken_up(segment)
        if self._is_long_ago(when) or self._tells_a_story(when, segment):
            return (Event(*segment),)
        if self._any_of(("its_own",), ((segment[0], self._lead_of(when)), (when.end, segment[1]))):
            return self._taken_up(segment)
        return self._open(when, segment, whens)

    def _open(self, when: When, segment: Span, whens: Sequence[When]) -> tuple[Event, ...]:
        """A time that nothing in its segment ties to an event: the one before that has none, or one listed with it."""
        before = self._events_before(when)[-1:]
        if self._any("subject", segment) and not self._is_free_again(before):
            return ()
        if before and not self._is_dated(before[0]):
            return self._leading(before[0])
        return self._beside(when, segment, whens) if self._is_bare(when, segment) else ()

    def _leading(self, event: Event) -> tuple[Event, ...]:
        """As in "what if needling was before the Botox, like on the 1st": of the one that is put in order."""
        led_to = self._leads_to(event, "after", "before")
        clause = self.layout.sentence.clause_of(event.start)[0]
        ahead = [e for e in self._events if clause <= e.start < event.start and e.treatment and not self._is_dated(e)]
        return tuple(ahead[-1:]) if led_to and ahead else (event,)

    def _leads_to(self, event: Event, *labels: str) -> list[Cue]:
        """The words that put something in order with an event, right before it in its sentence."""
        words = (c for label in labels for c in self.layout.sentence.cues.of(label))
        near = [c for c in words if 0 <= event.start - c.end <= 1]
        return [c for c in near if not self.layout.sentence.stop_between(c.end, event.start)]

    def _given_a_day(self, segment: Span) -> tuple[Event, ...]:
        """As in "my Botox was Nov 3 and she can take me on the 20th": the event before that has no day yet."""
        before = [e for e in self._events if e.end <= segment[0]]
        dated = {e.treatment for e in before if e.treatment and self._is_dated(e)}
        return tuple([e for e in before if e.treatment and e.treatment not in dated][-1:])

    def _taken_up(self, segment: Span) -> tuple[Event, ...]:
        """As in "it was Nov 3"; "mine was" is the writer's, of what was told of somebody else."""
        named = [e for e in self._events if e.end <= segment[0]]
        if not named:
            return ()
        if named[-1].treatment is None and (ours := self._ours_behind(named, segment)) is not None:
            return ours
        if self._has_its_day(named[-1]) and self._is_another_visit(segment):
            return ()
        event, mine = named[-1], self._any("mine_too", segment)
        return (Event(event.start, event.end, event.named) if mine else event,)

    def _is_another_visit(self, segment: Span) -> bool:
        """As in "my Botox was Nov 8 so can I do it today?": no second day of what has one, where none is moved."""
        asked = self._within("may_do", segment)
        return asked and not any(self._within(label, segment) for label in ("moves", "corrects", "in_its_stead"))

    def _ours_behind(self, named: Sequence[Event], segment: Span) -> tuple[Event, ...] | None:
        """The treatment that something else was only the occasion of, or that was looked up ("checked my email")."""
        if ours := self._marked_by(named[-1]):
            return (ours,)
        looked_up = self._any("updates", (0, segment[0]))
        return tuple([e for e in named if e.treatment][-1:]) if looked_up else None

    def _marked_by(self, event: Event) -> Event | None:
        """As in "needling for my birthday, it is this Friday", "a gift card for needling, I booked it for Dec 3"."""
        around = [p for p in self.layout.sentence.places if 0 <= max(p.start - event.end, event.start - p.end) <= _NEAR]
        for place in around:
            between = (min(place.end, event.end), max(place.start, event.start))
            if self._any("occasion", between) and not self.layout.sentence.stop_between(*between):
                return Event(place.start, place.end, place.treatment, place.treatment)
        return None

    def _beside(self, when: When, segment: Span, whens: Sequence[When]) -> tuple[Event, ...]:
        """A bare date goes with the date that it is listed with, else with the event right behind it."""
        before = self.bound[-1].when.end if self.bound else when.start
        if before < when.start and self._all("beside", (before, when.start)):
            return self.bound[-1].events  # "two rounds of tox, Oct 1 and Nov 10"
        after = next((e for e in self._events if e.start >= segment[1]), None)
        return (after,) if after and self._is_open(after, segment[1], whens) else ()

    def _apposed(self, segment: Span) -> Event | None:
        """As in "had my forehead done three weeks ago, Botox, at my usual place": a treatment alone behind a comma."""
        start, end = next((s for s in self.layout.segments if s[0] == segment[1] + 1), segment)
        event = next((e for e in self._events if e.treatment and start <= e.start < end), None)
        alone = event and self._all("leads_in", (start, event.start)) and self._all("leads_in", (event.end, end))
        return event if alone and self.layout.sentence.words[segment[1]] == "," else None

    def _is_open(self, event: Event, end: int, whens: Sequence[When]) -> bool:
        """Tell whether an event of the next segment has no time behind it."""
        start, stop = self.layout.segment_of(event.start)
        return start <= end + 1 and not any(event.end <= w.start < stop for w in whens)

    def _tells_a_story(self, when: When, segment: Span) -> bool:
        """Tell whether a segment is about something else: no word of it can tell of a visit, nor takes one up."""
        spans = ((segment[0], self._lead_of(when)), (when.end, segment[1]))
        rest = sum(not self._tells_of_a_day(i) for span in spans for i in range(*span))
        visited = self._any_of(_OF_A_VISIT, spans)
        known = self._any_of(("generic_head", "updates"), spans)
        owned = self._at("owner", segment[0]) and not (known or self._stands_for_it(when))
        return rest > 1 and (not visited or (owned and rest > 2))

    def _tells_of_a_day(self, index: int) -> bool:
        """It leads to a day or an area, or is part of another day ("the 16th, not the 10th")."""
        dated = self.layout.sentence.when_at(index) is not None
        return dated or any(self._at(label, index) for label in ("leads_in", "body_area", "denies"))

    def _stands_for_it(self, when: When) -> bool:
        """As in "my daughter talked me into it for Nov 28"."""
        led_by = ("on_the", "occasion")
        leads = (i for i in range(when.start - 1, -1, -1) if not any(self._at(label, i) for label in led_by))
        return self._at("its_own", next(leads, 0))

    def _lead_of(self, when: When) -> int:
        """Where the words before a time end: "this" summer is of the summer, and takes up nothing."""
        return when.start - self._at("demonstrative", when.start - 1)

    def _is_long_ago(self, when: When) -> bool:
        """As in "I did all this once before, back in 2019": history, where no treatment is named beside it."""
        readings = when.expression.readings
        return when.expression.vague and bool(readings) and all((self.today - p.last).days > _HISTORY for p in readings)

    def _is_bare(self, when: When, segment: Span) -> bool:
        return self._all("leads_in", (segment[0], when.start)) and self._all("leads_in", (when.end, segment[1]))

    def _is_dated(self, event: Event) -> bool:
        return any(event in bound.events and not bound.called_off for bound in self.bound)

    def _has_its_day(self, event: Event) -> bool:
        """Tell whether a day, and not only a stretch of time, was told of an event."""
        days = (b for b in self.bound if not (b.called_off or b.open_ended or b.when.expression.vague))
        return any(event in bound.events for bound in days)

    def _is_free_again(self, before: Sequence[Event]) -> bool:
        """Tell whether the day of the event before was called off: "they gave me Dec 5" is its new one."""
        return any(bound.called_off and set(before) & set(bound.events) for bound in self.bound)

    def _events_before(self, when: When) -> list[Event]:
        return [e for e in self._events if e.end <= when.start]

    def _named_between(self, start: int, end: int) -> bool:
        return any(start <= e.start < end for e in self._events)

    def _at(self, label: str, index: int) -> bool:
        return self.layout.sentence.cues.at(label, index)

    def _any(self, label: str, span: Span) -> bool:
        return any(self._at(label, i) for i in range(*span))

    def _any_of(self, labels: Sequence[str], spans: Sequence[Span]) -> bool:
        return any(self._any(label, span) for label in labels for span in spans)

    def _all(self, label: str, span: Span) -> bool:
        return all(self._at(label, i) for i in range(*span))

    def _within(self, label: str, span: Span) -> bool:
        return self.layout.sentence.cues.within(label, *span) is not None


def _is_the_same(told: When, when: When) -> bool:
    """Tell whether a day may be one that was told: that very day, or "the 24th" said twice."""
    readings = told.expression.readings
    return readings == when.expression.readings or (len(readings) == 1 and readings[0] in when.expression.readings)
