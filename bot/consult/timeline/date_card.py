"""The date card: a day for each treatment of the usual pair, filled in on a page instead of told in words.

Its fields, and the one entity that carries its days to the bot: nothing of it is ever read from words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.timeline.timeline import Timeline
from bot.consult.timeline.verdict import Timing
from bot.consult.types import Period, TreatmentId

CARD = "date_card"
"""The rule that decides on a message that is a card."""
TOPIC = "date_check"
ENTITY = "day"
SUFFIX = "_date"
EMPTY = "-"
Days = Mapping[TreatmentId, date | None]


def field_name(treatment: TreatmentId) -> str:
    """Name a treatment's field."""
    return f"{treatment}{SUFFIX}"


def days_by_treatment(fields: Mapping[str, date | None]) -> Days:
    """Return the days of a card's fields."""
    return {name.removesuffix(SUFFIX): day for name, day in fields.items()}


def card_form(timing: Timing | None, treatments: Iterable[TreatmentId]) -> dict[str, object]:
    """Return the card as a page shows it, filled in with the days that are known."""
    days = {treatment: timing.date_of(treatment) if timing else None for treatment in treatments}
    fields = [(field_name(treatment), day.isoformat() if day else None) for treatment, day in days.items()]
    return {"id": "dates", "fields": [{"name": name, "type": "date", "value": value} for name, value in fields]}


def card_message(days: Days) -> str:
    """Return what the bot is told of a card that was sent: the topic, and the days in the order of the treatments.

    It names no treatment: on their way names are put into plain words.
    """
    told = [day.isoformat() if day else EMPTY for day in days.values()]
    return f"/{TOPIC}{json.dumps({ENTITY: ' '.join(told)})}"


def card_in_words(days: Days) -> str:
    """Return a card as the conversation shows it; typed, it says the same."""
    return ", ".join(f"{treatment} {day.isoformat()}" for treatment, day in days.items() if day) or "–"


def days_told(value: str, treatments: Iterable[TreatmentId]) -> Days:
    """Read the entity's value back."""
    days = (None if day == EMPTY else date.fromisoformat(day) for day in value.split())
    return dict(zip(treatments, days, strict=True))


def timeline_of(days: Days) -> Timeline:
    """Lay the days out: each is the one day of its treatment."""
    return Timeline(
        tuple((treatment, TreatmentTime(readings=(Period(day, day),))) for treatment, day in days.items() if day)
    )
