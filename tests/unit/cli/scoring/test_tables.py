"""Reading the labelled tables, and refusing what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.scoring.tables import TableError, read_table, read_tables
from bot.settings import PROJECT_ROOT

QUESTIONS = "id\ttext\tcategory\tnote\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "some.tsv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (QUESTIONS + "q1\thi\tsmalltalk_greet\t\n", "questions"),
        ("text\tfirst\tstructure\ntox then needling\tbotox\tthen\n", "direction"),
        ("# what it is\nwritten\ttoday\tmessage\texpected\nbefore\t\tnov 3\t-\n", "dates"),
        ("text\troute\tnote\nhi\tnone\t\n", "safety"),
    ],
)
def test_the_columns_say_what_kind_of_table_it_is(tmp_path: Path, text: str, kind: str) -> None:
    table = read_table(written(tmp_path, text))
    assert (table.name, table.kind, len(table.rows)) == ("some", kind, 1)


def test_a_comment_starts_a_section_and_blank_lines_mean_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, QUESTIONS + "# greetings\n\nq1\thi\tsmalltalk_greet\t\nq2\tyo\tsmalltalk_greet\n")
    rows = [(row.number, row.section, row["id"], row["note"]) for row in read_table(file).rows]
    assert rows == [(4, "greetings", "q1", ""), (5, "greetings", "q2", "")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a\tb\n1\t2\n", "some.tsv has no columns that can be scored; known are: id, text, category, note;"),
        ("", "some.tsv has no columns that can be scored;"),
        (QUESTIONS + "q1\thi\n", "some.tsv, line 2: expected the columns id, text, category, note."),
        (QUESTIONS + "q1\ta\tb\tc\td\n", "some.tsv, line 2: expected the columns id, text, category, note."),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(TableError) as refused:
        read_table(written(tmp_path, text))
    assert str(refused.value).startswith(sentence)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"The table .*none\.tsv cannot be read\."):
        read_table(tmp_path / "none.tsv")
    file = tmp_path / "binary.tsv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TableError, match="is not UTF-8 text"):
        read_table(file)


def test_a_folder_gives_the_tables_that_have_a_scorer(tmp_path: Path) -> None:
    written(tmp_path, QUESTIONS)
    (tmp_path / "other.tsv").write_text("a\tb\n", encoding="utf-8")
    assert [table.name for table in read_tables(tmp_path)] == ["some"]


def test_every_table_of_the_project_can_be_read() -> None:
    tables = {table.name: table.kind for table in read_tables(PROJECT_ROOT / "tests" / "tables")}
    assert tables["questions"] == "questions"
    assert tables["direction"] == "direction"
    assert tables["dates"] == "dates"
    assert {kind for name, kind in tables.items() if name.startswith("safety_")} == {"safety"}
