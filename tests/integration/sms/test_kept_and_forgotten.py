"""What is kept of those who text: exported, forgotten and purged with the rest; an opt-out outlives it all."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.sms.inbox import Inbox, Reply
from bot.channels.sms.limits import Caps, Limits
from bot.channels.sms.outbox import Outbox
from bot.channels.sms.received import Received
from bot.channels.sms.reception import NUMBER_LIFETIME, Reception
from bot.channels.sms.seal import Seal
from bot.channels.sms.tables import consents, inbox, outbox, senders
from bot.channels.sms.wording import Wording
from bot.clinic import read_clinic
from bot.handoff import conversation_tables as theirs
from bot.handoff.person import Person
from bot.handoff.privacy import Privacy
from bot.handoff.retention import Periods, purge
from bot.handoff.tables import contact_vault
from bot.handoff.vault import ContactVault
from bot.settings import PROJECT_ROOT
from tests.handoff import PHONE, SECRET, START, Clock
from tests.integration.sms.stores import is_red_flag

OTHER = "+14035550111"
WHO = Person("phone", PHONE)


class Channel:
    """The channel's stores at a moment that only a test moves."""

    def __init__(self, bound: Engine) -> None:
        self.bound, self.clock, seal = bound, Clock(), Seal(SECRET)
        self.vault = ContactVault(bound, SECRET, self.clock)
        letters, limits = Outbox(bound, self.vault, seal, self.clock), Limits(Caps(60, 120, 2000), self.clock)
        wording = Wording(read_clinic(PROJECT_ROOT / "clinic.yml"))
        self.reception = Reception(bound, self.vault, seal, letters, limits, wording, is_red_flag, self.clock)
        self.inbox = Inbox(bound, seal, letters, limits, self.clock)
        self.privacy = Privacy(bound, self.vault, self.clock)
        self.texts = 0

    def text(self, number: str, text: str = "what is botox?") -> None:
        self.texts += 1
        assert self.reception.accept(Received(f"SM{self.texts}", f"signature-{self.texts}", number, text, 0, False))
        for sender in self.inbox.due():
            waiting = self.inbox.take(sender)
            assert waiting
            self.inbox.reply(waiting, Reply("An answer.", "en", introduces=True))

    def senders_in(self, table: sa.Table) -> list[str]:
        with self.bound.connect() as connection:
            return sorted(connection.execute(sa.select(table.c.sender).distinct()).scalars())

    def name(self, number: str) -> str:
        return self.vault.senders.of(number)


@pytest.fixture
def channel(migrated: Engine) -> Channel:
    return Channel(migrated)


def test_the_tables_named_for_privacy_are_those_of_the_channel() -> None:
    mirrored = {senders: theirs.sms_senders, consents: theirs.sms_consents, inbox: theirs.sms_inbox}
    for table, mirror in {**mirrored, outbox: theirs.sms_outbox}.items():
        assert mirror.name == table.name
        assert set(mirror.c.keys()) <= set(table.c.keys())


def test_who_texts_is_exported_by_the_number(channel: Channel) -> None:
    channel.text(PHONE)
    channel.text(OTHER)
    exported = channel.privacy.export(WHO, "sam")

    (held,) = (each["sms"] for each in exported["conversations"] if "sms" in each)
    moment = START.isoformat(timespec="seconds") + "Z"
    assert held == {
        "first_seen_at": moment,
        "last_seen_at": moment,
        "introduced_at": moment,
        "opted_out_at": None,
        "language": "en",
        "consents": [],
        "received": [{"received_at": moment, "state": "answered"}],
        "sent": [{"created_at": moment, "kind": "answer", "state": "queued", "sent_at": None, "delivered_at": None}],
    }
    assert [each["value"] for each in exported["contacts"]] == [PHONE]


@pytest.mark.parametrize("later", [timedelta(0), NUMBER_LIFETIME + timedelta(days=1)])
def test_who_texted_is_forgotten_and_nobody_else_even_when_the_number_is_gone(
    channel: Channel, later: timedelta
) -> None:
    channel.text(PHONE)
    channel.clock.now += later
    purge(channel.bound, channel.clock(), Periods())
    channel.text(OTHER)
    channel.privacy.forget(WHO, "sam")

    for table in (senders, inbox, outbox):
        assert channel.senders_in(table) == [channel.name(OTHER)]
    with channel.bound.connect() as connection:
        assert connection.execute(sa.select(contact_vault.c.conversation_id)).scalars().all() == [
            f"sms-{channel.name(OTHER)}"
        ]


def test_who_wants_no_texts_is_remembered_for_just_that(channel: Channel) -> None:
    channel.text(PHONE)
    channel.text(PHONE, "STOP")
    channel.privacy.forget(WHO, "sam")

    assert channel.senders_in(senders) == channel.senders_in(consents) == [channel.name(PHONE)]
    assert channel.senders_in(inbox) == channel.senders_in(outbox) == []
    with channel.bound.connect() as connection:
        row = connection.execute(sa.select(senders)).one()
    assert (row.opted_out_at, row.sealed_offer, row.language) == (START, None, None)


def test_what_is_over_is_purged_and_what_is_not_stays(channel: Channel) -> None:
    channel.text(PHONE)
    channel.clock.advance(days=29)
    channel.text(OTHER)
    channel.clock.advance(days=1)
    purge(channel.bound, channel.clock(), Periods())

    for table in (senders, inbox, outbox):
        assert channel.senders_in(table) == [channel.name(OTHER)]


def test_old_texts_of_who_goes_on_writing_are_purged(channel: Channel) -> None:
    channel.text(PHONE)
    channel.clock.advance(days=30)
    channel.text(PHONE)
    purge(channel.bound, channel.clock(), Periods())

    with channel.bound.connect() as connection:
        assert connection.execute(sa.select(inbox.c.message_sid)).scalars().all() == ["SM2"]
        assert connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar() == 1
    assert channel.senders_in(senders) == [channel.name(PHONE)]
