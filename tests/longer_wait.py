"""Another waiting time in a copy of the knowledge: in the source, in its quotes and in the rule."""

from __future__ import annotations

from pathlib import Path

FILES = ("article.txt", "article.yml", "sequencing.yml", "facts.yml")


def wait_three_weeks(knowledge: Path) -> None:
    """Let the article say three weeks instead of two, and the rule follow it."""
    for name in FILES:
        file = knowledge / name
        text = file.read_text(encoding="utf-8").replace("two weeks", "three weeks")
        file.write_text(text.replace("interval_days: 14", "interval_days: 21"), encoding="utf-8")
