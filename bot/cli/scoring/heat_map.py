"""Draws the confusions as a heat map: what was wanted against what came instead, with totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.cli.scoring.outcomes import Score, confusions
from bot.errors import TandemError

CELL = 0.44
"""Inches a cell."""
LEFT, TOP = 3.2, 2.6
"""Inches for the labels beside and above the cells of a panel."""
PALETTE = "OrRd"
DARK_FROM = 0.55
"""From this share of the scale on, a cell is dark enough for white figures."""
SHORTEST_SCALE = 5
"""A single slip should not look like the worst there is."""


class NoPlotError(TandemError):
    """Nothing can be drawn here."""


@dataclass(frozen=True)
class Grid:
    """The confusions of one table as rows (wanted) and columns (got), the most confused first."""

    title: str
    wanted: tuple[str, ...]
    got: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    rows_of: tuple[int, ...]
    """How many rows the table has of each wanted label."""

    @property
    def highest(self) -> int:
        """The highest count."""
        return max(map(max, self.counts))

    @property
    def scale(self) -> int:
        """The count that has the darkest colour."""
        return max(self.highest, SHORTEST_SCALE)

    @property
    def cells(self) -> tuple[int, int]:
        """How many cells wide and high it is, totals included."""
        return len(self.got) + 1, len(self.wanted) + 1


def grid_of(score: Score) -> Grid | None:
    """Count the confusions of a table; None where there are none."""
    pairs = dict(confusions(score.outcomes))
    if not score.labelled or not pairs:
        return None
    wanted, got = Counter[str](), Counter[str]()
    for (one, other), times in pairs.items():
        wanted[one] += times
        got[other] += times
    rows, columns = _ranked(wanted), _ranked(got)
    asked = Counter(outcome.group for outcome in score.outcomes)
    return Grid(
        title=_title(score, sum(pairs.values())),
        wanted=rows,
        got=columns,
        counts=tuple(tuple(pairs.get((row, column), 0) for column in columns) for row in rows),
        rows_of=tuple(asked[row] for row in rows),
    )


def _title(score: Score, elsewhere: int) -> str:
    wrong = len(score.wrong)
    others = f", {elsewhere} of them taken for something else" if elsewhere < wrong else ""
    return f"{score.name}: {wrong} of {len(score.outcomes)} rows wrong{others}"


def draw(scores: Sequence[Score], path: Path) -> None:
    """Write a PNG with one panel for each table that has confusions.

    Raises:
        NoPlotError: matplotlib, a development dependency, is not there, or the file cannot be written.
    """
    plt = _pyplot()
    grids = [grid for score in scores if (grid := grid_of(score))]
    figure = plt.figure(figsize=_size(grids))
    for grid, box in zip(grids, _boxes(grids), strict=True):
        _panel(figure.add_axes(box), grid)
    if not grids:
        figure.text(0.5, 0.5, "No confusions", ha="center", va="center", fontsize=16)
    _save(figure, path)
    plt.close(figure)


def _ranked(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda label: (-counts[label], label)))


def _pyplot() -> Any:
    try:
        import_module("matplotlib").use("Agg")
        return import_module("matplotlib.pyplot")
    except ImportError:
        raise NoPlotError("The heat map needs matplotlib, which make test installs.") from None


def _size(grids: Sequence[Grid]) -> tuple[float, float]:
    """Width and height of the figure in inches: the panels stand below each other."""
    if not grids:
        return 6.0, 2.0
    return LEFT + max(CELL * grid.cells[0] for grid in grids), sum(TOP + CELL * grid.cells[1] for grid in grids)


def _boxes(grids: Sequence[Grid]) -> Iterator[tuple[float, float, float, float]]:
    """Each panel's place in the figure, as shares of it: every cell is as large as any other."""
    width, height = _size(grids)
    bottom = height
    for grid in grids:
        columns, rows = grid.cells
        bottom -= TOP + CELL * rows
        yield LEFT / width, bottom / height, CELL * columns / width, CELL * rows / height


def _panel(axis: Any, grid: Grid) -> None:
    axis.imshow(_blank_zeros(grid.counts), cmap=PALETTE, vmin=0, vmax=grid.scale, aspect="equal")
    axis.set_title(grid.title, fontweight="bold", pad=12)
    _label(axis, grid)
    _write_counts(axis, grid)
    _write_totals(axis, grid)
    _rule_off(axis, grid)


def _blank_zeros(counts: Sequence[Sequence[int]]) -> list[list[float]]:
    """Leave cells without a confusion white, as not-a-number."""
    return [[count or float("nan") for count in row] for row in counts]


def _label(axis: Any, grid: Grid) -> None:
    names = [f"{label} ({rows})" for label, rows in zip(grid.wanted, grid.rows_of, strict=True)]
    axis.set_yticks(range(len(grid.wanted) + 1), [*names, "all"])
    axis.set_xticks(range(len(grid.got) + 1), [*grid.got, "all"], rotation=45, ha="left", rotation_mode="anchor")
    axis.tick_params(length=0, labeltop=True, labelbottom=False)
    axis.set_ylabel("wanted (rows of it in the table)")
    axis.set_xlabel("understood as", labelpad=10)
    axis.xaxis.set_label_position("top")


def _write_counts(axis: Any, grid: Grid) -> None:
    for y, counts in enumerate(grid.counts):
        for x, count in enumerate(counts):
            if count:
                _write(axis, x, y, count, "white" if count > DARK_FROM * grid.scale else "black")


def _write_totals(axis: Any, grid: Grid) -> None:
    for y, counts in enumerate(grid.counts):
        _write(axis, len(grid.got), y, sum(counts), "dimgray")
    for x, column in enumerate(zip(*grid.counts, strict=True)):
        _write(axis, x, len(grid.wanted), sum(column), "dimgray")
    _write(axis, len(grid.got), len(grid.wanted), sum(map(sum, grid.counts)), "black")


def _write(axis: Any, x: int, y: int, count: int, colour: str) -> None:
    axis.text(x, y, str(count), ha="center", va="center", color=colour)


def _rule_off(axis: Any, grid: Grid) -> None:
    """Thin lines between the cells, and room for the totals, which have no colour."""
    width, height = grid.cells
    axis.set_xlim(-0.5, width - 0.5)
    axis.set_ylim(height - 0.5, -0.5)
    axis.set_xticks([x - 0.5 for x in range(width + 1)], minor=True)
    axis.set_yticks([y - 0.5 for y in range(height + 1)], minor=True)
    axis.grid(which="minor", color="lightgray", linewidth=0.6)
    axis.tick_params(which="minor", length=0)
    axis.spines[:].set_visible(False)


def _save(figure: Any, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=130, facecolor="white", bbox_inches="tight", pad_inches=0.3)
    except (OSError, ValueError):
        raise NoPlotError(f"The heat map cannot be written to {path}; it should be a PNG file.") from None
