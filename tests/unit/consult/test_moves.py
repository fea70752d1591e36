"""By how many days a message moves the day last spoken of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.reading.message import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("and the day after that?", 1),
        ("what about one day later", 1),
        ("the next day then?", 1),
        ("the following day?", 1),
        ("and the day before?", -1),
        ("a week later?", 7),
        ("and the week after?", 7),
        ("3 days later?", 3),
        ("two days earlier then", -2),
        ("what if I push it back by 4 days", 4),
        ("could we move it up by 2 days", -2),
        ("what about 10 days?", None),
        ("two weeks is too long", None),
        ("the day after tomorrow?", None),
        ("nov 26 or a day later?", None),
        ("and on the 5th", None),
        ("it's one day short", None),
    ],
)
def test_a_message_moves_a_day(read: Read, text: str, days: int | None) -> None:
    assert read(text).moved_by == days
