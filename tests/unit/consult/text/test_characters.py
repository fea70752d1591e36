"""What is typed becomes what is meant to be read; every character knows where it comes from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consult.text.characters import clean, fold, plain, straight, without_accents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2\u200b0 days", "20 days"),
        ("bo\u00adtox\ufe0f \u202e10", "botox 10"),
        ("１０ ｄａｙｓ", "10 days"),
        ("𝟏𝟎 𝐝𝐚𝐲𝐬", "10 days"),
        ("I’ve had “tox”", 'I\'ve had "tox"'),
        ("mid–week — fine", "mid-week - fine"),
        ("two\u00a0weeks  or\t so", "two weeks or so"),
        ("one \r\n\n two", "one\ntwo"),
        ("1½ weeks", "1 1/2 weeks"),
        ("Botox™ après", "Botox après"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_a_text_is_written_as_it_looks(text: str, expected: str) -> None:
    assert clean(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Trèèès sooon", "Tres son"), ("cœur, été", "coeur, ete"), ("e\u0301te", "ete"), ("1000 days", "1000 days")],
)
def test_a_plain_text_has_no_accents_and_no_drawn_out_letters(text: str, expected: str) -> None:
    assert plain(text).text == expected


def test_a_stretch_is_found_again_in_the_message() -> None:
    message = "Oh… had it 1\u200b0 days agooo"
    found = plain(message)
    start = found.text.index("10 days")
    assert message[slice(*found.span(start, start + len("10 days ago")))] == "1\u200b0 days ago"


@settings(deadline=None)
@given(st.text())
def test_every_character_comes_from_one_of_the_message_in_its_order(text: str) -> None:
    for found in (clean(text), plain(text)):
        assert len(found.offsets) == len(found.text)
        assert list(found.offsets) == sorted(found.offsets)
        assert not found.offsets or found.offsets[-1] < len(text)


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text).text).text == clean(text).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I’ve had “tox”", 'I\'ve had "tox"'),
        ("two\u00a0weeks\tor\nso", "two weeks or so"),
        ("plain", "plain"),
    ],
)
def test_quotes_dashes_and_blanks_become_straight(text: str, expected: str) -> None:
    assert straight(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("après la séance", "apres la seance"),
        ("micro-needling", "micro needling"),
        ("l’été", "l'ete"),
        ("a -> b", "a -> b"),
        ("10-12", "10 12"),
    ],
)
def test_folding_drops_accents_and_inner_hyphens(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_moves_no_offset(text: str) -> None:
    assert len(fold(text)) == len(straight(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("text", "expected"), [("Œuf à l'été", "OEuf a l'ete"), ("", "")])
def test_accents_are_dropped_and_ligatures_opened(text: str, expected: str) -> None:
    assert without_accents(text) == expected
