"""The date card: its fields, and how its days travel to the bot and back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.timeline.date_card import (
    card_form,
    card_in_words,
    card_message,
    days_by_treatment,
    days_told,
    timeline_of,
)
from bot.consult.timeline.verdict import Timing, the_day

PAIR = ("facial", "peel")
FIRST, THEN = date(2026, 11, 12), date(2026, 11, 24)


def test_the_card_has_a_field_for_each_treatment_filled_in_with_the_day_that_is_known() -> None:
    assert card_form(Timing(dates=(("peel", THEN),)), PAIR) == {
        "id": "dates",
        "fields": [
            {"name": "facial_date", "type": "date", "value": None},
            {"name": "peel_date", "type": "date", "value": "2026-11-24"},
        ],
    }
    assert [field["value"] for field in card_form(None, PAIR)["fields"]] == [None, None]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("first", "then", "message", "words"),
    [
        (FIRST, THEN, '/date_check{"day": "2026-11-12 2026-11-24"}', "facial 2026-11-12, peel 2026-11-24"),
        (FIRST, None, '/date_check{"day": "2026-11-12 -"}', "facial 2026-11-12"),
        (None, THEN, '/date_check{"day": "- 2026-11-24"}', "peel 2026-11-24"),
        (None, None, '/date_check{"day": "- -"}', "–"),
    ],
)
def test_its_days_come_through(first: date | None, then: date | None, message: str, words: str) -> None:
    days = days_by_treatment({"facial_date": first, "peel_date": then})
    assert (card_message(days), card_in_words(days)) == (message, words)
    assert days_told(message.split('"')[3], PAIR) == {"facial": first, "peel": then}


def test_each_day_is_the_one_day_of_its_treatment() -> None:
    timeline = timeline_of({"facial": FIRST, "peel": None})
    assert the_day(timeline.time_of("facial")) == FIRST
    assert not timeline.time_of("peel").known and timeline.loose == ()
