"""What somebody has given before is a token wherever they write it again; nothing else is."""

from __future__ import annotations

import pytest

from bot.handoff.masking import without_known

KNOWN = {"name-1": "Bartholomy Kestrelson", "phone-1": "+14035550166", "time-1": "after work", "note-1": ""}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("it's Bartholomy Kestrelson, i can't breathe", "it's [name-1], i can't breathe"),
        ("IT'S BARTHOLOMY KESTRELSON", "IT'S [name-1]"),
        ("Bartholomy here. Tell Mr. Kestrelson", "[name-1] here. Tell Mr. [name-1]"),
        ("Bartholomy's arm", "[name-1]'s arm"),
        ("call +14035550166 after work", "call [phone-1] after work"),
        ("Bartholomyson and kestrelsons", "Bartholomyson and kestrelsons"),
        ("[name-1] again", "[name-1] again"),
        ("how long after botox", "how long after botox"),
        ("", ""),
    ],
)
def test_what_was_given_is_hidden(text: str, masked: str) -> None:
    assert without_known(text, KNOWN) == masked


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        ("will may", "will it hurt in may", "will it hurt in may"),
        ("Will May", "Will it hurt? Will May asks", "Will it hurt? [name-1] asks"),
        ("faith frost", "i lost faith", "i lost faith"),
        ("faith frost", "Faith speaking", "[name-1] speaking"),
        ("Zoë O'Brien-Núñez", "zoë o'brien-núñez", "[name-1]"),
    ],
)
def test_a_name_of_everyday_words_hides_no_everyday_words(name: str, text: str, masked: str) -> None:
    assert without_known(text, {"name-1": name}) == masked
