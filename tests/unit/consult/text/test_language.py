"""The language of a message by its words, and of a conversation, which one ambiguous word does not change."""

from __future__ import annotations

import pytest

from bot.consult.text.language import LanguageTeller
from bot.settings import PROJECT_ROOT

TELLER = LanguageTeller(PROJECT_ROOT / "data" / "language" / "told_by.yml")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("combien de temps apres le botox pour le needling", "fr"),
        ("chu enceinte", "fr"),
        ("botox mardi dernier ok?", "fr"),
        ("c koi le botox", "fr"),
        ("jpeux tu faire les 2", "fr"),
        ("Bonjour", "fr"),
        ("salut", "fr"),
        ("how long after botox", "en"),
        ("tox tmrw?", "en"),
        ("hi", "en"),
        ("merci", "en"),
        ("botox mon, needling fri", "en"),
        ("tox sept 5, needling sept 25", "en"),
        ("my fiancé had botox", "en"),
        ("", "en"),
    ],
)
def test_a_first_message_tells_its_language(text: str, language: str) -> None:
    assert TELLER.language(text) == language


@pytest.mark.parametrize("text", ["botox?", "ok", "10", "nov 9", "👍", "Sam Smith", "botox + microneedling"])
@pytest.mark.parametrize("hint", ["en", "fr"])
def test_where_words_do_not_tell_the_conversation_or_the_hint_does(text: str, hint: str) -> None:
    assert TELLER.language(text, hint) == hint


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("fr", "genre 4 jours"),
        ("fr", "ok thanks"),
        ("fr", "cool, nice"),
        ("fr", "yes please"),
        ("fr", "je veux booker un appointment with you guys"),
        ("fr", "je peux faire du needling the same day?"),
        ("fr", "Marie Côté"),
        ("en", "merci!"),
        ("en", "oui"),
        ("en", "mon 16th"),
        ("en", "tox mon 16th, needling mon 30th, ok?"),
        ("en", "can I book mon rendez-vous with you for next week"),
        ("en", "Maria de la Cruz"),
    ],
)
def test_an_ambiguous_word_or_a_mixed_sentence_changes_nothing(before: str, text: str) -> None:
    assert TELLER.language(text, before) == before


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("en", "pourquoi"),
        ("en", "et combien de temps ça dure?"),
        ("en", "le 9 novembre"),
        ("fr", "how long does it last"),
        ("fr", "and the other way around?"),
    ],
)
def test_a_clear_message_changes_the_conversation(before: str, text: str) -> None:
    assert TELLER.language(text, before) != before


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en français svp", "fr"),
        ("can you answer in French please", "fr"),
        ("parlez français", "fr"),
        ("in English please", "en"),
        ("en anglais svp", "en"),
        ("réponds en anglais", "en"),
    ],
)
@pytest.mark.parametrize("before", ["en", "fr"])
def test_a_language_that_is_asked_for_is_spoken(before: str, text: str, language: str) -> None:
    assert TELLER.language(text, before) == language


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("en", "do you speak French?"),
        ("en", "is there someone who speaks french"),
        ("en", "can I get the consent form in french"),
        ("fr", "parlez-vous anglais?"),
        ("fr", "je ne parle pas anglais"),
    ],
)
def test_talk_of_a_language_asks_for_none(before: str, text: str) -> None:
    assert TELLER.language(text, before) == before
