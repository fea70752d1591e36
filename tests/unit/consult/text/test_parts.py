"""Where a second question may begin, and where not."""

from __future__ import annotations

import pytest

from bot.consult.text.parts import MOST_PARTS, PartFinder
from bot.consult.types import Mention
from bot.settings import PROJECT_ROOT

parts_of = PartFinder(PROJECT_ROOT / "data" / "language" / "parts.yml").parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how much is it? does it hurt?", ["how much is it", "does it hurt"]),
        ("how much is it and does it hurt", ["how much is it", "does it hurt"]),
        ("how much is tox, how long does it last", ["how much is tox", "how long does it last"]),
        ("where are you\nhow much is it", ["where are you", "how much is it"]),
        ("c'est combien et ça fait mal", ["c'est combien", "ça fait mal"]),
        ("had tox nov 3. needling nov 20 ok", ["needling nov 20 ok"]),
        ("how much is it? and also does it hurt", ["how much is it", "does it hurt"]),
        ("how long does it last, is that ok and how much is it", ["how long does it last", "how much is it"]),
        ("the deposit of $40 is paid already. does it hurt?", ["does it hurt"]),
        ("your team was so lovely to me! tox was nov 3, needling nov 20. ok?", ["tox was nov 3, needling nov 20 ok"]),
    ],
)
def test_a_message_is_split_where_a_question_may_begin(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    "text",
    ["", "which goes first", "hi! which first", "ok? ok? ok?", "tox, needling", "botox and microneedling", "? !"],
)
def test_what_is_one_question_has_no_parts(text: str) -> None:
    assert parts_of(text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I have no swelling and no pain. Which one goes first?", ["Which one goes first"]),
        ("not asking about the price, how long does it last", ["how long does it last"]),
        ("i got no bruises! does it last long", ["does it last long"]),
        ("i have no idea how it works, does it hurt", ["i have no idea how it works", "does it hurt"]),
        ("not sure if it lasts, does it hurt", ["not sure if it lasts", "does it hurt"]),
    ],
)
def test_what_is_told_to_be_absent_is_no_question(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I'm planning both this winter. What's the right order?", ["What's the right order"]),
        ("thinking of doing it soon! does it hurt", ["does it hurt"]),
        ("aw thanks so much, and what does it do", ["what does it do"]),
        ("my question is how long it lasts. does it hurt", ["my question is how long it lasts", "does it hurt"]),
        ("price for tox. does it hurt", ["price for tox", "does it hurt"]),
    ],
)
def test_what_is_only_told_is_no_question(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("do botox and microneedling go well together", []),
        ("is botox painful and microneedling expensive", ["is botox painful", "microneedling expensive"]),
        ("botox and microneedling, does it hurt", ["does it hurt"]),
        ("botox plus microneedling: fun. does it hurt", ["botox plus microneedling: fun", "does it hurt"]),
    ],
)
def test_two_treatments_in_one_breath_are_one_question(text: str, parts: list[str]) -> None:
    assert parts_of(text, [_mention(text, "botox"), _mention(text, "microneedling")]) == parts


def _mention(text: str, name: str) -> Mention:
    start = text.index(name)
    return Mention(name, covered=True, brand=False, contextual=False, text=name, start=start, end=start + len(name))


def test_no_more_than_a_few_parts_are_looked_at() -> None:
    assert len(parts_of("how much? no really? " + "how long is it? " * 20)) == MOST_PARTS


@pytest.mark.parametrize("text", ["?" * 1000, "and " * 250, "a? " * 333, " ." * 500])
def test_a_long_message_is_split_without_trouble(text: str) -> None:
    assert len(parts_of(text)) <= MOST_PARTS
