"""Which treatment a message puts first: the table, and what must hold for any message."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consult.reading.direction import Direction
from bot.consult.reading.message import MessageReader
from bot.consult.reading.readers import message_reader
from bot.settings import PROJECT_ROOT

TABLE = Path(__file__).parents[3] / "tables" / "direction.tsv"
TODAY = date(2026, 11, 22)
READER = message_reader(PROJECT_ROOT / "data" / "knowledge", PROJECT_ROOT / "data" / "language")
OTHER = {"botox": "microneedling", "microneedling": "botox"}


def rows() -> list[tuple[str, str, str]]:
    text, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert text == "text\tfirst\tstructure"
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]


def direction(text: str, reader: MessageReader = READER) -> Direction:
    return reader.read(text, TODAY).direction


def first(text: str) -> str:
    """Write a direction the way the table does."""
    read = direction(text)
    return "which" if read.asks_which else "flip" if read.flips else read.first or "none"


@pytest.mark.parametrize(("text", "expected", "structure"), rows())
def test_reads_what_the_table_says(text: str, expected: str, structure: str) -> None:
    assert first(text) == expected


def test_the_table_is_large_and_balanced_and_says_nothing_twice() -> None:
    texts = [text for text, _, _ in rows()]
    counts = {label: sum(row[1] == label for row in rows()) for label in ("botox", "microneedling", "which", "flip")}

    assert len(texts) >= 320 and len(set(texts)) == len(texts)
    assert min(counts["botox"], counts["microneedling"]) >= 120 and min(counts.values()) >= 12
    assert {row[1] for row in rows()} == {"botox", "microneedling", "which", "flip", "none"}


NAMES = {"botox": ["botox", "tox", "dysport"], "microneedling": ["needling", "skinpen", "microneedling"]}
PATTERNS = [
    ("{b} after {a}", "after"),
    ("is {b} fine after having {a}?", "after"),
    ("after {a} how long til {b}", "after"),
    ("{a} before {b}", "before"),
    ("how long before {b} should i have {a}", "before"),
    ("{a} then {b}", "then"),
    ("{a}, followed by {b}", "then"),
    ("{a} -> {b}", "then"),
    ("{a} first, {b} second", "first"),
    ("start with {a} and add {b}", "start_with"),
    ("1. {a} 2. {b}", "numbered"),
    ("i had {a} and want {b}", "done"),
    ("{a} at noon and {b} at 3", "clock"),
]


@pytest.mark.parametrize(("pattern", "rule"), PATTERNS)
@pytest.mark.parametrize("lead", ["botox", "microneedling"])
@pytest.mark.parametrize("index", range(3))
def test_swapping_the_names_swaps_the_order_and_the_rule_is_named(
    pattern: str, rule: str, lead: str, index: int
) -> None:
    read = direction(pattern.format(a=NAMES[lead][index], b=NAMES[OTHER[lead]][index]))

    assert read.first == lead
    assert rule in [evidence.rule for evidence in read.evidence]


@pytest.mark.parametrize(
    ("text", "botox", "microneedling"),
    [
        ("i had botox and want microneedling", "done", "planned"),
        ("my needling is booked, tox was last week", "done", "planned"),
        ("botox is done", "done", None),
        ("can i get needling", None, "planned"),
        ("does botox need a needled skin", None, "done"),
        ("be botoxed", None, None),
        ("tell me about both", None, None),
        ("je viens de faire mon botox", "done", None),
        ("my microneedling was rescheduled", None, "planned"),
    ],
)
def test_tense_tells_what_was_done_and_what_is_planned(text: str, botox: str | None, microneedling: str | None) -> None:
    read = direction(text)

    assert (read.status_of("botox"), read.status_of("microneedling")) == (botox, microneedling)


def test_a_message_without_treatments_has_no_direction() -> None:
    assert direction("hello there").first is None


def test_staff_can_see_why() -> None:
    (evidence,) = direction("needling after tox").evidence

    assert (evidence.first, evidence.rule, evidence.at) == ("botox", "after", 1)


WORDS = st.sampled_from(
    "botox needling tox skinpen after before then first second or and not it that had want booked done 1. 2. a) "
    "-> , ? . which between same day how long week ago instead of until why the week nov 3 at noon avant après".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_words_give_a_consistent_direction(text: str) -> None:
    read = direction(text)

    assert read.first in ("botox", "microneedling", None)
    assert not (read.first and (read.asks_which or read.flips))
    assert all(evidence.first in ("botox", "microneedling") for evidence in read.evidence)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("needling on my jaw and botox in the brows", True),
        ("tox & needling, how far apart", True),
        ("tox or needling", False),
        ("tox and then needling", False),
        ("tox and more tox", False),
    ],
)
def test_two_that_stand_side_by_side_are_in_no_order(text: str, joined: bool) -> None:
    assert direction(text).joined is joined
