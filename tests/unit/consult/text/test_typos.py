"""Slips of the finger, and words that are none."""

from __future__ import annotations

import pytest

from bot.consult.text.characters import plain
from bot.consult.text.typos import Typos
from bot.consult.text.word_lists import words_in
from bot.settings import PROJECT_ROOT

DATA = PROJECT_ROOT / "data"
TYPOS = Typos(
    words_in(DATA / "language" / "words.txt"), words_in(DATA / "knowledge" / "safety" / "common_words.txt"), ["botx"]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lnog", "long"),
        ("affter", "after"),
        ("waht", "what"),
        ("appintment", "appointment"),
        ("wrinckels", "wrinkles"),
        ("thne", "then"),
        ("onxe", "once"),
        ("burnning", "burning"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert TYPOS.word(typed) == meant


@pytest.mark.parametrize("word", ["botox", "botx", "puffs", "Xylophone", "sooooon", "ok", "wax", "qzvkj", "Botox"])
def test_a_real_word_a_listed_one_and_what_is_near_none_stay(word: str) -> None:
    assert TYPOS.word(word) == word


def test_a_capital_inside_a_text_makes_a_name() -> None:
    assert TYPOS.correct(plain("Lnog ago Lnog was here")).text == "long ago Lnog was here"


def test_a_corrected_text_knows_the_way_back_to_the_message() -> None:
    corrected = TYPOS.correct(plain("hw  lnog affter it?"))

    assert corrected.text == "hw long after it?"
    assert [corrected.span(*span) for span in ((3, 7), (8, 13), (14, 16))] == [(4, 8), (9, 15), (16, 18)]


def test_a_text_without_a_slip_is_the_same() -> None:
    seen = plain("how long after it?")

    assert TYPOS.correct(seen) is seen
