"""Reads a file that lists words: a line holds several, or is a remark behind #."""

from __future__ import annotations

from pathlib import Path

from bot.yaml_lines import read_text


def words_in(file: Path) -> tuple[str, ...]:
    """Return the words in their order.

    Raises:
        FileError: The file cannot be read.
    """
    lines = read_text(file).splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())
