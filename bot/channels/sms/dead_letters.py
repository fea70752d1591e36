"""What the channel could not answer or send, for staff: listed without anybody's number or words, and tried again.

A letter in doubt may have arrived already: trying it again is for staff to decide, never for the channel.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.channels.sms import people
from bot.channels.sms.outbox import GIVE_UP_AFTER
from bot.channels.sms.tables import inbox, outbox
from bot.clock import utc_now
from bot.database import durably_writing, reading
from bot.errors import TandemError

Kind = Literal["unanswered", "unsent"]
_TABLES: dict[str, sa.Table] = {"m": inbox, "a": outbox}
_ID = re.compile(r"([ma])([1-9][0-9]{0,17})")


class DeadLetterError(TandemError):
    """There is no such dead letter, or it can't be tried again."""

    exit_code = 2


@dataclass(frozen=True)
class DeadLetter:
    """A message without an answer (m…), or an answer that was not sent (a…)."""

    id: str
    kind: Kind
    at: datetime
    """When it came, in UTC without a zone."""
    problem: str
    in_doubt: bool
    """Whether it may have arrived."""


class DeadLetters:
    """Lists dead letters and puts them back in line."""

    def __init__(self, bound: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._bound = bound
        self._clock = clock

    def listed(self) -> list[DeadLetter]:
        """All of them, the oldest first."""
        with reading(self._bound) as connection:
            unanswered = connection.execute(sa.select(inbox).where(inbox.c.state == "dead")).all()
            unsent = connection.execute(sa.select(outbox).where(outbox.c.state == "dead")).all()
        found = [
            *(DeadLetter(f"m{r.id}", "unanswered", r.received_at, r.problem or "", False) for r in unanswered),
            *(DeadLetter(f"a{r.id}", "unsent", r.created_at, r.problem or "", r.in_doubt) for r in unsent),
        ]
        return sorted(found, key=lambda letter: letter.at)

    def retry(self, letter_id: str) -> None:
        """Put a dead letter back in line; the running server takes it from there.

        Raises:
            DeadLetterError: There is none of this id, its text is gone, or its sender wants no texts.
        """
        found = _ID.fullmatch(letter_id)
        if not found:
            raise DeadLetterError("Give a dead letter's id as tandem sms dead-letters lists it, such as a12.")
        table = _TABLES[found[1]]
        with durably_writing(self._bound) as connection:
            this = (table.c.id == int(found[2]), table.c.state == "dead")
            row = connection.execute(sa.select(table).where(*this)).first()
            self._check(connection, row)
            values = self._unanswered() if table is inbox else self._unsent()
            connection.execute(sa.update(table).where(*this).values(values))

    def _check(self, connection: Connection, row: Any) -> None:
        if row is None:
            raise DeadLetterError("There is no dead letter of that id; tandem sms dead-letters lists them.")
        if row.sealed is None:
            raise DeadLetterError("The text of that letter is no longer kept.")
        if people.has_opted_out(connection, row.sender):
            raise DeadLetterError("Its sender wants no more texts.")

    def _unanswered(self) -> dict[str, Any]:
        return {"state": "new", "attempts": 0, "problem": None, "done_at": None, "claimed_until": None}

    def _unsent(self) -> dict[str, Any]:
        now = self._clock()
        again = {"next_attempt_at": now, "give_up_at": now + GIVE_UP_AFTER, "attempts": 0}
        return {"state": "queued", "in_doubt": False, "problem": None, **again}
