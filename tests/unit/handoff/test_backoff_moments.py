"""When a moment in a table is over, also where the clock was set meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.handoff.backoff import ASKEW, LONGEST, is_over

NOW = datetime(2026, 11, 22, 12, 0)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "over"),
    [
        (None, True),
        (NOW - SECOND, True),
        (NOW, True),
        (NOW + SECOND, False),
        (NOW + LONGEST, False),
        (NOW + LONGEST + ASKEW, False),  # set by somebody who looked at the clock a little later
        (NOW + LONGEST + ASKEW + SECOND, True),  # nobody sets one so far off: the clock was set back
    ],
)
def test_when_a_moment_is_over(moment: datetime | None, over: bool) -> None:
    at = sa.literal(moment, sa.DateTime)
    with sa.create_engine("sqlite://", future=True).connect() as connection:
        assert connection.execute(sa.select(sa.literal(1)).where(is_over(at, NOW))).scalar() == (1 if over else None)
