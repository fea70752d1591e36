"""Plain text and its way back to the message."""

from __future__ import annotations

import pytest

from bot.consult.text.disguises import undisguised


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("I CAN’T Breathe", "i cant breathe"),
        ("sooooo cannnt", "so cant"),
        ("évanouie, cœur", "evanouie, coeur"),
        ("im 16yo", "im 16 yo"),
        ("auto-immune - yes", "auto immune - yes"),
        ("well... ok", "well, ok"),
        ("bre\u200bathe", "breathe"),
        ("a\nb", "a.b"),
        ("s u i c i d a l", "suicidal"),
        ("k.m.s.", "kms."),
        ("su1c1dal k!ll", "suicidal kill"),
        ("ok!cant swallow", "ok!cant swallow"),
        ("i am 16 and a b", "i am 16 and a b"),
        ("day 3", "day 3"),
        ("", ""),
    ],
)
def test_a_message_is_made_plain(message: str, text: str) -> None:
    assert undisguised(message).text == text


def test_a_stretch_is_found_again_in_the_message() -> None:
    message = "Oh… I can’t breathe"
    found = undisguised(message)
    start = found.text.index("cant")
    assert message[slice(*found.span(start, start + 4))] == "can’t"
