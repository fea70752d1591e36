"""Rate limits: token buckets that let a person type fast and stop a flood."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_KEYS = 10_000
"""How many callers are remembered; beyond it the one that was silent longest is forgotten."""


@dataclass(frozen=True)
class Rate:
    """``burst`` at once, then ``per_second`` on average."""

    burst: int
    per_second: float


@dataclass
class _Bucket:
    left: float
    at: float


class Limiter:
    """Counts what each key (a conversation, an address) has used."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, most_keys: int = MOST_KEYS) -> None:
        self._rate = rate
        self._clock = clock
        self._most_keys = most_keys
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, key: str) -> int:
        """Use one of the key's tokens; the whole seconds to wait where none is left, else 0."""
        bucket = self._refilled(key)
        if bucket.left >= 1:
            bucket.left -= 1
            return 0
        return max(1, math.ceil((1 - bucket.left) / self._rate.per_second))

    def _refilled(self, key: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.pop(key, None) or _Bucket(self._rate.burst, now)
        bucket.left = min(self._rate.burst, bucket.left + (now - bucket.at) * self._rate.per_second)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > self._most_keys:
            self._buckets.popitem(last=False)
        return bucket
