"""Numbers that could be a day and were read as nothing else."""

from __future__ import annotations

import re

from bot.consult.timeline.events import Layout

_DAY = re.compile(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")


def stray_numbers(layout: Layout) -> bool:
    """Tell whether a number stands where a day would: behind a treatment or "on the", with nothing that it counts."""
    return any(_is_stray(layout, index) for index in range(len(layout.sentence.words)))


def _is_stray(layout: Layout, index: int) -> bool:
    word, cues = layout.sentence.words[index], layout.sentence.cues
    if not _DAY.fullmatch(word) or layout.sentence.when_at(index):
        return False
    led_in = cues.at("day_follows", index - 1) or any(e.end == index for e in layout.events if e.treatment)
    return led_in and not (_counts(layout, index + 1) or _is_age(layout, index))


def _is_age(layout: Layout, index: int) -> bool:
    """As in "my sister is 27"."""
    return any(layout.sentence.cues.at(label, index - 2) for label in ("person", "they"))


def _counts(layout: Layout, index: int) -> bool:
    """Tell whether a word that is counted follows: "2 sessions", "3pm", "8/10"."""
    words = layout.sentence.words
    if index >= len(words):
        return False
    if not words[index].isalpha():
        return words[index] in ("/", "%", "$", ".")
    if layout.sentence.cues.at("may_be_month", index):
        return False
    return not layout.sentence.cues.at("clause", index) and not layout.sentence.names_between(index, index + 1)
