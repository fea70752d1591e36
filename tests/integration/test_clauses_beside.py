"""Clauses that must not matter, beside messages that are understood: no verdict becomes another one."""

from __future__ import annotations

from random import Random

import pytest

from bench.truth.messages import make_messages, with_clauses
from bench.truth.score import changed_by, minimum_days, score
from bench.truth.templates import read_templates
from bot.settings import PROJECT_ROOT

TEMPLATES = PROJECT_ROOT / "bench" / "truth" / "templates"
EACH = 2

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["first.yml", "second.yml"])
def test_a_clause_that_does_not_matter_changes_no_verdict_into_another(name: str) -> None:
    templates, random = read_templates(TEMPLATES / name), Random(8)
    bare = [message for message in make_messages(templates, len(templates.shapes), random, minimum_days())]
    solved = [m for m in bare if not m.clauses and score(m).outcome == "right"]
    verdicts = [
        (text, changed_by(message, text))
        for message in solved
        for _, text in with_clauses(message, templates, EACH, random)
    ]

    assert len(solved) >= len(templates.shapes) / 4
    assert [told for told in verdicts if told[1] not in (None, "no verdict")] == []


@pytest.mark.parametrize("name", ["first.yml", "second.yml"])
def test_no_message_of_known_days_is_answered_unsafely(name: str) -> None:
    templates = read_templates(TEMPLATES / name)
    messages = make_messages(templates, len(templates.shapes), Random(9), minimum_days())

    assert [m.text for m in messages if score(m).outcome == "unsafe"] == []
