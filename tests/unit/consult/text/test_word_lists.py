"""A file that lists words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.consult.text.word_lists import words_in
from bot.yaml_lines import FileError


def test_words_come_in_their_order_and_remarks_do_not_count(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("# the and\nof to\n\nfor  of\n", encoding="utf-8")
    assert words_in(file) == ("of", "to", "for", "of")


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"words\.txt: the file is missing"):
        words_in(tmp_path / "words.txt")
