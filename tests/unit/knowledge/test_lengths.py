"""The lengths of time that a source's sentence says."""

from __future__ import annotations

import pytest

from bot.knowledge.lengths import SaidLength, said_lengths


@pytest.mark.parametrize(
    ("sentence", "words", "shortest", "longest"),
    [
        ("Wait at least two weeks after it.", "two weeks", 14, 14),
        ("A Two-Week wait is usual.", "two week", 14, 14),
        ("Leave 14 days in between.", "14 days", 14, 14),
        ("Leave fourteen days in between.", "fourteen days", 14, 14),
        ("Leave two (2) weeks in between.", "two weeks", 14, 14),
        ("Wait a fortnight.", "a fortnight", 14, 14),
        ("Wait twenty-one days.", "twenty one days", 21, 21),
        ("Wait forty days.", "forty days", 40, 40),
        ("Wait 48 hours.", "48 hours", 2, 2),
        ("Wait 36 hours.", "36 hours", 2, 2),
        ("Wait one month.", "one month", 30, 31),
        ("Wait 3 months.", "3 months", 90, 93),
        ("Wait two to three weeks.", "two to three weeks", 14, 21),
        ("Wait 2–3 weeks.", "2 to 3 weeks", 14, 21),
        ("Attendez au moins deux semaines.", "deux semaines", 14, 14),
        ("Attendez une semaine.", "une semaine", 7, 7),
        ("Attendez vingt et un jours.", "vingt et un jours", 21, 21),
        ("Attendez dix-sept jours.", "dix sept jours", 17, 17),
        ("Attendez trois à quatre mois.", "trois à quatre mois", 90, 124),
    ],
)
def test_a_length_is_read_in_words_and_in_figures(sentence: str, words: str, shortest: int, longest: int) -> None:
    assert said_lengths(sentence) == (SaidLength(words, shortest, longest),)


@pytest.mark.parametrize(
    "sentence",
    ["Have it first.", "It takes a few days.", "Wait some weeks.", "For two treatments.", "On day 14.", "Weeks later."],
)
def test_a_sentence_without_a_number_of_units_says_no_length(sentence: str) -> None:
    assert said_lengths(sentence) == ()


def test_every_length_of_a_sentence_is_read() -> None:
    said = said_lengths("It shows within a week; wait two weeks.")

    assert [str(length) for length in said] == ["'a week', which is 7 days", "'two weeks', which is 14 days"]


@pytest.mark.parametrize(("days", "allowed"), [(13, False), (14, True), (21, True), (22, False)])
def test_a_range_allows_every_day_in_it(days: int, allowed: bool) -> None:
    assert said_lengths("two to three weeks")[0].allows(days) is allowed
