"""The length of an SMS in GSM-7."""

from __future__ import annotations

import pytest

from bot import gsm7


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", 0),
        ("Call 911 now.", 13),
        ("Appelez le 911 à côté".replace("ô", "o"), 21),
        ("[x] €", 8),
        ("a " * 80, 160),
        ("fenêtre", None),
        ("don’t", None),
        ("ça", None),
    ],
)
def test_a_text_takes_its_places_or_cannot_be_carried(text: str, places: int | None) -> None:
    assert gsm7.length(text) == places
