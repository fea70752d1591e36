"""The layer against its tables of positives, near misses and rows held out, and what must hold for all."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.consult.safety.layer import SafetyLayer

TABLES = Path(__file__).parents[3] / "tables"
QUESTION = "how long until microneedling?"
pytestmark = pytest.mark.no_cover  # thousands of messages go the same ways


def table(name: str) -> list[tuple[str, str]]:
    with (TABLES / f"safety_{name}.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["text"], row["route"]) for row in rows]


POSITIVES = table("positives")
NEAR_MISSES = table("near_misses")
HELD_OUT = table("held_out")
NO_ALARM = re.compile("none|side_effect_mild|asks:|.*[|]|injection")
IN_WORDS = [row for row in [*POSITIVES, *HELD_OUT] if not NO_ALARM.match(row[1])]


@pytest.mark.parametrize(("text", "route"), [*POSITIVES, *NEAR_MISSES, *HELD_OUT])
def test_the_message_is_read_as_the_table_says(layer: SafetyLayer, text: str, route: str) -> None:
    assert layer.assess(text).names & set(route.split("|"))


@pytest.mark.parametrize(("rows", "least"), [(POSITIVES, 300), (NEAR_MISSES, 300), (HELD_OUT, 150)])
def test_the_tables_are_large(rows: list[tuple[str, str]], least: int) -> None:
    assert len({text for text, _ in rows}) >= least


def moved(layer: SafetyLayer, change: Callable[[str], str]) -> list[str]:
    """The alarms that lead elsewhere once they are written differently."""
    return [text for text, route in IN_WORDS if layer.assess(change(text)).route != route]


@pytest.mark.parametrize("form", [f"{QUESTION} {{}}", f"{{}} {QUESTION}", f"{{}}. {QUESTION}"])
def test_a_question_beside_it_changes_nothing(layer: SafetyLayer, form: str) -> None:
    assert moved(layer, form.format) == []


def test_capitals_change_nothing(layer: SafetyLayer) -> None:
    assert moved(layer, str.upper) == []


def test_missing_apostrophes_change_nothing(layer: SafetyLayer) -> None:
    assert moved(layer, lambda text: text.replace("'", "").replace("’", "")) == []


def test_missing_accents_and_trailing_dots_change_nothing(layer: SafetyLayer) -> None:
    accents = str.maketrans("éèêëàâîïôûùç", "eeeeaaiiouuc")
    assert moved(layer, lambda text: f"  {text.translate(accents)} ...") == []


@pytest.mark.parametrize("said", ["lol {}", "{} lol", "hi, {}", "prob nothing but {}", "{} 😂"])
def test_making_light_of_it_changes_nothing(layer: SafetyLayer, said: str) -> None:
    assert moved(layer, said.format) == []
