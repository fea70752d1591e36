"""Which dates of a message are nobody's day of a visit: a habit, somebody else's, or the day that all leads up to."""

from __future__ import annotations

from datetime import date

from bot.consult.reading.sentence import When
from bot.consult.timeline.events import Layout


def is_no_date(layout: Layout, when: When, today: date) -> bool:
    """Tell whether a date is left out, as what it is told of has no treatment in it.

    Args:
        layout: The message, with what its parts are about.
        when: One of its dates or periods.
        today: The clinic's day.
    """
    sentence, cues = layout.sentence, layout.sentence.cues
    counted = all(cues.at("ordinal", i) for i in range(when.start, when.end))
    counted = counted and sentence.names_between(when.end, when.end + 1)
    led_up = cues.at("run_up", when.start - 1)
    no_visit = _is_of_purchase(layout, when, today) or _names_weekday(layout, when) or _is_kept_up(layout, when)
    return counted or led_up or no_visit or _is_of_a_call(layout, when) or sentence.is_theirs(when.start)


def _names_weekday(layout: Layout, when: When) -> bool:
    """As in "the 6th of November, that was a Friday": the weekday of a day just told."""
    before = [w.expression for w in layout.sentence.whens if w.end <= when.start][-1:]
    days = {p.first.weekday() for e in before for p in e.readings if p.is_day}
    named = {p.first.weekday() for p in when.expression.readings}
    return layout.sentence.cues.at("indefinite", when.start - 1) and len(named) == 1 and named == days


def _is_kept_up(layout: Layout, when: When) -> bool:
    """As in "Botox usually goes on a Friday", "I roll on Sunday nights", or what happens otherwise."""
    start, _ = layout.segment_of(when.start)
    cues = layout.sentence.cues
    habit = cues.within("habit", start, when.start) is not None and cues.at("kept_up", when.start - 1)
    since = when.expression.vague and cues.at("since", when.start - 1)
    return (
        habit
        or since
        or cues.at("each_time", when.end)
        or any(cues.within(label, start, when.start) for label in ("usual", "or_else"))
    )


def _is_of_a_call(layout: Layout, when: When) -> bool:
    """As in "if not I'll call Monday to move it", "let you know on Friday"."""
    sentence = layout.sentence
    before = next((i for i in range(when.start - 1, -1, -1) if not sentence.cues.at("on_the", i)), 0)
    return sentence.says("contacts", before, before + 1)


def _is_of_purchase(layout: Layout, when: When, today: date) -> bool:
    """As in "needling that I bought on Black Friday", "booked back in the summer": no visit's day."""
    start, _ = layout.segment_of(when.start)
    cue = layout.sentence.cues.within("purchases", start, when.start)
    past = all(p.last < today for p in when.expression.readings)
    return cue is not None and past and not layout.sentence.names_between(cue.end, when.start)
