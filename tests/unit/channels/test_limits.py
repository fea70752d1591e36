"""Token buckets, by a clock that the test sets."""

from __future__ import annotations

from bot.channels.limits import Limiter, Rate


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def limiter(clock: Clock, **more: int) -> Limiter:
    return Limiter(Rate(burst=2, per_second=0.5), clock, **more)


def test_a_burst_passes_and_then_one_waits() -> None:
    limit = limiter(Clock())
    assert [limit.take("a") for _ in range(4)] == [0, 0, 2, 2]


def test_tokens_come_back_with_time_and_no_more_than_the_burst() -> None:
    clock = Clock()
    limit = limiter(clock)
    assert [limit.take("a") for _ in range(3)] == [0, 0, 2]
    clock.now = 1.5
    assert limit.take("a") == 1
    clock.now = 2
    assert limit.take("a") == 0
    clock.now = 1000
    assert [limit.take("a") for _ in range(3)] == [0, 0, 2]


def test_keys_do_not_share() -> None:
    limit = limiter(Clock())
    assert [limit.take(key) for key in ("a", "a", "b", "a")] == [0, 0, 0, 2]


def test_only_so_many_keys_are_remembered_the_silent_ones_go_first() -> None:
    limit = limiter(Clock(), most_keys=2)
    for key in ("a", "a", "b", "b", "a", "c"):
        limit.take(key)
    assert (limit.take("a"), limit.take("b")) == (2, 0)
