"""How the figures of two systems are held against each other."""

from dataclasses import replace

import pytest

from bench.report import Measured, as_json, percentile, rows, verdicts

STOCK = Measured(
    environment_mib=2000.0,
    training_s=100.0,
    all_epochs_s=1000.0,
    understanding_training_s=80.0,
    start_s=20.0,
    memory_mib=1000.0,
    turn_p50_ms=40.0,
    turn_p99_ms=80.0,
    busy_turns_per_s=20.0,
    busy_p50_ms=800.0,
    busy_p99_ms=1600.0,
    reading_ms=20.0,
    unanswered=0,
)
OURS = Measured(
    environment_mib=800.0,
    training_s=30.0,
    all_epochs_s=30.0,
    understanding_training_s=25.0,
    start_s=5.0,
    memory_mib=340.0,
    turn_p50_ms=11.2,
    turn_p99_ms=16.0,
    busy_turns_per_s=84.0,
    busy_p50_ms=200.0,
    busy_p99_ms=400.0,
    reading_ms=10.0,
    unanswered=0,
)


def missed(**changed):
    judged = verdicts(replace(OURS, **changed), STOCK)
    return [f"{verdict.figure} {verdict.target}" for verdict in judged if not verdict.met]


def test_at_its_targets_everything_is_met():
    assert missed() == []


@pytest.mark.parametrize(
    ("changed", "target"),
    [
        ({"training_s": 30.1}, ["training_s <= 0.3 x", "training_s <= 30 s"]),
        ({"start_s": 5.1}, ["start_s <= 0.25 x"]),
        ({"memory_mib": 341.0}, ["memory_mib <= 0.34 x"]),
        ({"turn_p50_ms": 11.3}, ["turn_p50_ms <= 0.28 x"]),
        ({"turn_p99_ms": 16.1}, ["turn_p99_ms <= 0.2 x"]),
        ({"busy_turns_per_s": 83.0}, ["busy_turns_per_s >= 4.2 x"]),
        ({"reading_ms": 10.1}, ["reading_ms <= 10 ms"]),
        ({"unanswered": 1}, ["unanswered <= 0 turns"]),
        ({"busy_p99_ms": 9000.0}, []),
    ],
)
def test_a_target_is_missed_by_its_own_figure(changed, target):
    assert missed(**changed) == target


def test_a_row_shows_both_figures_their_ratio_and_the_verdict():
    table = {row[0]: row[1:] for row in rows(OURS, STOCK, users=20)}

    assert table["start to first answer (s)"] == ("5.0", "20.0", "0.25", "PASS (<= 0.25 x)")
    assert table["training (s)"] == ("30.0", "100", "0.30", "PASS (<= 0.3 x), PASS (<= 30 s)")
    assert table["turns/s, 20 users"] == ("84.0", "20.0", "4.20", "PASS (>= 4.2 x)")
    assert table["turns without an answer"] == ("0", "0", "", "PASS (<= 0 turns)")


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([5.0], 0.5, 5.0), ([3.0, 1.0, 2.0], 0.5, 2.0), (list(range(1, 301)), 0.99, 297), ([1.0, 2.0], 0.99, 2.0)],
)
def test_a_percentile_is_a_measured_value(values, share, expected):
    assert percentile(values, share) == expected


def test_the_written_figures_hold_the_circumstances_the_ratios_and_the_verdicts():
    written = as_json(OURS, STOCK, {"cores": 2})

    assert written["cores"] == 2
    assert written["stock"]["training_s"] == 100.0
    assert written["ratios"]["start_s"] == 0.25
    assert written["targets"][0] == {"figure": "training_s", "target": "<= 0.3 x", "met": True}
