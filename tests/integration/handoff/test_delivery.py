"""From the outbox to real servers that refuse for long: everything arrives afterwards, by age, under one id each."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import Engine

from bot.handoff.delivery.mail import Mail
from bot.handoff.delivery.mail import MailServer as Address
from bot.handoff.delivery.notifier import Notifier
from bot.handoff.delivery.webhook import Webhook
from bot.handoff.outbox import Outbox
from bot.handoff.requests import RequestStore
from bot.handoff.worker import Worker
from tests.handoff import Clock
from tests.integration.handoff.conftest import File
from tests.integration.handoff.servers import MailServer, Receiver

DAY_IN_STEPS = 24 * 12
STEP = timedelta(minutes=5)
PATIENCE = 60.0
"""Seconds: the servers here answer or hang up at once, but the machine may be slow."""


def worker(bound: Engine, clock: Clock, way: str, notifier: Notifier) -> Worker:
    return Worker(Outbox(bound, clock), {way: notifier})


def mailer(server: MailServer) -> Mail:
    zone = ZoneInfo("America/Edmonton")
    return Mail(Address.at(server.url), "chat@clinic.example", ("desk@clinic.example",), "Demo Clinic", zone, PATIENCE)


async def pass_time(working: Worker, clock: Clock, steps: int, file: File | None = None) -> list[str]:
    """Let the worker work through simulated time; with ``file``, somebody asks every two hours."""
    filed = []
    for step in range(steps):
        if file and step % 24 == 0:
            filed.append(file())
        clock.now += STEP
        await working.deliver_due()
    return filed


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "fault",
    [None, ("greeting", "421 Too busy"), ("rcpt", "450 Later"), ("rcpt", "550 Relaying denied"), ("data", "drop")],
    ids=lambda fault: "refused" if fault is None else " ".join(fault),
)
async def test_after_a_day_of_refusal_every_mail_arrives_the_oldest_first(
    migrated: Engine, store: RequestStore, file: File, mail: MailServer, clock: Clock, fault: tuple[str, str] | None
) -> None:
    working = worker(migrated, clock, "mail", mailer(mail))
    mail.fault = fault
    if fault is None:
        await mail.stop()
    filed = await pass_time(working, clock, DAY_IN_STEPS, file)
    assert len(filed) == 12
    assert mail.mails == []
    tries = store.listed()[0].deliveries[0].attempts
    assert 48 <= tries <= 110  # for a day, with half an hour at most between two

    mail.fault = None
    if fault is None:
        await mail.start()
    await pass_time(working, clock, steps=7)
    assert [mail["Subject"] for mail in mail.mails] == [f"Request {reference}" for reference in filed]
    assert {request.state for request in store.listed()} == {"passed_on"}


@pytest.mark.no_cover
async def test_after_a_day_of_refused_content_every_mail_arrives(
    migrated: Engine, file: File, mail: MailServer, clock: Clock
) -> None:
    working = worker(migrated, clock, "mail", mailer(mail))
    mail.fault = ("data", "554 Not this one")
    filed = await pass_time(working, clock, DAY_IN_STEPS, file)
    mail.fault = None
    await pass_time(working, clock, steps=7)
    assert sorted(mail["Subject"] for mail in mail.mails) == sorted(f"Request {reference}" for reference in filed)


async def test_a_mail_that_arrived_unnoticed_is_repeated_under_its_id_and_counted(
    migrated: Engine, store: RequestStore, file: File, mail: MailServer, clock: Clock
) -> None:
    working = worker(migrated, clock, "mail", mailer(mail))
    file()
    mail.fault, mail.keeps_what_it_fails = ("data", "drop"), True
    await working.deliver_due()
    mail.fault = None
    await pass_time(working, clock, steps=1)
    first, second = mail.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert (first["X-Tandem-Attempt"], second["X-Tandem-Attempt"]) == ("1", "2")
    assert [request.deliveries[0].attempts for request in store.listed()] == [2]


async def test_a_webhook_that_arrived_unnoticed_is_repeated_under_its_id_and_counted(
    migrated: Engine, store: RequestStore, file: File, receiver: Receiver, clock: Clock
) -> None:
    store._ways = ("webhook",)
    working = worker(migrated, clock, "webhook", Webhook(receiver.url, "a webhook secret for tests", PATIENCE))
    file()
    receiver.fault = "drop"
    await working.deliver_due()
    receiver.fault = None
    await pass_time(working, clock, steps=1)
    (first, body), (second, again) = receiver.requests
    assert (first["tandem-delivery"], body) == (second["tandem-delivery"], again)
    assert (first["tandem-attempt"], second["tandem-attempt"]) == ("1", "2")
    assert {request.state for request in store.listed()} == {"passed_on"}


async def test_after_five_days_a_mail_is_given_up_and_staff_can_have_it_tried_again(
    migrated: Engine, store: RequestStore, file: File, mail: MailServer, clock: Clock
) -> None:
    working = worker(migrated, clock, "mail", mailer(mail))
    mail.fault = ("greeting", "421 Too busy")
    reference = file()
    for _ in range(5 * 24):
        clock.advance(hours=1)
        await working.deliver_due()
    assert store.listed()[0].is_stuck
    mail.fault = None
    await pass_time(working, clock, steps=12)
    assert mail.mails == []
    store.retry(reference, "staff")
    await working.deliver_due()
    assert [mail["Subject"] for mail in mail.mails] == [f"Request {reference}"]
    assert store.listed()[0].state == "passed_on"
