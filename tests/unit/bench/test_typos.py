"""Slips of the finger are random, and the same ones each time."""

from __future__ import annotations

import random

import pytest

from bench.typos import SLIPS, with_slips


@pytest.mark.parametrize(
    ("slip", "typed"),
    zip(SLIPS, ("bootx", "boox", "bottox", "borox"), strict=True),
    ids=("swapped", "left out", "doubled", "beside"),
)
def test_each_kind_of_slip_changes_one_letter(slip: object, typed: str) -> None:
    assert slip("botox", 2, random.Random(1)) == typed  # type: ignore[operator]


def test_the_same_chance_makes_the_same_slips() -> None:
    assert with_slips("how long does botox last", 3, random.Random(1)) == with_slips(
        "how long does botox last", 3, random.Random(1)
    )


def test_what_has_no_letter_inside_a_word_stays() -> None:
    assert with_slips("2 to 3?", 2, random.Random(1)) == "2 to 3?"
