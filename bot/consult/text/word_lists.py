"""Reads files that list words: a line holds several, or is a remark behind #; or YAML with a list by name."""

from __future__ import annotations

from pathlib import Path

from bot.yaml_lines import FileError, plain_yaml, read_text


def words_in(file: Path) -> tuple[str, ...]:
    """Return the words in their order.

    Raises:
        FileError: The file cannot be read.
    """
    lines = read_text(file).splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def lists_of(file: Path) -> dict[str, list[str]]:
    """Return a YAML file's lists by name, with those of the files beside it for one language, such as ``cues.fr.yml``.

    Raises:
        FileError: A file cannot be read, or one for a language has a list that the first one lacks.
    """
    lists: dict[str, list[str]] = {name: list(words) for name, words in plain_yaml(file).items()}
    for more in sorted(file.parent.glob(f"{file.stem}.*{file.suffix}")):
        for name, words in plain_yaml(more).items():
            if name not in lists:
                raise FileError(more, None, f"{file.name} has no list {name!r}")
            lists[name] += words
    return lists
