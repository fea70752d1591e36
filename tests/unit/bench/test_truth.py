"""Messages made from known days: what the format refuses, and what counts as right, asked, wrong and unsafe."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from bench.truth.messages import Truth, make_messages
from bench.truth.score import outcome_of
from bench.truth.templates import TemplateError, read_templates
from bot.consult.timeline.verdict import Timing
from bot.settings import PROJECT_ROOT

EXAMPLE = PROJECT_ROOT / "bench" / "truth" / "example.yml"
NOV_3, NOV_20 = date(2026, 11, 3), date(2026, 11, 20)


def test_the_same_seed_makes_the_same_messages_of_every_shape() -> None:
    templates = read_templates(EXAMPLE)
    one, two = (make_messages(templates, 30, Random(7), 14) for _ in range(2))

    assert one == two
    assert {message.shape for message in one} == {shape.id for shape in templates.shapes}


def test_a_truth_is_worked_out_from_the_days_that_the_words_tell(tmp_path: Path) -> None:
    file = tmp_path / "one.yml"
    text = "{botox} on {botox.iso}, {microneedling} on {microneedling.iso}"
    file.write_text(f"shapes: [{{id: a, text: '{text}', today: 2026-11-22, when: {{botox: -19, microneedling: -2}}}}]")
    (message,) = make_messages(read_templates(file), 1, Random(1), 14)

    truth = Truth("past_minimum", "botox", 17, {"botox": NOV_3, "microneedling": NOV_20}, date(2026, 11, 17))
    assert message.truth == truth


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ("{id: a, text: '{tox}'}", "a: there is no slot {tox}"),
        ("{id: a, text: '{botox.on}'}", "a: no days are given for ['botox']"),
        ("{id: a, text: x, when: {botox: soon}}", "a: 'soon' is no range of days"),
        ("{id: a, text: x, verdict: maybe}", "a: verdict is ask_date or none, first a treatment or none"),
        ("{id: a, text: x, whne: {}}", "a: unknown fields ['whne']"),
        ("{id: a, text: x}, {id: a, text: y}", "said twice: ['a']"),
    ],
)
def test_a_template_that_the_format_does_not_know_is_refused(tmp_path: Path, shape: str, reason: str) -> None:
    file = tmp_path / "bad.yml"
    file.write_text(f"shapes: [{shape}]")

    with pytest.raises(TemplateError) as error:
        read_templates(file)
    assert str(error.value) == reason


TRUTH = Truth("too_soon", "botox", 9, {"botox": NOV_3}, date(2026, 11, 17))


@pytest.mark.parametrize(
    ("timing", "truth", "outcome"),
    [
        (Timing("botox", "too_soon", 9, (("botox", NOV_3),), date(2026, 11, 17)), TRUTH, "right"),
        (Timing("botox", "ask_date"), TRUTH, "asked"),
        (Timing("botox", "too_soon", 8), TRUTH, "wrong"),
        (Timing("botox", "too_soon", 9, (("botox", NOV_20),)), TRUTH, "wrong"),
        (Timing("botox", "past_minimum", 17), TRUTH, "unsafe"),
        (Timing("botox", "too_soon", 9, (), date(2026, 11, 16)), TRUTH, "unsafe"),
        (Timing("botox", "too_soon", 9), Truth("no_interval", "microneedling"), "unsafe"),
        (Timing(None, "ask_date", earliest=NOV_20), Truth("no_interval", "microneedling"), "unsafe"),
    ],
)
def test_a_timing_is_held_against_the_truth(timing: Timing, truth: Truth, outcome: str) -> None:
    assert outcome_of(timing, truth) == outcome
