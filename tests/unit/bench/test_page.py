"""The page with charts: what it shows of the figures, and that it is whole without a network."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bench.page import Bar, beside_stock, chart, growth, page, waits

BENCH = {
    "comparable": True,
    "cores": 2,
    "load_at_start": 0.1,
    "users": 20,
    "ratios": {"turn_p50_ms": 0.25, "busy_turns_per_s": 4.0},
    "targets": [
        {"figure": "turn_p50_ms", "target": "<= 0.28 x", "met": True},
        {"figure": "busy_turns_per_s", "target": ">= 4.2 x", "met": False},
        {"figure": "training_s", "target": "<= 30 s", "met": True},
    ],
}
GROWTH = {"comparable": True, "talk": {"ratio": 1.02}, "stored": {"ratio": 1.2}, "knowledge": {"ratio": 1.5}}
FLOOD = {"waited": {"without": {"p50_ms": 30.0, "p99_ms": 60.0}, "with": {"p50_ms": 40.0, "p99_ms": 501.0}}}
FOUND: dict[str, dict[str, Any]] = {"bench": BENCH, "growth": GROWTH, "flood": FLOOD, "texts": {}}
NOTHING: dict[str, dict[str, Any]] = {name: {} for name in FOUND}


@pytest.mark.parametrize(
    ("sign", "bars"),
    [
        ("<=", [Bar("turn p50 (ms)", 0.25, "0.25 x (<= 0.28 x)", 0.28, True)]),
        (">=", [Bar("turns/s, 20 users", 4.0, "4.00 x (>= 4.2 x)", 4.2, False)]),
    ],
)
def test_a_ratio_to_stock_stands_beside_its_target(sign: str, bars: list[Bar]) -> None:
    assert beside_stock(BENCH, sign) == bars


def test_growth_shows_what_has_a_target_and_what_has_none() -> None:
    assert growth(GROWTH) == [
        Bar("turn 200 beside turn 5", 1.02, "1.02 x (<= 1.1 x)", 1.1, True),
        Bar("many stored conversations beside a few", 1.2, "1.20 x (<= 1.05 x)", 1.05, False),
        Bar("a hundred times the knowledge", 1.5, "1.50 x"),
    ]


def test_the_wait_is_judged_by_the_slowest_of_a_hundred() -> None:
    assert waits(FOUND) == [
        Bar("during a flood, p50", 40.0, "40 ms"),
        Bar("during a flood, p99", 501.0, "501 ms", 500, False),
    ]


def test_bars_are_on_one_scale_and_the_target_is_a_line() -> None:
    drawn = chart([Bar("one", 1.0, "1.00 x", 2.0, True), Bar("<two>", 0.5, "0.50 x")])

    assert re.findall(r'<rect class="(\w+)" x="290" y="\d+" width="([\d.]+)"', drawn) == [
        ("met", "200.0"),
        ("plain", "100.0"),
    ]
    assert re.findall(r'<line class="target" x1="([\d.]+)"', drawn) == ["690.0"]
    assert "&lt;two&gt;" in drawn


def test_the_page_needs_no_network() -> None:
    written = page(FOUND)

    assert re.findall(r"https?://|src=|href=|@import|url\(", written) == []
    assert written.count("<svg") == 4
    assert "bench: comparable True, cores 2, load at start 0.1" in written


def test_what_was_not_measured_is_said() -> None:
    assert page(NOTHING).count("Not measured yet.") == 4
