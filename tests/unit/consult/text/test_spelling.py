"""Typos: forgiven in the words listed, never in real ones."""

from __future__ import annotations

import pytest

from bot.consult.text.spelling import Speller

SPELLER = Speller(
    {"brething": "breathing"}, ["throat", "swallowing", "aspirine", "cant", "hives", "vision"], ["threat"]
)


@pytest.mark.parametrize(
    ("word", "spelled"),
    [
        ("throat", "throat"),
        ("thraot", "throat"),
        ("throats", "throat"),
        ("threat", "threat"),
        ("brething", "breathing"),
        ("swalowwing", "swallowing"),
        ("laspirine", "aspirine"),
        ("float", "float"),
        ("thr", "thr"),
        ("1234567", "1234567"),
        ("thrt", "throat"),
        ("swllwing", "swallowing"),
        ("swllwng", "swallowing"),
        ("swallowin", "swallowing"),
        ("thrift", "thrift"),
        ("cnat", "cant"),
        ("cants", "cants"),
        ("can", "can"),
        ("hivs", "hives"),
        ("hvs", "hives"),
        ("vsn", "vision"),
        ("vs", "vs"),
    ],
)
def test_a_word_is_spelled_as_the_lexicon_spells_it(word: str, spelled: str) -> None:
    assert SPELLER.spell(word) == spelled
