"""Counting outcomes: shares, groups, confusions, and the grid that is drawn of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.scoring.heat_map import NoPlotError, draw, grid_of
from bot.cli.scoring.outcomes import Outcome, Score, by_group, calibration_error, confusions
from bot.cli.scoring.report import percent


def outcome(group: str, got: str, detail: str = "", right: bool | None = None) -> Outcome:
    return Outcome("q", "?", group, got, group == got and not detail if right is None else right, detail=detail)


OUTCOMES = (
    outcome("order", "order"),
    outcome("order", "price"),
    outcome("order", "same_day"),
    outcome("pain", "price"),
    outcome("price", "price"),
    outcome("help", "order"),
    outcome("help", "order"),
    outcome("date_check", "date_check", detail="verdict"),
    outcome("bye", "hi", right=True),
)
SCORE = Score("questions", True, OUTCOMES)


def test_a_score_counts_what_is_right() -> None:
    assert (SCORE.right, len(SCORE.wrong), SCORE.share) == (3, 6, 3 / 9)


def test_a_table_without_rows_has_nothing_wrong() -> None:
    empty = Score("none", True, ())
    assert (empty.share, empty.median_ms, grid_of(empty)) == (1.0, 0.0, None)


def test_groups_come_with_the_worst_first() -> None:
    assert by_group(SCORE) == [
        ("date_check", 0, 1),
        ("help", 0, 2),
        ("pain", 0, 1),
        ("order", 1, 3),
        ("bye", 1, 1),
        ("price", 1, 1),
    ]


def test_confusions_are_wrong_rows_that_went_elsewhere_the_most_frequent_first() -> None:
    assert confusions(OUTCOMES) == [
        (("help", "order"), 2),
        (("order", "price"), 1),
        (("order", "same_day"), 1),
        (("pain", "price"), 1),
    ]


def test_the_grid_holds_only_what_was_confused() -> None:
    grid = grid_of(SCORE)
    assert grid is not None
    assert (grid.wanted, grid.got) == (("help", "order", "pain"), ("order", "price", "same_day"))
    assert grid.counts == ((2, 0, 0), (0, 1, 1), (0, 1, 0))
    assert grid.rows_of == (2, 3, 1)
    assert grid.title == "questions: 6 of 9 rows wrong, 5 of them taken for something else"


def test_a_table_without_labels_has_no_grid() -> None:
    assert grid_of(Score("dates", False, OUTCOMES)) is None


@pytest.mark.parametrize("scores", [[SCORE, SCORE], []])
def test_the_heat_map_is_a_png(tmp_path: Path, scores: list[Score]) -> None:
    draw(scores, tmp_path / "new" / "map.png")
    assert (tmp_path / "new" / "map.png").read_bytes().startswith(b"\x89PNG\r\n")


def test_a_heat_map_that_cannot_be_written_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoPlotError, match=r"cannot be written to .*map\.nothing"):
        draw([SCORE], tmp_path / "map.nothing")


@pytest.mark.parametrize(("share", "written"), [(1.0, "100.0 %"), (0.9999, "99.9 %"), (0.5, "50.0 %"), (0.0, "0.0 %")])
def test_a_share_is_never_rounded_up(share: float, written: str) -> None:
    assert percent(share) == written


def test_confidence_is_compared_with_the_share_that_is_right_in_each_bin() -> None:
    told = [(0.9, True), (0.95, False), (0.2, False), (None, True)]
    outcomes = [Outcome("q", "?", "order", "order", right, confidence=confidence) for confidence, right in told]

    assert calibration_error(outcomes) == pytest.approx((abs(0.1 - 0.95) + 0.2) / 3)
    assert calibration_error(outcomes[3:]) is None
