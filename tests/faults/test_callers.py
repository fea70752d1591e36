"""What counts as answered, apologised for, silent, missing and heard too often."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.faults.callers import SORRY, Kept, Sent

ANSWER = {"messages": [{"text": "Botox first."}]}


def sent(message_id: str, body: dict[str, Any], status: int = 200) -> Sent:
    return Sent("c", message_id, status, body, 0.1)


@pytest.mark.parametrize(
    ("status", "body", "seen"),
    [
        (200, ANSWER, (True, False, False)),
        (200, {"messages": [{"text": f"{SORRY} and I could not answer."}]}, (False, True, False)),
        (500, {"error": "Sorry."}, (False, False, False)),
        (200, {"messages": []}, (False, False, True)),
        (0, {}, (False, False, True)),
    ],
)
def test_what_came_of_a_message(status: int, body: dict[str, Any], seen: tuple[bool, bool, bool]) -> None:
    one = sent("m1", body, status)
    assert (one.is_answered, one.is_sorry, one.is_silent) == seen


def test_an_answer_is_missing_where_it_is_not_kept_as_it_was_given() -> None:
    other = {"messages": [{"text": "Another."}]}
    held = Kept({("c", "m1"): ANSWER, ("c", "m2"): other}, Counter())
    all_sent = [sent("m1", ANSWER), sent("m2", ANSWER), sent("m3", ANSWER), sent("m4", {}, 0)]
    assert [each.id for each in held.missing(all_sent)] == ["m2", "m3"]


@pytest.mark.parametrize(("heard", "wrong"), [(0, True), (1, False), (2, False), (3, True)])
def test_a_tracker_holds_each_answered_message_once(heard: int, wrong: bool) -> None:
    held = Kept({}, Counter({"c": heard}))
    assert bool(held.miscounted([sent("m1", ANSWER), sent("m1", ANSWER), sent("m2", {}, 0)])) is wrong
