"""How a message puts its question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.reading.message import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "manners"),
    [
        ("is 10 days after tox enough?", ("whether", "leave", "may_i")),
        ("ok so can i needle", ("whether", "leave")),
        ("so 10 days is fine?", ("proposal", "leave", "may_i")),
        ("tox last, correct?", ("proposal", "confirm", "may_i")),
        ("am i right that tox goes first", ("whether", "proposal", "confirm")),
        ("how long after tox", ()),
        ("which goes first?", ()),
        ("tox nov 3, needling nov 12", ()),
        ("is a week after tox too soon?", ("whether", "too_soon")),
        ("is there a max wait?", ("whether", "at_most")),
        ("do i have to wait 3 months?", ("whether", "as_rule")),
        ("2 or 4 weeks", ("alternatives",)),
        ("tox or needling?", ("proposal",)),
    ],
)
def test_the_manner_is_read_off_the_words(read: Read, text: str, manners: tuple[str, ...]) -> None:
    assert read(text).manners == manners
