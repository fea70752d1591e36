"""What the lengths of time in a message are: counted from an event, between the two treatments, or no time at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.consult.reading.sentence import When
from bot.consult.timeline.events import Event, Layout

Days = tuple[int, int]
_TARGET_WITHIN = 5
_NEAR = 6
_LEAST, _MOST = 1, 400
"""Days: what is shorter is a visit, what is longer a history."""


@dataclass(frozen=True)
class Count:
    """A length counted from an event, forward or back; ``base`` is None where it is the event named before."""

    when: When
    forward: bool
    base: Event | None
    passed: bool
    """Today is as far away from the event."""
    open: bool = False
    """It may also be the other treatment that is as far away from it."""

    @property
    def days(self) -> Days:
        """The days from the event, those before it as negative ones."""
        shortest, longest = self.when.expression.days or (0, 0)
        return (shortest, longest) if self.forward else (-longest, -shortest)


@dataclass(frozen=True)
class Lengths:
    """The lengths of a message: counted ones, those between the two treatments, and those that nothing explains."""

    counts: tuple[Count, ...] = ()
    gaps: tuple[When, ...] = ()
    loose: tuple[When, ...] = ()


def read_lengths(layout: Layout, whens: Sequence[When]) -> Lengths:
    """Tell what each length of time is; those of a rule, a habit, an effect or somebody else are none of this case."""
    told = _of_this_case(layout, whens)
    counts = _counts(layout, told)
    counted = [c.when for c in counts]
    rest = _not_said_in([w for w in told if w not in counted], counted)
    gaps = [w for w in rest if _is_gap(layout, w)]
    loose = _not_said_in([w for w in rest if w not in gaps], gaps)
    return Lengths(counts, tuple(gaps), tuple(loose))


def _not_said_in(whens: Sequence[When], told: Sequence[When]) -> list[When]:
    """Leave out what is said again, as in "those days"."""
    said = [w.expression.days for w in told]
    return [w for w in whens if w.expression.days not in said]


def _of_this_case(layout: Layout, whens: Sequence[When]) -> list[When]:
    return [w for w in whens if not _is_no_time(layout, w) and not _is_one_of_two(layout, w, whens)]


def _counts(layout: Layout, told: Sequence[When]) -> tuple[Count, ...]:
    counts: list[Count] = []
    for when in told:
        if count := _counted(layout, when, counts):
            counts.append(count)
    shared = _shared(told, counts)
    kept = (c for c in counts if c.when not in [each.when for each in shared])
    return (*kept, *shared)


# No time of this case.
def _is_no_time(layout: Layout, when: When) -> bool:
    start, _ = layout.sentence.clause_of(when.start)
    if _is_moved(layout, when):
        return False
    return (
        _is_the_rule(layout, when)
        or _is_quoted(layout, when, start)
        or not _LEAST <= max(when.expression.days or (0,)) <= _MOST
        or _lasts(layout, when)
        or layout.sentence.is_theirs(when.start)
    )


def _is_the_rule(layout: Layout, when: When) -> bool:
    """It is proposed or named as the rule, and has not passed ("it's been the 10 days", "10 days since")."""
    cues = layout.sentence.cues
    passed = _is_said(layout, when, "strictly_passed") or cues.at("since", _behind(layout, when))
    proposed = any(0 <= when.start - c.end <= 2 for c in cues.of("rule_asked"))
    return not passed and (proposed or _is_named(layout, when))


def _is_named(layout: Layout, when: When) -> bool:
    """As in "what if I skip the wait of so long?"; "the 10 days between them" are the writer's own."""
    return any(c.end == when.start for c in layout.sentence.cues.of("the_rule"))


def _is_quoted(layout: Layout, when: When, start: int) -> bool:
    """Tell whether somebody says to wait so long: neither what was looked up, nor a visit that was offered."""
    if _is_before_an_event(layout, when):
        return False  # "for my wedding they suggest Botox 6 weeks before and needling 3 weeks before"
    near = (max(start, when.start - 2 * _NEAR), when.start + 1)
    said, *own = (layout.sentence.cues.within(label, *near) for label in ("quotes", "updates", "invites"))
    return said is not None and not any(own)


def _is_before_an_event(layout: Layout, when: When) -> bool:
    """It counts back, not from a treatment, in a message that names something else that has a day."""
    at = _behind(layout, when)
    if not layout.sentence.cues.at("counts_back", at) or all(e.treatment for e in layout.events):
        return False
    base = _target(layout, at)
    return base is None or base.treatment is None


def _lasts(layout: Layout, when: When) -> bool:
    """Tell how long an effect, a visit or a habit lasts, or how long ago a visit was booked."""
    cues, (start, end) = layout.sentence.cues, layout.segment_of(when.start)
    if cues.at("short_of", when.end):
        return True  # "one day short, really?"
    near = max(start, when.start - _NEAR)
    found = [cues.within(label, near, min(end, when.end + 3)) for label in ("lasting", "habit")]
    return any(
        cue and (cue.end <= when.start or cue.start >= when.end) and not layout.when_at(cue.start) for cue in found
    )


def _is_one_of_two(layout: Layout, when: When, whens: Sequence[When]) -> bool:
    """As in "48 h or 2 weeks?": two lengths to choose from are proposed as the rule."""
    words, either = layout.sentence.words, layout.sentence.cues
    joined = [
        (a, b) for a, b in pairwise(whens) if b.start - a.end == 1 and either.at("either", a.end) and words[a.end]
    ]
    return any(when in pair for pair in joined)


