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


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # Two places do not fit the last one of a part.
        ("a" * 152 + "€" * 77, 3),
        ("ê", None),
    ],
)
def test_segments_are_counted_as_carriers_do(text: str, count: int | None) -> None:
    assert gsm7.segments(text) == count


def test_what_gsm_7_lacks_is_written_in_the_next_best_way() -> None:
    assert gsm7.normalised("l’été – “forêt” …ça ✓") == 'l\'été - "foret" ...ca '
