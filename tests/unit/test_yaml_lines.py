"""Reading YAML with line numbers: each slip is answered with its line and a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.yaml_lines import Entry, FileError, read_text, read_yaml


@pytest.fixture
def parse(tmp_path: Path) -> Callable[[str], Entry]:
    def parsed(text: str) -> Entry:
        file = tmp_path / "a.yml"
        file.write_text(text, encoding="utf-8")
        return read_yaml(file)

    return parsed


Parse = Callable[[str], Entry]


def test_every_value_knows_its_line(parse: Parse) -> None:
    fields = parse("a: 1\n\nb:\n  - one\n  - two\n").pairs()
    assert [fields["a"].line, *(item.line for item in fields["b"].items())] == [1, 4, 5]


def test_an_optional_entry_without_a_value_counts_as_left_out(parse: Parse) -> None:
    assert list(parse("a: x\nb:\nc: ~\n").fields(("a",), ("b", "c"))) == ["a"]


def test_a_required_entry_may_hold_nothing(parse: Parse) -> None:
    assert parse("a: null").fields(("a",))["a"].is_null


def test_a_key_that_yaml_takes_for_a_truth_value_stays_a_word(parse: Parse) -> None:
    assert list(parse("by: x\non: y\n").pairs()) == ["by", "on"]


@pytest.mark.parametrize(
    ("text", "read", "line", "reason"),
    [
        ("a: 1\na: 2", lambda e: e.pairs(), 2, "'a' stands here a second time"),
        ("- 1", lambda e: e.pairs(), 1, "expected named entries, found a list"),
        ("a: 1\nb: 2", lambda e: e.fields(("a",)), 2, "'b' is not known here"),
        ("a: 1", lambda e: e.fields(("a", "b")), 1, "'b' is missing"),
        ("a: 1", lambda e: e.items(), 1, "expected a list, found named entries"),
        ("\n- no", lambda e: e.texts(), 2, "expected text, found 'no'; put it in quotation marks"),
        ("- 12", lambda e: e.texts(), 1, "expected text, found '12'; put it in quotation marks"),
        ("- ''", lambda e: e.texts(), 1, "expected text, found an empty one"),
        ("- [x]", lambda e: e.texts(), 1, "expected text, found a list; put it in quotation marks"),
        ("x", lambda e: e.choice(("a", "b")), 1, "expected one of a, b, found 'x'"),
        ("0", lambda e: e.positive(), 1, "expected a whole number of 1 or more, found '0'"),
        ("-3", lambda e: e.positive(), 1, "expected a whole number of 1 or more, found '-3'"),
        ("1.5", lambda e: e.positive(), 1, "expected a whole number of 1 or more, found '1.5'"),
        ("true", lambda e: e.positive(), 1, "expected a whole number of 1 or more, found 'true'"),
        ("two", lambda e: e.positive(), 1, "expected a whole number of 1 or more, found 'two'"),
        ("maybe", lambda e: e.yes_no(), 1, "expected true or false, found 'maybe'"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    parse: Parse, text: str, read: Callable[[Entry], object], line: int, reason: str
) -> None:
    with pytest.raises(FileError) as refused:
        read(parse(text))
    assert (refused.value.line, refused.value.reason) == (line, reason)


@pytest.mark.parametrize("text", ["a: [1", "a: 'x", "a: b: c"])
def test_broken_yaml_is_refused_with_a_line(parse: Parse, text: str) -> None:
    with pytest.raises(FileError, match=r"a\.yml:\d: not YAML: "):
        parse(text)


@pytest.mark.parametrize("text", ["a: 1\n\tb: 1", "a:\n\t- 1", "a: 1\n \tb: 1"])
def test_a_tab_is_named_with_what_belongs_in_its_place(parse: Parse, text: str) -> None:
    with pytest.raises(FileError, match=r"a\.yml:2: a tab stands at the start of this line; put spaces in its place"):
        parse(text)


@pytest.mark.parametrize(("content", "reason"), [(b"", "the file is empty"), (b"\xff", "the file is not UTF-8 text")])
def test_a_file_without_usable_text_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(content)
    with pytest.raises(FileError) as refused:
        read_yaml(file)
    assert refused.value.reason == reason


def test_a_control_character_is_refused(parse: Parse) -> None:
    with pytest.raises(FileError, match="not YAML: "):
        parse("a: \x07")


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError) as refused:
        read_text(tmp_path)
    assert refused.value.reason == "the file cannot be read"


def test_a_file_below_the_working_directory_is_named_as_one_would_type_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileError) as refused:
        read_text(tmp_path / "data" / "a.yml")
    assert str(refused.value) == "data/a.yml: the file is missing"


def test_plain_values_keep_their_kinds(parse: Parse) -> None:
    assert parse("{a: [x, 1, yes, ~], b: {c: 2026-11-22}}").plain() == {
        "a": ["x", "1", True, None],
        "b": {"c": "2026-11-22"},
    }
