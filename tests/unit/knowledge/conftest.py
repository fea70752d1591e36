"""The project's own knowledge, and copies of it to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT

DIRECTORY = PROJECT_ROOT / "data" / "knowledge"
Edit = Callable[[str, str, str], int]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return read_knowledge(DIRECTORY)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DIRECTORY, tmp_path / "knowledge"))


@pytest.fixture
def edit(copy: Path) -> Edit:
    """Change the first place where a text stands in a file; returns the line of the change's last line."""

    def edited(name: str, old: str, new: str) -> int:
        file = copy / name
        before, found, after = file.read_text(encoding="utf-8").partition(old)
        assert found, f"{name} does not hold {old!r}"
        file.write_text(before + new + after, encoding="utf-8")
        return (before + new).rstrip("\n").count("\n") + 1

    return edited
