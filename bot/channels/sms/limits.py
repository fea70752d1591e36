"""How many texts go out: a bill can be an attack. Counted from what is kept, so that a restart forgets nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.channels.sms.tables import outbox

Verdict = Literal["free", "number", "all"]
"""Whether a text may go out; else whose limit forbids it."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URGENT_BEYOND = 5
"""How many answers to red flags a number still gets in an hour once a limit is reached."""
WARN_AT = 0.8
ALERT_EVERY = timedelta(hours=1)
_COUNTED = outbox.c.state != "cancelled"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Caps:
    """The most texts that go out."""

    number_per_hour: int
    number_per_day: int
    per_day: int


class Limits:
    """Says whether one more text may go out, and raises the alarm when the day's cap is near or reached."""

    def __init__(self, caps: Caps, clock: Callable[[], datetime]) -> None:
        self._caps = caps
        self._clock = clock
        self._alerted: dict[str, datetime] = {}

    def verdict(self, connection: Connection, sender: str) -> Verdict:
        """Whether a text to a sender may go out."""
        if self._day_is_over(connection):
            return "all"
        of_sender = outbox.c.sender == sender
        hour, day = (_count(connection, self._clock() - span, of_sender) for span in (HOUR, DAY))
        return "number" if hour >= self._caps.number_per_hour or day >= self._caps.number_per_day else "free"

    def urgent_left(self, connection: Connection, sender: str) -> bool:
        """Whether a red flag may still be answered although a limit is reached."""
        beyond = (outbox.c.sender == sender, outbox.c.kind == "urgent")
        return _count(connection, self._clock() - HOUR, *beyond) < URGENT_BEYOND

    def was_told(self, connection: Connection, sender: str) -> bool:
        """Whether a sender was told of the limit already, this day."""
        told = (outbox.c.sender == sender, outbox.c.kind == "limit")
        return _count(connection, self._clock() - DAY, *told) > 0

    def _day_is_over(self, connection: Connection) -> bool:
        sent = _count(connection, self._clock() - DAY)
        if sent >= self._caps.per_day:
            self._alert(
                "over",
                logging.ERROR,
                "SMS ALERT: the cap of %d texts in 24 hours is reached; only red flags "
                "are answered. TANDEM_SMS_PER_DAY sets it; tandem sms dead-letters lists what waits.",
            )
            return True
        if sent >= self._caps.per_day * WARN_AT:
            self._alert("near", logging.WARNING, "SMS ALERT: four fifths of the %d texts in 24 hours are used.")
        return False

    def _alert(self, kind: str, level: int, line: str) -> None:
        now = self._clock()
        if now - self._alerted.get(kind, datetime.min) >= ALERT_EVERY:
            self._alerted[kind] = now
            logger.log(level, line, self._caps.per_day)


def _count(connection: Connection, since: datetime, *which: object) -> int:
    counted = sa.select(sa.func.count()).select_from(outbox).where(_COUNTED, outbox.c.created_at > since, *which)
    found: int = connection.execute(counted).scalar_one()
    return found
