"""References that nobody can misread."""

from __future__ import annotations

import re

import pytest

from bot.handoff.references import ALPHABET, new_reference, tidied


def test_a_reference_is_short_and_holds_no_look_alikes() -> None:
    drawn = [new_reference() for _ in range(500)]
    assert all(re.fullmatch(r"TD-[34679CFHJKMPRTWXY]{4}", reference) for reference in drawn)
    assert len(set(drawn)) > 450
    for alike in ("0OQD", "1IL", "5S", "2Z", "8B", "6G", "UVY"):
        assert len(set(alike) & set(ALPHABET)) <= 1
    assert not set("AEIOU") & set(ALPHABET)


def test_a_longer_one_is_drawn_where_the_short_ones_run_out() -> None:
    assert len(new_reference(5)) == len("TD-") + 5


@pytest.mark.parametrize("typed", ["TD-4F7K", "td-4f7k", "4f7k", " TD 4F7K ", "td4f7k"])
def test_a_reference_is_understood_however_it_is_typed(typed: str) -> None:
    assert tidied(typed) == "TD-4F7K"
