"""What staff may learn from, in groups, and which of it may become a candidate for the training examples."""

from __future__ import annotations

from datetime import datetime

import pytest
import yaml

from bot.channels.lessons import Lesson
from bot.cli.lessons_view import HEAD, NEVER_EXPORTED, Placed, by_intent, candidates

AT = datetime(2026, 11, 22, 12, 0)


def placed(text: str, intent: str = "order", similarity: float = 0.7, topic: str = "fallback", **more: bool) -> Placed:
    return Placed(
        Lesson(text, topic, "disliked", AT), intent, "an example", similarity, more.get("is_of_health", False)
    )


def test_the_largest_group_comes_first_and_in_it_what_is_nearest() -> None:
    given = [placed("a", "price"), placed("b", similarity=0.2), placed("c", similarity=0.9), placed("d", "aftercare")]
    groups = by_intent(given)

    assert [(intent, [each.lesson.text for each in group]) for intent, group in groups.items()] == [
        ("order", ["c", "b"]),
        ("aftercare", ["d"]),
        ("price", ["a"]),
    ]


def test_candidates_are_switched_off_line_by_line_each_once() -> None:
    groups = by_intent([placed("which\n one"), placed("which one"), placed("how much", "price")])

    assert candidates(groups) == HEAD + (
        "  - intent: order\n    examples: |\n      # - which one\n"
        "  - intent: price\n    examples: |\n      # - how much\n"
    )
    assert [each["intent"] for each in yaml.safe_load(candidates(groups))["nlu"]] == ["order", "price"]


@pytest.mark.parametrize(
    "withheld",
    [
        *(placed("x", topic=topic) for topic in sorted(NEVER_EXPORTED)),
        placed("i feel faint", is_of_health=True),
        placed("call [phone-1]"),
        placed("[…]"),
        placed("which goes first", similarity=1.0),
    ],
    ids=lambda each: f"{each.lesson.topic}: {each.lesson.text}",
)
def test_what_is_about_health_or_tells_who_somebody_is_is_never_exported(withheld: Placed) -> None:
    assert not withheld.may_be_exported
    assert candidates(by_intent([withheld])) == HEAD
