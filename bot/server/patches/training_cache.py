"""Whether a training keeps Rasa's cache; three patches spare a training without it what only a cache needs."""

from __future__ import annotations

import os


def is_off() -> bool:
    """Whether the cache is off, as in ``make train``."""
    return os.environ.get("RASA_MAX_CACHE_SIZE") == "0"
