"""A third treatment with a source text of its own is data: no code knows the first two by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge

Edit = Callable[[str, str, str], int]

SOURCE = """\
reviewed: {by: null, on: null}
source: {id: leaflet, title: A leaflet, text: leaflet.txt, language: en}
sections:
  - slug: leaflet-peel
    heading: About peels
    heading_line: 1
    passages:
      - {id: leaflet-peel-0, line: 2, text: "A peel takes off the upper skin.", use: answer}
      - {id: leaflet-peel-1, line: 2, text: "Leave ten days between a peel and Botox.", use: answer}
"""
RULE = """
  - id: peel-then-botox
    first: chemical_peel
    then: botox
    interval_days: 10
    stance: advised
    rationale: [{en: "The leaflet leaves {interval} in between."}]
    quotes: [{passage: leaflet-peel-1, text: "Leave ten days between a peel and Botox."}]
"""
FACT = """
  peel_what:
    - id: peel-what
      claim: {en: A peel takes off the upper skin.}
      use: answer
      quotes: [{passage: leaflet-peel-0, text: A peel takes off the upper skin.}]
"""


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def with_peels(copy: Path, edit: Edit) -> Knowledge:
    (copy / "leaflet.txt").write_text(
        "About peels\nA peel takes off the upper skin. Leave ten days between a peel and Botox.\n"
    )
    (copy / "leaflet.yml").write_text(SOURCE)
    edit(
        "treatments.yml",
        "- id: chemical_peel\n    covered: false",
        "- id: chemical_peel\n    covered: true\n    sources: [leaflet]",
    )
    edit("topics.yml", "  - {id: consult,", "  - {id: peel_what, kind: article}\n  - {id: consult,")
    append(copy / "sequencing.yml", RULE)
    append(copy / "facts.yml", FACT)
    return read_knowledge(copy)


def test_the_new_treatment_is_covered_by_its_source(with_peels: Knowledge) -> None:
    assert with_peels.covered == ("botox", "microneedling", "chemical_peel")
    assert [source.id for source in with_peels.sources] == ["article", "leaflet"]
    assert with_peels.passage("leaflet-peel-1").heading == "About peels"


def test_the_new_pair_has_its_rule_and_the_old_pair_keeps_its_own(with_peels: Knowledge) -> None:
    intervals = {(rule.first, rule.then): rule.interval_in_words() for rule in with_peels.rules}
    assert intervals == {
        ("botox", "microneedling"): "two weeks",
        ("microneedling", "botox"): None,
        ("chemical_peel", "botox"): "10 days",
    }


def test_the_new_topic_has_its_fact(with_peels: Knowledge) -> None:
    assert [str(fact.claim) for fact in with_peels.facts("peel_what")] == ["A peel takes off the upper skin."]
