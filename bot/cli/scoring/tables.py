"""Reads the labelled tables: tab-separated, the first line names the columns, lines with # divide them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.errors import TandemError

Kind = Literal["questions", "direction", "dates", "safety"]
COLUMNS: dict[Kind, tuple[str, ...]] = {
    "questions": ("id", "text", "category", "note"),
    "direction": ("text", "first", "structure"),
    "dates": ("written", "today", "message", "expected"),
    "safety": ("text", "route", "note"),
}
FEWEST: dict[Kind, int] = {"questions": 3, "direction": 2, "dates": 4, "safety": 2}
"""Columns that a row must fill; trailing empty ones may be left out."""


class TableError(TandemError):
    """A table that cannot be read."""

    exit_code = 2


@dataclass(frozen=True)
class Row:
    """One labelled row, with the section of the table that it stands in."""

    number: int
    section: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Table:
    """A labelled table and which scorer it is for."""

    name: str
    kind: Kind
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Read a table; its columns say what kind it is.

    Raises:
        TableError: There is no such file, or it is no table that can be scored.
    """
    table = _known_table(path)
    if table is None:
        known = "; ".join(", ".join(columns) for columns in COLUMNS.values())
        raise TableError(f"{path.name} has no columns that can be scored; known are: {known}.")
    return table


def read_tables(folder: Path) -> list[Table]:
    """Read every table of a folder that has a scorer, by name; others are left alone."""
    return [table for path in sorted(folder.glob("*.tsv")) if (table := _known_table(path))]


def _known_table(path: Path) -> Table | None:
    lines = _lines(path)
    header = next(((n, tuple(line.split("\t"))) for n, line in lines if not line.startswith("#")), None)
    kind = next((k for k, columns in COLUMNS.items() if header and header[1] == columns), None)
    if header is None or kind is None:
        return None
    return Table(path.stem, kind, tuple(_rows(path, kind, [line for line in lines if line[0] > header[0]])))


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise TableError(f"The table {path} cannot be read.") from None
    except UnicodeDecodeError:
        raise TableError(f"The table {path} is not UTF-8 text.") from None
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _rows(path: Path, kind: Kind, lines: list[tuple[int, str]]) -> Iterator[Row]:
    section = ""
    for number, line in lines:
        if line.startswith("#"):
            section = line.lstrip("# ").strip()
        else:
            yield Row(number, section, _cells(path, kind, number, line.rstrip("\r")))


def _cells(path: Path, kind: Kind, number: int, line: str) -> dict[str, str]:
    columns, values = COLUMNS[kind], line.split("\t")
    if not FEWEST[kind] <= len(values) <= len(columns):
        raise TableError(f"{path.name}, line {number}: expected the columns {', '.join(columns)}.")
    return dict(zip(columns, [*values, *[""] * (len(columns) - len(values))], strict=True))
