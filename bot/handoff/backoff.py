"""How long to wait after a failed try: longer each time, and never quite the same, so that nobody comes in step."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

FIRST = timedelta(seconds=10)
LONGEST = timedelta(minutes=30)


def pause(failures: int, drawn: float | None = None) -> timedelta:
    """How long to wait after so many failures in a row.

    Args:
        failures: From 1.
        drawn: From 0 to 1, how much of the second half to wait; drawn by lot unless given.
    """
    whole = min(FIRST * int(2 ** min(failures - 1, 20)), LONGEST)
    return whole / 2 + whole / 2 * (random.random() if drawn is None else drawn)


ASKEW = timedelta(minutes=1)
"""So far apart two workers may see the same moment: one claims while another still asks, and no two clocks agree."""


def is_over(moment: Any, now: datetime, longest: timedelta = LONGEST) -> Any:
    """Whether a column's moment is over, for a query; so is one farther off than any is set: the clock was set back."""
    return sa.or_(moment.is_(None), moment <= now, moment > now + longest + ASKEW)
