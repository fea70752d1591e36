"""Ways to write one alias."""

from __future__ import annotations

import pytest

from bot.knowledge.spelling import fold, forms


@pytest.mark.parametrize("written", ["Micro-Needling", "micro needling", " MICRO  NEEDLING", "mícro–needling"])
def test_case_accents_hyphens_and_spaces_make_no_difference(written: str) -> None:
    assert fold(written) == "micro needling"


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("Botox", ("botox",)),
        ("micro-needle", ("micro-needle", "micro needle")),
        ("rétinol", ("rétinol", "retinol")),
        (
            "micro-éguilletage",
            ("micro-éguilletage", "micro-eguilletage", "micro éguilletage", "micro eguilletage"),
        ),
    ],
)
def test_an_alias_has_a_form_for_each_way_to_write_it(alias: str, expected: tuple[str, ...]) -> None:
    assert forms(alias) == expected
