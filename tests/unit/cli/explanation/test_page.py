"""The page of an explanation: readable at 80 columns, and nothing a user typed is taken for markup."""

from __future__ import annotations

import io
import json
from datetime import date
from functools import lru_cache

import pytest
from rich.console import Console

from bot.cli.explanation.document import Explanation, explanation
from bot.cli.explanation.page import page
from bot.cli.in_process import Understanding
from bot.clinic import read_clinic
from bot.consult.case.evidence import Evidence, Guess
from bot.consult.reading.readers import message_reader
from bot.consult.types import to_json
from bot.knowledge.files import read_knowledge
from bot.settings import PROJECT_ROOT

SUNDAY = date(2026, 11, 22)
KNOWLEDGE = PROJECT_ROOT / "data" / "knowledge"
READER = message_reader(KNOWLEDGE, PROJECT_ROOT / "data" / "language")


def parse(text: str) -> dict[str, object]:
    """Stand in for the trained model: everything but the classifier is the real thing."""
    reading = READER.read(text, SUNDAY)
    topic = "date_check" if reading.times else "order"
    return {
        "danger": {},
        "evidence": to_json(Evidence((Guess(topic, 0.91),))),
        "classified": [{"name": topic, "confidence": 0.91234, "similarity": 0.95678}],
        "nearest_examples": [{"text": "which first", "intent": "order", "similarity": 0.95678}],
    }


@lru_cache(maxsize=1)
def understanding() -> Understanding:
    return Understanding(parse, READER, read_knowledge(KNOWLEDGE), read_clinic(PROJECT_ROOT / "clinic.yml"), SUNDAY)


def explained(text: str) -> Explanation:
    return explanation(understanding().of(text), understanding().knowledge)


def printed(text: str) -> str:
    console = Console(file=io.StringIO(), width=80, highlight=False)
    console.print(page(explained(text)))
    return console.file.getvalue()  # type: ignore[attr-defined]


DATES = "Dysport 10 days ago, needling today ok?"


def test_the_document_holds_what_was_read_decided_and_quoted() -> None:
    found = explained(DATES)
    assert (found["topic"], found["row"], found["language"]) == ("date_check", "dates", "en")
    assert [(t["treatment"], t["role"], t["text"]) for t in found["treatments"]] == [
        ("botox", "first", "Dysport"),
        ("microneedling", "then", "needling"),
    ]
    assert found["timing"] == {
        "first": "botox",
        "verdict": "too_soon",
        "days": 10,
        "botox_date": "2026-11-12",
        "microneedling_date": "2026-11-22",
        "earliest": "2026-11-26",
        "minimum_days": 14,
    }
    assert found["ranking"] == [{"name": "date_check", "confidence": 0.912, "similarity": 0.957}]
    assert found["quotes"] == [
        {
            "id": "optimal-sequence-3",
            "heading": "Optimal Sequence for Treatments",
            "sentence": "Waiting at least two weeks after Botox before undergoing microneedling ensures that the "
            "Botox has fully taken effect and minimizes the risk of any interference.",
        }
    ]


def test_the_document_is_json() -> None:
    assert json.loads(json.dumps(explained(DATES)))["text"] == DATES


@pytest.mark.parametrize(
    "line",
    [
        "topic     date_check (row: dates)",
        "order     botox first; botox done",
        "timeline  botox 2026-11-12; microneedling 2026-11-22",
        "verdict   too_soon, days 10, at least 14, earliest 2026-11-26",
        " botox           first   Dysport    0-7     brand",
        " 10 days ago   8-19    2026-11-12                 past",
        " date_check   0.91         0.96",
        " 0.96         order   which first",
        " optimal-sequence-3   Waiting at least two weeks after Botox before undergoing",
    ],
)
def test_the_page_says_it_in_a_line(line: str) -> None:
    assert line.split() in [each.split() for each in printed(DATES).splitlines()]


def test_a_red_flag_is_shown_with_its_rule_standing_and_route() -> None:
    page_lines = [line.split() for line in printed("i cant breathe since my botox").splitlines()]
    assert ["safety", "emergency_911", "(before", "everything", "else)"] in page_lines
    assert any(line[1:3] == ["present", "emergency_911"] for line in page_lines)


def test_a_day_that_no_calendar_has_is_marked() -> None:
    assert "impossible" in printed("botox on feb 30, needling today?")


@pytest.mark.parametrize("text", [DATES, "x" * 1000, "[bold]no markup[/bold] [/]", "hello\nthere"])
def test_no_line_is_wider_than_the_terminal(text: str) -> None:
    assert max(map(len, printed(text).splitlines())) <= 80


def test_what_looks_like_markup_is_shown_as_it_was_typed() -> None:
    assert "[bold]lip filler[/bold]" in printed("[bold]lip filler[/bold]")
