"""The lines of the table that need no minutes: the quick version of ``make faults``."""

from __future__ import annotations

import pytest

from tests.faults.table import QUICK, rows

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


SLOW = ("apologised", "errors")
"""What a slow machine alone may bring about: ``make faults`` counts it, a test must not."""


async def test_two_replicas_answer_as_one_and_restart_in_turn() -> None:
    shown = [counts async for counts in rows(["pair", "rolling"], QUICK)]
    wrong = [(c.title, {k: n for k, n in c.wrong.items() if n and k not in SLOW}) for c in shown]
    assert [each for each in wrong if each[1]] == []
    assert len(shown) == 4


async def test_four_replicas_answer_each_text_once_and_in_order() -> None:
    (counts,) = [counts async for counts in rows(["texts"], QUICK)]
    assert counts.is_well, counts.line()


async def test_people_who_write_while_old_conversations_are_deleted_never_wait_long() -> None:
    shown = [counts async for counts in rows(["purge"], QUICK)]
    assert [counts.wrong["left over"] for counts in shown] == [0, 0]
