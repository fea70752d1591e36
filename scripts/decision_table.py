"""Writes the decision table into docs/architecture.md, between its two marks: ``python -m scripts.decision_table``."""

from __future__ import annotations

import re

from bot.consult.decision.table import SAFETY, TABLE, Row
from bot.settings import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "architecture.md"
BLOCK = re.compile(r"(<!-- decision table -->\n).*?(<!-- end -->)", re.DOTALL)
HEAD = "| row | when all of it holds | topic | example |\n|---|---|---|---|"


def table() -> str:
    """Return the table as Markdown, in the order in which the rows are tried."""
    return "\n".join([HEAD, *(_line(row) for row in TABLE)])


def written(page: str) -> str:
    """Return a page with the table between its marks."""
    return BLOCK.sub(lambda marks: f"{marks[1]}{table()}\n{marks[2]}", page)


def _line(row: Row) -> str:
    facts = " and ".join(_named(fact) for fact in row.facts) or "otherwise"
    before = "".join(f"“{text}” … " for text in row.after)
    name = f"**{row.name}**" if row in SAFETY else row.name
    return f"| {name} | {facts} | {_named(row.topic)} | {before}“{row.example}” |"


def _named(part: object) -> str:
    return f"`{getattr(part, '__name__', part)}`"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
