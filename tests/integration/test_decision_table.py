"""Each row of the decision table decides its own example, asked of the trained model after the messages before it."""

from __future__ import annotations

import pytest

from bot.cli.in_process import Understanding, load_understanding
from bot.consult.decision.table import TABLE, Row
from bot.settings import Settings


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return load_understanding(Settings.from_environment({"TANDEM_TODAY": "2026-11-22"}))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_row_decides_its_example(understanding: Understanding, row: Row) -> None:
    *_, last = understanding.talk([*row.after, row.example])

    assert last.decision.rule == row.name


def test_no_two_rows_have_one_name_or_more_than_three_facts() -> None:
    assert len({row.name for row in TABLE}) == len(TABLE)
    assert max(len(row.facts) for row in TABLE) <= 3
