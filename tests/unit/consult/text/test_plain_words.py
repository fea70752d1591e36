"""A message in plain words, as the classifier sees it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.reading.readers import message_reader
from bot.settings import PROJECT_ROOT

READER = message_reader(PROJECT_ROOT / "data" / "knowledge", PROJECT_ROOT / "data" / "language")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("tox b4 needlin?", "Botox before microneedling?"),
        ("is dysport b4 tox ok", "is dysport before Botox okay"),
        ("Where do I park?", "Where do I park?"),
        ("whree do I pakr for tox?", "where do I park for Botox?"),
        ("on peut faire du tox b4 avec vous", "on peut faire du Botox b4 avec vous"),
    ],
)
def test_short_forms_are_spelt_out_in_their_language_and_treatments_named(text: str, plain: str) -> None:
    assert READER.plain(text) == plain
    assert READER.plain(text, READER.read(text, date(2026, 11, 22))) == plain


@pytest.mark.parametrize(
    ("text", "expected"), [("tox B4", True), ("lnog after tox", True), ("Botox before", False), ("", False)]
)
def test_a_text_without_short_forms_and_slips_needs_no_language(text: str, expected: bool) -> None:
    assert READER.plain_words.has_odd_word(text) is expected
