"""Tokens come apart where people leave the blanks out and hold together inside figures; phrases match by label."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consult.text.tokens import Phrases, Tokenizer, tokenizer

NLP = tokenizer()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("tox->needling", ["tox", "->", "needling"]),
        ("tox/needling", ["tox", "/", "needling"]),
        ("tox+needling", ["tox", "+", "needling"]),
        ("tox>needling", ["tox", ">", "needling"]),
        ("done.now needling", ["done", ".", "now", "needling"]),
        ("tox,needling", ["tox", ",", "needling"]),
        ("no...needling!?", ["no", "...", "needling", "!", "?"]),
        ("1.5 weeks at 2:30pm, 10am", ["1.5", "weeks", "at", "2:30pm", ",", "10", "am"]),
        ("11/20 a.m. b4", ["11", "/", "20", "a.m.", "b4"]),
        ("I can't, dont, it's", ["I", "ca", "n't", ",", "do", "nt", ",", "it", "'s"]),
        ("avant l'injection d'abord", ["avant", "l'", "injection", "d'", "abord"]),
        ("want  point", ["want", " ", "point"]),
        ("needlin' aujourd'hui", ["needlin", "'", "aujourd'hui"]),
    ],
)
def test_what_people_write_without_blanks_comes_apart(text: str, tokens: list[str]) -> None:
    assert [token.text for token in NLP.make_doc(text)] == tokens


@settings(deadline=None)
@given(st.text())
def test_the_tokens_are_the_text(text: str) -> None:
    doc = NLP.make_doc(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_contractions_stay_whole_where_that_is_asked_for() -> None:
    doc = Tokenizer(opens_contractions=False).make_doc("cant dont")
    assert [token.text for token in doc] == ["cant", "dont"]


def test_phrases_are_found_in_any_case_and_the_longest_of_a_label_wins() -> None:
    phrases = Phrases(NLP, [("red", "blood"), ("red", "blood orange"), ("fruit", "orange")])

    found = phrases.find(NLP.make_doc("a BLOOD Orange and blood"))

    assert {label: [span.text for span in spans] for label, spans in found.items()} == {
        "red": ["BLOOD Orange", "blood"],
        "fruit": ["Orange"],
    }


def test_a_text_without_phrases_finds_nothing() -> None:
    assert Phrases(NLP, [("red", "blood")]).find(NLP.make_doc("")) == {}
