"""What a message asks of the clinic itself: its hours, address, services, booking and the like.

The phrases are data (data/language/clinic_questions.yml). Whether the clinic is meant at all is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot import languages
from bot.consult.reading.message import Reading
from bot.consult.text.patterns import words_as_regex
from bot.consult.text.within import Span, Within, joined
from bot.consult.types import ClinicKind, ClinicQuestion
from bot.yaml_lines import plain_yaml

HOURS: tuple[ClinicKind, ...] = ("hours_now", "hours_on", "hours_week")
ABOUT_OTHERS = "other_treatment"
"""The topic of a question for a treatment that no source speaks of."""
WEEK = 7


@dataclass(frozen=True)
class _Found:
    span: Span
    kind: ClinicKind


class ClinicQuestions:
    """Finds what is asked of the clinic."""

    def __init__(self, path: Path) -> None:
        """Read the phrases of each kind of question."""
        kinds: dict[str, dict[str, Any]] = plain_yaml(path)
        weekdays, fillers = kinds.pop("weekdays"), kinds.pop("fillers")
        self._fillers = re.compile(rf"\b(?:{words_as_regex(fillers)})\s+", re.IGNORECASE)
        self._weekdays = tuple(weekdays)
        by_language = {kind: {lang: by[lang] for lang in languages.ids() if lang in by} for kind, by in kinds.items()}
        self._words = Within(joined({**by_language, **weekdays}))
        self._topics: Mapping[Any, str] = {kind: by["topic"] for kind, by in kinds.items() if "topic" in by}
        self._yields: Mapping[str, set[str]] = {kind: set(by.get("yields_to", ())) for kind, by in kinds.items()}

    def read(self, text: str, reading: Reading, today: date) -> tuple[ClinicQuestion, ...]:
        """Return what is asked of the clinic, each kind once, in the order of the text.

        Args:
            text: The message.
            reading: What was read in it.
            today: The clinic's day.
        """
        text = self._fillers.sub("", text)
        asked = (self._question(found.kind, text, reading, today) for found in self._found(text))
        return tuple(dict.fromkeys(question for question in asked if question))

    def _found(self, text: str) -> list[_Found]:
        """The phrases in order; of those that overlap the longest."""
        kept: list[_Found] = []
        found = (_Found(span, kind) for kind in self._topics for span in self._words.find(kind, text))
        for each in sorted(found, key=lambda each: each.span[0] - each.span[1]):
            if not any(each.span[0] < other.span[1] and other.span[0] < each.span[1] for other in kept):
                kept.append(each)
        kinds = {each.kind for each in kept}
        return sorted((each for each in kept if not self._yields[each.kind] & kinds), key=lambda each: each.span)

    def _question(self, kind: ClinicKind, text: str, reading: Reading, today: date) -> ClinicQuestion | None:
        if kind == "service":
            return self._for_treatments(text, reading)
        topic, day = self._topics[kind], self._day(text, reading, today) if kind in HOURS else None
        if day is None:
            return None if kind == "hours_on" else ClinicQuestion(kind, topic)
        return ClinicQuestion("hours_on", topic, day)

    def _for_treatments(self, text: str, reading: Reading) -> ClinicQuestion | None:
        named = tuple(dict.fromkeys(mention.treatment for mention in reading.mentions))
        treatments = reading.pair if self._words.has("both", text) and len(named) < len(reading.pair) else named
        topic = ABOUT_OTHERS if reading.uncovered else self._topics["service"]
        return ClinicQuestion("service", topic, None, treatments) if treatments else None

    def _day(self, text: str, reading: Reading, today: date) -> date | None:
        """The day that is asked about: today or later, as the words allow; None where it is today as such."""
        told = next(_days_told(reading, today), None)
        return next(self._next_weekdays(text, today), None) if told in (None, today) else told

    def _next_weekdays(self, text: str, today: date) -> Iterator[date]:
        for place, weekday in enumerate(self._weekdays):
            if self._words.has(weekday, text):
                yield today + timedelta(days=(place - today.weekday()) % WEEK)


def _days_told(reading: Reading, today: date) -> Iterator[date]:
    for time in reading.times:
        yield from (period.first for period in time.readings if period.is_day and period.first >= today)
