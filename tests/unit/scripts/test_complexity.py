"""How complex the code is, as ``make complexity`` measures it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.complexity import MOST_BRANCHES, lengths, main, too_complex

SIMPLE = 'def simple(a, b):\n    """Say which."""\n    return a or b\n'
TANGLED = "class Thing:\n    def tangled(self, *a):\n        return " + " or ".join(f"a[{n}]" for n in range(12)) + "\n"


def test_booleans_count() -> None:
    assert list(too_complex(Path("bot/a.py"), SIMPLE + TANGLED)) == [(12, "bot/a.py:5 Thing.tangled")]


def test_a_function_at_the_limit_is_allowed() -> None:
    source = "def at_the_limit(*a):\n    return " + " or ".join(f"a[{n}]" for n in range(MOST_BRANCHES))

    assert list(too_complex(Path("a.py"), source)) == []


def test_a_function_s_length_counts_its_docstring() -> None:
    assert list(lengths(SIMPLE + TANGLED)) == [3, 2]


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        (SIMPLE, 0, "The median function has 3 lines; 6 are allowed.\n"),
        ("def long():\n" + "    pass\n" * 8, 1, "The median function has 9 lines; 6 are allowed.\n"),
        (TANGLED, 1, "The median function has 2 lines; 6 are allowed.\n"),
    ],
)
def test_it_fails_for_a_tangled_function_and_for_long_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str, code: int, said: str
) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "a.py").write_text(source, encoding="utf-8")

    assert main(tmp_path) == code
    assert capsys.readouterr().out == said
