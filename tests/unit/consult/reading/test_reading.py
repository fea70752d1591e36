"""One message, read by all readers at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import parse_obj_as

from bot.consult.reading.message import Reading
from bot.consult.reading.readers import message_reader
from bot.consult.safety.reading import SafetyReading
from bot.consult.types import to_json
from bot.settings import PROJECT_ROOT

TODAY = date(2026, 11, 22)
READER = message_reader(PROJECT_ROOT / "data" / "knowledge", PROJECT_ROOT / "data" / "language")
Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("needling before tox", ("botox", "microneedling")),
        ("tox before needling", ("botox", "microneedling")),
        ("needling first?", ("botox", "microneedling")),
        ("which goes first?", ("botox", "microneedling")),
        ("laser after tox", ("botox", "microneedling")),
    ],
)
def test_the_pair_is_the_two_named_in_the_advised_order_or_the_usual_one(
    read: Read, text: str, pair: tuple[str, str]
) -> None:
    assert read(text).pair == pair


def test_covered_and_other_treatments_are_kept_apart(read: Read) -> None:
    reading = read("needling, tox, laser, xeomin and lip filler")

    assert reading.covered == ("microneedling", "botox")
    assert reading.uncovered == ("laser", "filler")
    assert reading.brands == ("xeomin",)


def test_signals_are_the_cues_of_the_message(read: Read) -> None:
    reading = read("how long between both?")

    assert reading.has("how_long") and reading.has("nothing", "both")
    assert not reading.has("same_day")


def test_words_are_counted_without_punctuation(read: Read) -> None:
    assert read("tox, then: needling ?!").words == 3


@pytest.mark.parametrize(
    ("text", "before", "language"),
    [
        ("quand puis-je faire le microneedling après le botox?", "en", "fr"),
        ("when can i have microneedling after my botox?", "fr", "en"),
        ("tox mon 16th, needling mon 30th, ok?", "en", "en"),
        ("mon botox hier, microneedling demain?", "en", "fr"),
        ("mon microneedling, mon botox", "en", "fr"),
        ("ok", "fr", "fr"),
        ("ok", "en", "en"),
        ("ok", "de", "en"),
    ],
)
def test_a_message_too_short_to_tell_is_in_the_conversation_s_language(
    read: Read, text: str, before: str, language: str
) -> None:
    assert read(text, language=before).language == language


def test_the_safety_layer_s_word_is_taken_where_it_was_asked_already(read: Read) -> None:
    safety = SafetyReading(route="self_harm", language="fr")

    assert read("hello", safety=safety).safety is safety


def test_a_follow_up_is_told_by_its_kind(read: Read) -> None:
    assert (read("why?").follow_up, read("why is the sky blue?").follow_up) == ("why", None)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00\x01", "😀" * 50, "tox " * 250, "<b>tox</b>", "a" * 1000, "\u202etox", "nov 3 " * 150],
    ids=["empty", "blank", "binary", "emoji", "repeats", "markup", "one word", "reversed", "dates"],
)
def test_anything_typed_can_be_read(read: Read, text: str) -> None:
    assert isinstance(read(text), Reading)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_a_reading_survives_json_whatever_was_typed(text: str) -> None:
    reading = READER.read(text, TODAY)

    assert parse_obj_as(Reading, to_json(reading)) == reading


@pytest.mark.parametrize(
    "text", ["tox nov 3, needling 10 days later", "my throat is closing after dysport", "which first, tox or needling?"]
)
def test_a_full_reading_survives_json(read: Read, text: str) -> None:
    assert parse_obj_as(Reading, to_json(read(text))) == read(text)


def test_reading_is_the_same_every_time(read: Read) -> None:
    assert read("tox nov 3 then needling") == read("tox nov 3 then needling")
