"""Intervals in words."""

from __future__ import annotations

import pytest

from bot.knowledge.intervals import in_words


@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        (1, "en", "1 day"),
        (7, "en", "one week"),
        (10, "en", "10 days"),
        (14, "en", "two weeks"),
        (21, "en", "three weeks"),
        (28, "fr", "quatre semaines"),
        (84, "en", "twelve weeks"),
        (91, "en", "13 weeks"),
        (7, "fr", "une semaine"),
        (10, "fr", "10 jours"),
        (14, "fr", "deux semaines"),
        (14, "de", "two weeks"),
    ],
)
def test_whole_weeks_are_spelt_out_and_other_days_counted(days: int, language: str, words: str) -> None:
    assert in_words(days, language) == words
