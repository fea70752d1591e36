"""Normalising keeps every offset; tokens come apart where people leave the blanks out; phrases match by label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consult.text.tokens import Phrases, fold, normalise, tokenizer

NLP = tokenizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I’ve had “tox”", 'I\'ve had "tox"'),
        ("mid–week — fine", "mid-week - fine"),
        ("two\u00a0weeks\tor\nso", "two weeks or so"),
        ("plain", "plain"),
    ],
)
def test_quotes_dashes_and_blanks_become_plain(text: str, expected: str) -> None:
    assert normalise(text) == expected


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
def test_no_offset_moves(text: str) -> None:
    assert len(fold(text)) == len(normalise(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("tox->needling", ["tox", "->", "needling"]),
        ("tox/needling", ["tox", "/", "needling"]),
        ("tox+needling", ["tox", "+", "needling"]),
        ("tox>needling", ["tox", ">", "needling"]),
        ("done.now needling", ["done", ".", "now", "needling"]),
        ("tox,needling", ["tox", ",", "needling"]),
    ],
)
def test_what_people_write_without_blanks_comes_apart(text: str, tokens: list[str]) -> None:
    assert [token.text for token in NLP.make_doc(text)] == tokens


def test_phrases_are_found_in_any_case_and_the_longest_of_a_label_wins() -> None:
    phrases = Phrases(NLP, [("red", "blood"), ("red", "blood orange"), ("fruit", "orange")])

    found = phrases.find(NLP.make_doc("a BLOOD Orange and blood"))

    assert {label: [span.text for span in spans] for label, spans in found.items()} == {
        "red": ["BLOOD Orange", "blood"],
        "fruit": ["Orange"],
    }


def test_a_text_without_phrases_finds_nothing() -> None:
    assert Phrases(NLP, [("red", "blood")]).find(NLP.make_doc("")) == {}
