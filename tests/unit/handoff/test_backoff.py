"""How long to wait after a failure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.handoff.backoff import LONGEST, pause


@pytest.mark.parametrize(
    ("failures", "shortest", "longest"),
    [(1, 5, 10), (2, 10, 20), (3, 20, 40), (8, 640, 1280), (9, 900, 1800), (100, 900, 1800), (10**6, 900, 1800)],
)
def test_a_pause_doubles_up_to_half_an_hour_and_half_of_it_is_drawn(failures: int, shortest: int, longest: int) -> None:
    assert pause(failures, 0) == timedelta(seconds=shortest)
    assert pause(failures, 1) == timedelta(seconds=longest)
    assert all(timedelta(seconds=shortest) <= pause(failures) <= timedelta(seconds=longest) for _ in range(50))


def test_no_two_pauses_are_in_step() -> None:
    assert len({pause(9) for _ in range(20)}) > 15
    assert pause(9) <= LONGEST
