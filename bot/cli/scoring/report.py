"""The summary of a scoring run, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from bot.cli.scoring.outcomes import Outcome, Score, by_group, calibration_error, confusions

MOST_MISSES = 40


def summary(scores: Sequence[Score]) -> Table:
    """One line a table: rows, how many are right, what was missed on safety, how far confidence is off, the time."""
    table = Table(title="Score")
    table.add_column("table", no_wrap=True)
    for column in ("rows", "right", "share", "flags missed", "false alarms", "ECE", "ms"):
        table.add_column(column, justify="right")
    for score in scores:
        table.add_row(
            score.name,
            str(len(score.outcomes)),
            str(score.right),
            percent(score.share),
            str(score.alarms_missed),
            str(score.false_alarms),
            _error(calibration_error(score.outcomes)),
            f"{score.median_ms:.1f}",
        )
    return table


def _error(error: float | None) -> str:
    return "" if error is None else f"{error:.3f}"


def details(score: Score) -> RenderableType:
    """What went wrong in one table: the groups that are not all right, the confusions, the rows themselves."""
    parts: list[RenderableType] = [_groups(score)]
    if score.labelled and (pairs := confusions(score.outcomes)):
        parts.append(_pairs(score.name, pairs))
    return Group(*parts, _misses(score.name, score.wrong))


def percent(share: float) -> str:
    """Write a share with one decimal, never rounded up to a full 100."""
    return f"{int(share * 1000) / 10:.1f} %"


def _groups(score: Score) -> Table:
    table = Table("wanted", title=f"{score.name}: what is not all right")
    table.add_column("right", justify="right")
    table.add_column("rows", justify="right")
    for group, right, rows in by_group(score):
        if right < rows:
            table.add_row(group, str(right), str(rows))
    return table


def _pairs(name: str, pairs: Iterable[tuple[tuple[str, str], int]]) -> Table:
    table = Table("wanted", "got", title=f"{name}: confusions")
    table.add_column("times", justify="right")
    for (wanted, got), times in pairs:
        table.add_row(wanted, got, str(times))
    return table


def _misses(name: str, wrong: Sequence[Outcome]) -> Table:
    more = f", the first {MOST_MISSES} of {len(wrong)}" if len(wrong) > MOST_MISSES else ""
    table = Table("row", "message, and what it was taken for", title=f"{name}: wrong{more}", show_lines=True)
    for outcome in wrong[:MOST_MISSES]:
        taken = f"[dim]{escape(outcome.group)} → {escape(outcome.got)} {escape(outcome.detail)}[/dim]"
        table.add_row(outcome.id, f"{escape(outcome.text)}\n{taken}")
    return table
