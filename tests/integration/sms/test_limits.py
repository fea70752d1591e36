"""How many texts go out: counted from what is kept, for a number and for all, with an alarm before and at the cap."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.sms.limits import Caps, Limits
from bot.channels.sms.tables import inbox, outbox
from bot.database import reading, writing
from tests.handoff import Clock


class Sent:
    """Texts that went out, at the clock's moments."""

    def __init__(self, bound: Engine, *caps: int) -> None:
        self.bound, self.clock, self.count = bound, Clock(), 0
        self.limits = Limits(Caps(*caps), self.clock)

    def send(self, sender: str = "ann", kind: str = "answer", state: str = "sent", times: int = 1) -> None:
        for _ in range(times):
            self.count += 1
            now, mark = self.clock(), str(self.count)
            with writing(self.bound) as connection:
                message = {"message_sid": mark, "signature": mark, "sender": sender, "received_at": now}
                came = sa.insert(inbox).values(**message, pictures=0, state="answered", attempts=1)
                inbox_id = connection.execute(came).inserted_primary_key[0]
                letter = {"delivery_id": mark, "inbox_id": inbox_id, "sender": sender, "kind": kind, "state": state}
                when = {"created_at": now, "next_attempt_at": now, "give_up_at": now}
                connection.execute(sa.insert(outbox).values(**letter, **when, attempts=1, in_doubt=False))

    def verdict(self, sender: str = "ann") -> str:
        with reading(self.bound) as connection:
            return self.limits.verdict(connection, sender)

    def urgent_left(self, sender: str = "ann") -> bool:
        with reading(self.bound) as connection:
            return self.limits.urgent_left(connection, sender)

    def was_told(self, sender: str = "ann") -> bool:
        with reading(self.bound) as connection:
            return self.limits.was_told(connection, sender)


def test_a_number_has_an_hour_s_and_a_day_s_limit_of_its_own(migrated: Engine) -> None:
    sent = Sent(migrated, 2, 3, 100)
    assert sent.verdict() == "free"
    sent.send(times=2)
    assert (sent.verdict(), sent.verdict("ben")) == ("number", "free")

    sent.clock.advance(hours=1)
    assert sent.verdict() == "free"
    sent.send()
    sent.clock.advance(hours=1)
    assert sent.verdict() == "number"
    sent.clock.advance(hours=22)
    assert sent.verdict() == "free"


def test_what_was_called_back_costs_nothing(migrated: Engine) -> None:
    sent = Sent(migrated, 1, 1, 1)
    sent.send(state="cancelled", times=3)

    assert sent.verdict() == "free"


def test_the_day_s_cap_is_everybody_s_and_raises_the_alarm_once_an_hour(
    migrated: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="bot.channels.sms.limits")
    sent = Sent(migrated, 100, 100, 5)
    sent.send("ann", times=3)
    assert sent.verdict("ben") == "free"
    assert caplog.records == []

    sent.send("ann")
    assert [sent.verdict("ben"), sent.verdict("ben")] == ["free", "free"]
    sent.send("ann")
    assert [sent.verdict("ben"), sent.verdict("carl")] == ["all", "all"]
    assert [(record.levelno, record.message[:40]) for record in caplog.records] == [
        (logging.WARNING, "SMS ALERT: four fifths of the 5 texts in"),
        (logging.ERROR, "SMS ALERT: the cap of 5 texts in 24 hour"),
    ]

    sent.clock.advance(hours=1)
    sent.verdict()
    assert len(caplog.records) == 3
    sent.clock.advance(hours=23)
    assert sent.verdict() == "free"


def test_a_few_red_flags_are_answered_beyond_every_limit(migrated: Engine) -> None:
    sent = Sent(migrated, 1, 1, 1)
    sent.send(kind="urgent", times=4)
    assert (sent.verdict(), sent.urgent_left()) == ("all", True)
    sent.send(kind="urgent")
    assert (sent.urgent_left(), sent.urgent_left("ben")) == (False, True)
    sent.clock.now += timedelta(hours=1)
    assert sent.urgent_left()


def test_that_there_is_a_limit_is_told_once_a_day(migrated: Engine) -> None:
    sent = Sent(migrated, 1, 1, 100)
    assert not sent.was_told()
    sent.send(kind="limit")
    assert (sent.was_told(), sent.was_told("ben")) == (True, False)
    sent.clock.advance(days=1)
    assert not sent.was_told()
