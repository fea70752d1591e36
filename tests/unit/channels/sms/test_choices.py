"""How people choose by SMS."""

from __future__ import annotations

import pytest

from bot.channels.sms.choices import Choice, More, Payload, chosen

OFFERED = (Choice("Why wait?", "/why_timing"), Choice("Talk to someone", "/consult"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1", Payload("/why_timing", "Why wait?")),
        (" 2. ", Payload("/consult", "Talk to someone")),
        ("2 !", Payload("/consult", "Talk to someone")),
        ("why wait?", Payload("/why_timing", "Why wait?")),
        ("TALK TO SOMEONE!", Payload("/consult", "Talk to someone")),
        ("More", More()),
        ("suite", More()),
        ("3", None),
        ("0", None),
        ("1 week", None),
        ("1 2", None),
        ("-1", None),
        ("", None),
        ("more about botox", None),
    ],
)
def test_a_choice_is_taken_by_its_number_or_title(text: str, found: Payload | More | None) -> None:
    assert chosen(text, OFFERED, "the rest") == found


def test_more_is_a_message_like_any_other_where_all_was_said() -> None:
    assert chosen("more", OFFERED, "") is None


@pytest.mark.parametrize("text", ["1", "why wait?", "more"])
def test_where_nothing_was_offered_nothing_is_chosen(text: str) -> None:
    assert chosen(text, (), "") is None
