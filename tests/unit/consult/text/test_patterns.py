"""Patterns of the lists: one line for many ways to say a thing."""

from __future__ import annotations

import pytest

from bot.consult.text.patterns import any_of, first_match, is_pattern


@pytest.mark.parametrize(
    ("pattern", "plain", "expected"),
    [
        ("(when|what day) [then]", "when", True),
        ("(when|what day) [then]", "what day then", True),
        ("(when|what day) [then]", "what then", False),
        ("(when|what day) [then]", "whenthen", False),
        ("so [it's|that [one] is] ok", "so that one is ok", True),
        ("so [it's|that [one] is] ok", "so that is ok", True),
        ("so [it's|that [one] is] ok", "so ok", True),
        ("so [it's|that [one] is] ok", "so one is ok", False),
        ("[C'est] Où", "ou", True),
    ],
)
def test_a_pattern_stands_for_whole_messages(pattern: str, plain: str, expected: bool) -> None:
    assert (first_match(any_of([pattern]), plain) == 0) is expected


def test_a_phrase_without_brackets_is_none() -> None:
    assert not is_pattern("when then") and is_pattern("when [then]")


@pytest.mark.parametrize(("plain", "number"), [("when then", 0), ("where now", 1), ("where", 1), ("who", None)])
def test_of_many_patterns_the_first_that_fits_is_told(plain: str, number: int | None) -> None:
    assert first_match(any_of(["(when|what day) [then]", "where [now]", "where"]), plain) == number


def test_no_pattern_at_all_fits_nothing() -> None:
    assert first_match(any_of([]), "") is None