# Counted from something.
def _counted(layout: Layout, when: When, before: Sequence[Count]) -> Count | None:
    cues, at = layout.sentence.cues, _behind(layout, when)
    if _is_moved(layout, when):
        return None  # "moved 20 days later"
    forward = cues.at("counts_on", at) or (cues.at("numbered", when.start) and cues.at("of_it", at))
    if not forward and not cues.at("counts_back", at):
        return _so_far(layout, when)
    base = _target(layout, at) or _named_before(layout, when, before, forward)
    passed = forward and _has_passed(layout, when, base, at)
    return Count(when, forward, base, passed, passed and _may_be_the_other_s(layout, when, at))


def _behind(layout: Layout, when: When) -> int:
    """Return the token that tells how a length counts: "10 days have passed since", "day 12 after"."""
    fillers = layout.sentence.cues
    return next(i for i in range(when.end, when.end + 4) if i == when.end + 3 or not fillers.at("between_count", i))


def _is_moved(layout: Layout, when: When) -> bool:
    return layout.sentence.cues.within("moves", *layout.segment_of(when.start)) is not None


def _so_far(layout: Layout, when: When) -> Count | None:
    """As in "it's been 9 days", "ça fait 12 jours que j'ai eu le botox"."""
    if not _is_said(layout, when, "so_far"):
        return None
    ours = [e for e in layout.events if e.treatment]
    before = next((e for e in reversed(ours) if e.end <= when.start), None)
    base = before or next((e for e in ours if e.start >= when.end), None)
    return Count(when, True, base, passed=True) if base else None


def _named_before(layout: Layout, when: When, before: Sequence[Count], forward: bool) -> Event | None:
    """As in "6 weeks before my wedding and 3 weeks before", "my wedding is Dec 12: tox 2 weeks before"."""
    if before and before[-1].base and before[-1].base.treatment is None:
        return before[-1].base
    earlier = [e for e in layout.events if e.end <= when.start]
    other = earlier[-2] if len(earlier) > 1 else None
    return other if other and other.treatment is None and not forward else None


def _target(layout: Layout, at: int) -> Event | None:
    """What a length counts from: the event behind the word, or one not known by name; behind "later" nothing."""
    sentence = layout.sentence
    if sentence.cues.at("later_on", at):
        return None
    for index in range(at, min(len(sentence.words), at + 1 + _TARGET_WITHIN)):
        if event := next((e for e in layout.events if e.start == index), None):
            return event
        if index > at and _breaks_off(layout, index):
            return _unnamed(layout, at, index)
    return _unnamed(layout, at, len(sentence.words))


def _breaks_off(layout: Layout, index: int) -> bool:
    stands_for = any(layout.sentence.cues.at(label, index) for label in ("its_own", "asks"))
    return (
        stands_for
        or layout.segment_of(index)[0] > index
        or bool(layout.sentence.when_at(index))
        or _is_cut(layout, index)
    )


def _is_cut(layout: Layout, index: int) -> bool:
    return not any(a <= index < b for a, b in layout.segments)


def _unnamed(layout: Layout, at: int, end: int) -> Event | None:
    """As in "before my zumba night": something that is no treatment, by whatever name."""
    owned = next((i for i in range(at, min(end, at + 3)) if layout.sentence.cues.at("owner", i)), None)
    return Event(owned + 1, min(end, owned + 2)) if owned is not None and owned + 1 < end else None


def _has_passed(layout: Layout, when: When, base: Event | None, at: int) -> bool:
    """Tell whether the length ends today: "I'm 9 days after"; the other treatment beside it ends it there."""
    if base is None or base.treatment is None:
        return False
    if _is_said(layout, when, "yet_to_be"):
        return False
    if _is_said(layout, when, "strictly_passed"):
        return True
    asked = layout.sentence.cues.within("asked_for", layout.segment_of(when.start)[0], when.start)
    return asked is None and not _ends_with_the_other(layout, when, base, at)  # "can I swim 3 days after Botox?"


def _ends_with_the_other(layout: Layout, when: When, base: Event, at: int) -> bool:
    (start, end), (first, _) = layout.segment_of(when.start), layout.sentence.clause_of(when.start)
    until = when.start if layout.sentence.cues.at("so_far", at) else end
    others = [e.start for e in layout.events if e.treatment not in (None, base.treatment)]
    return any(start <= other < until or first <= other < when.start for other in others)


def _may_be_the_other_s(layout: Layout, when: When, at: int) -> bool:
    """As in "9 days after my tox, needling tomorrow": from today or from tomorrow."""
    leads = when.start == layout.segment_of(when.start)[0] or _is_said(layout, when, "loosely_passed")
    sure = _is_said(layout, when, "strictly_passed") or layout.sentence.cues.at("so_far", at)
    return leads and not sure


def _is_said(layout: Layout, when: When, label: str) -> bool:
    """Tell whether a cue stands right before a length."""
    start, _ = layout.segment_of(when.start)
    return any(layout.sentence.cues.at(label, i) for i in range(max(start, when.start - 2), when.start))


def _shared(told: Sequence[When], counts: Sequence[Count]) -> list[Count]:
    """As in "tox 6 weeks (before) and needling 3 weeks before my wedding": the first counts from it too."""
    counted = {c.when: c for c in counts}
    shared = []
    for one, two in pairwise(told):
        own, after = counted.get(one), counted.get(two)
        open_ = own is None or (own.base is None and not own.forward)
        if open_ and after and after.base and after.base.treatment is None:
            shared.append(Count(one, after.forward, after.base, after.passed))
    return shared


# Between the two.
def _is_gap(layout: Layout, when: When) -> bool:
    start, end = layout.sentence.clause_of(when.start)
    near = (max(start, when.start - _NEAR), min(end, when.end + _NEAR))
    return layout.sentence.cues.within("own_gap", *near) is not None and not _is_moved(layout, when)
