"""What a long message asks is read in its question."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.reading.message import Reading
from bot.consult.reading.readers import message_reader
from bot.settings import PROJECT_ROOT

TODAY = date(2026, 11, 22)
STORY = (
    "I work nights at the airport, I've two boys and a very old cat, and for my birthday I'd like Botox and needling."
)


def _read(text: str) -> Reading:
    return message_reader(PROJECT_ROOT / "data" / "knowledge", PROJECT_ROOT / "data" / "language").read(text, TODAY)


def test_what_only_the_story_asks_is_not_asked() -> None:
    reading = _read(f"{STORY} I asked my boss why and how long it takes. Which one goes first?")

    assert {"which"} == {"which", "why", "how_long"}.intersection(reading.signals)
    assert reading.direction.asks_which


def test_an_order_in_the_story_does_not_ask_for_one() -> None:
    assert not _read(f"{STORY} My sister told me which one goes first. What do the two cost?").direction.asks_which


def test_the_order_in_the_question_goes_before_the_one_in_the_story() -> None:
    reading = _read(f"{STORY} My boss had needling first and then Botox. How long after Botox can I have needling?")

    assert reading.direction.first == "botox"


@pytest.mark.parametrize(
    ("text", "asks_of_dates"),
    [
        (f"{STORY} I had the Botox on November 3. Why is there a wait?", False),
        (f"{STORY} I had the Botox on November 3. Is November 20 fine for needling?", True),
        ("I had Botox on November 3. Why is there a wait?", True),
    ],
)
def test_a_date_counts_as_asked_about_where_it_stands_in_the_question(text: str, asks_of_dates: bool) -> None:
    assert _read(text).asks_of_dates is asks_of_dates
