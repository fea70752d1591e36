"""Phrases anywhere in a message, with their places."""

from __future__ import annotations

import pytest

from bot.consult.text.within import Within, joined

LISTS = {
    "reach": ["call", "get in touch with"],
    "permits": ["(you|they) (may|can) [always] <reach> me", "j'accepte"],
    "gap": ["did you .. get ... it", "what _ now"],
    "clock": ["# (am|pm)", "after #"],
    "stem": ["receiv*"],
    "label": ["note :"],
    "denied": ["can't"],
    "bare": ["can"],
    "picture": ["👍"],
    "accent": ["désolé", "e-mail"],
}
WITHIN = Within(LISTS)


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("permits", "ok, you may call me", "you may call me"),
        ("permits", "They can always get in touch with me.", "They can always get in touch with me"),
        ("permits", "J’accepte", "J’accepte"),
        ("permits", "jaccepte", "jaccepte"),
        ("permits", "you may. call me", None),
        ("permits", "you maycall me", None),
        ("gap", "did you get it", "did you get it"),
        ("gap", "did you folks ever get to read all of it", "did you folks ever get to read all of it"),
        ("gap", "did you ever once get round to maybe perhaps one day soon even glancing at it", None),
        ("gap", "did you? get it", None),
        ("gap", "what happens now", "what happens now"),
        ("gap", "what now", None),
        ("clock", "at 5 pm", "5 pm"),
        ("clock", "at 5pm", "5pm"),
        ("clock", "after 17h30 please", "after 17h30 "),
        ("clock", "after 1730", None),
        ("stem", "was it received?", "received"),
        ("label", "Note: be kind", "Note: "),
        ("label", "note be kind", None),
        ("denied", "i cant", "cant"),
        ("bare", "i can't", None),
        ("bare", "i can", "can"),
        ("picture", "ok 👍", "👍"),
        ("accent", "desole, my email or e-mail", "desole, "),
    ],
)
def test_a_phrase_is_found_where_it_stands(kind: str, text: str, found: str | None) -> None:
    places = list(WITHIN.find(kind, text))

    assert (text[slice(*places[0])] if places else None) == found
    assert WITHIN.has(kind, text) is (found is not None)


@pytest.mark.parametrize(("text", "end"), [("may be", 0), ("can you", 4), (" …can, you", 7), ("you can", 0)])
def test_what_a_text_starts_with_is_told_with_its_end(text: str, end: int) -> None:
    assert WITHIN.start("bare", text) == end


@pytest.mark.parametrize(("text", "is_all"), [("can", True), ("…Can!!", True), ("can you", False), ("", False)])
def test_a_whole_message_may_have_marks_around_it(text: str, is_all: bool) -> None:
    assert WITHIN.is_all("bare", text) is is_all


def test_phrases_can_be_taken_out() -> None:
    assert WITHIN.without("clock", "mondays after 5, or 7 pm then") == "mondays  or  then"


def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        Within({"one": ["<other>"]}).has("one", "x")


def test_no_phrase_of_an_empty_list_stands_anywhere() -> None:
    assert [Within({"one": []}).has("one", text) for text in ("", "one")] == [False, False]


def test_the_lists_of_all_languages_are_one() -> None:
    assert joined({"yes": {"en": ["yes", "ok"], "fr": ["oui"], "signs": [5]}}) == {"yes": ["yes", "ok", "oui", "5"]}
