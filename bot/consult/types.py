"""The words that every part of the consultation shares: what was read in a message, and what is answered.

Plain frozen dataclasses without a framework. ``bot/nlu`` fills them in from a message, ``bot/consult``
decides on them, ``actions`` turns the decision into replies. Offsets are characters into the message's text.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Literal

TreatmentId = str
"""An id from data/knowledge/treatments.yml, such as ``botox`` or ``microneedling``."""
Pair = tuple[TreatmentId, TreatmentId]
"""The two treatments in question."""


def other(pair: Pair, treatment: TreatmentId) -> TreatmentId:
    """Return the other treatment of a pair."""
    return pair[1] if treatment == pair[0] else pair[0]


Language = str
"""A language of ``data/language/languages.yml``, such as ``fr``."""
Tense = Literal["past", "future"]


AliasKind = Literal["name", "brand", "slang", "misspelling", "contextual", "ordered"]


@dataclass(frozen=True)
class Alias:
    """One way to write a treatment.

    A contextual one counts only beside other cues ("injections"), an ordered one only where an order word puts
    it beside another treatment ("freeze, then poke").
    """

    text: str
    treatment: TreatmentId
    covered: bool
    kind: AliasKind


@dataclass(frozen=True)
class Mention:
    """A treatment that a message names."""

    treatment: TreatmentId
    covered: bool
    """Whether the knowledge has a source text on this treatment; if not, it is another treatment."""
    brand: bool
    """True for a brand or product name that the source does not use (Dysport, SkinPen)."""
    contextual: bool
    """True for words that mean the treatment only in context ("injections", "crow's feet done")."""
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Period:
    """A day (``first == last``) or a stretch of days, both ends included."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """True when exactly one day is meant."""
        return self.first == self.last

    def lies_behind(self, other: Period) -> bool:
        """Tell whether all of it comes after all of the other."""
        return self.first > other.last


@dataclass(frozen=True)
class TimeExpression:
    """A date, a period or a length of time that a message names.

    ``kind`` is ``point`` for something on the calendar ("Nov 3", "10 days ago", "last Tuesday", "in May",
    "before Christmas") and ``length`` for a bare length of time ("three weeks", "a month and a half").
    """

    kind: Literal["point", "length"]
    text: str
    start: int
    end: int
    readings: tuple[Period, ...] = ()
    """point: every reading the words leave open ("the 12th": this month's and the next; "02/03": both
    orders), the nearest to today first. Empty for a date that no calendar has ("Feb 30")."""
    alternatives: tuple[Period, ...] = ()
    """point: readings taken only where none of ``readings`` fits the tense (the same day in another year)."""
    days: tuple[int, int] | None = None
    """length: the shortest and the longest number of days meant; equal for an exact one."""
    tense: Tense | None = None
    """Past or future where the expression says so itself ("ago", "last", "in two days", "tomorrow")."""
    doubtful: bool = False
    """The speaker doubts it aloud ("I think", "not sure", "or maybe the 10th")."""
    vague: bool = False
    """No single day is meant ("like May", "a couple of weeks ago", "end of October")."""
    impossible: bool = False
    """No calendar has it ("Feb 30", "31 April")."""
    follows: bool = False
    """point: counted from the point named before it ("the following Monday"), reading by reading."""


ClinicKind = Literal[
    "hours_now", "hours_on", "hours_week", "holidays", "address", "parking", "locations", "phone", "services",
    "service", "who_treats", "age_policy", "languages", "new_clients", "booking", "deposit", "cancellation",
    "gift_cards", "payment", "price_note",
]  # fmt: skip
"""What may be asked of the clinic itself; most are named as the entry of clinic.yml that answers them."""


@dataclass(frozen=True)
class ClinicQuestion:
    """What is asked of the clinic itself, on which day, about which treatments."""

    kind: ClinicKind
    topic: str
    day: date | None = None
    """hours_on: the day."""
    treatments: tuple[TreatmentId, ...] = ()
    """service: the treatments."""


def to_json(value: object) -> object:
    """Turn dataclasses, tuples and dates into what JSON can hold (dates as YYYY-MM-DD)."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value
