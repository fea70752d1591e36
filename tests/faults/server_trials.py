"""Kills the whole served bot at random moments between the form's last answer and the delivered mail."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import jwt
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.database import engine
from bot.handoff.outbox import LEASE
from bot.handoff.tables import outbox, requests
from scripts.free_port import free_port
from tests.e2e.bots import Bot, Talk
from tests.faults.mailbox import Mailbox
from tests.faults.report import Report

SOONEST, LATEST = 0.005, 2.5
"""When the bot is killed, in seconds after the last answer is sent; drawn evenly over the scale."""
DRAIN_SECONDS = LEASE.total_seconds() + 60
REFERENCE = re.compile(r"TD-[34679CFHJKMPRTWXY]{4,}")
FORM = {"name": "Testname Example", "phone": "403 555 0110", "email": "", "time": "", "note": ""}


@dataclass
class Asking:
    """One person's request, from the first message to the confirmation."""

    talk: Talk
    conversation: str
    message_id: str
    confirmed: list[str] = field(default_factory=list)

    def send(self) -> None:
        """Send the form's last answer, the same each time, and note what the bot confirms."""
        body = {"id": self.message_id, "form": FORM}
        try:
            answer = self.talk.http.post("/webhooks/website/messages", json=body, headers=self.talk.headers)
            self.confirmed += REFERENCE.findall(answer.text)[:1]
        except httpx.HTTPError:
            pass  # killed before it answered


def run(folder: Path, mailbox: Mailbox, trials: int, tell: Callable[[int], None] = lambda _: None) -> Report:
    """Run the trials; who got no answer sends the same message again to the next bot."""
    settings = {"TANDEM_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}", "TANDEM_MAIL_TO": "desk@clinic.example"}
    bot = Bot(folder, free_port(), settings)
    bound = engine(f"sqlite:///{folder / 'tandem.db'}")
    report = Report(trials=trials)
    everybody: list[Asking] = []
    for trial in range(trials):
        with _living(bot):
            _ask_again(everybody)
            everybody.append(_asking(bot))
            _send_and_wait(everybody[-1])
        report.fell[_where(bound, everybody[-1])] += 1
        _compare(bound, report, everybody)
        tell(trial + 1)
    with _living(bot):
        _ask_again(everybody)
        _drain(bound, report)
    _compare(bound, report, everybody)
    report.note_mails(mailbox.arrived)
    bound.dispose()
    return report


@contextmanager
def _living(bot: Bot) -> Iterator[None]:
    """A served bot, killed at the end."""
    bot.start()
    try:
        yield
    finally:
        assert bot.process
        bot.process.kill()
        bot.process.wait()


def _asking(bot: Bot) -> Asking:
    """Somebody who has asked for a person and said yes to what is kept of them."""
    talk = bot.talk()
    asked = talk.say("can someone call me?")
    payloads = {each["title"]: each["payload"] for message in asked["messages"] for each in message["buttons"]}
    talk.send(payload=payloads["Yes"])
    token = talk.headers["Authorization"].removeprefix("Bearer ")
    conversation = jwt.decode(token, options={"verify_signature": False})["sub"]
    return Asking(talk, conversation, "last")


def _send_and_wait(asking: Asking) -> None:
    threading.Thread(target=asking.send, daemon=True).start()
    time.sleep(SOONEST * (LATEST / SOONEST) ** random.random())


def _ask_again(everybody: list[Asking]) -> None:
    for asking in everybody:
        if not asking.confirmed:
            asking.send()


def _where(bound: Engine, asking: Asking) -> str:
    """Where the kill fell in the life of the request."""
    time.sleep(0.1)  # for an answer that was sent before the kill to be read
    joined = requests.outerjoin(outbox, outbox.c.request_id == requests.c.id)
    kept = sa.select(outbox.c.attempts, outbox.c.delivered_at).select_from(joined)
    with bound.connect() as connection:
        row = connection.execute(kept.where(requests.c.conversation_id == asking.conversation)).first()
    if row is None:
        return "1 before the request was kept"
    if row.delivered_at:
        return "5 after the delivery was noted"
    if not asking.confirmed:
        return "2 after it was kept, before it was confirmed"
    return "4 while it was delivered" if row.attempts else "3 after it was confirmed, before its delivery"


def _compare(bound: Engine, report: Report, everybody: list[Asking]) -> None:
    """Hold what was confirmed against what is in the table."""
    with bound.connect() as connection:
        rows = connection.execute(sa.select(requests.c.conversation_id, requests.c.reference)).all()
    kept = {(row.conversation_id, row.reference) for row in rows}
    for asking in everybody:
        report.confirmed |= set(asking.confirmed)
        missing = [each for each in asking.confirmed if (asking.conversation, each) not in kept]
        report.confirmed_without_row += missing
    conversations = [row.conversation_id for row in rows]
    report.confirmed_twice = sorted({each for each in conversations if conversations.count(each) > 1})


def _drain(bound: Engine, report: Report) -> None:
    """Wait until all is delivered, also what killed bots held."""
    undelivered = sa.select(requests.c.reference).join(outbox, outbox.c.request_id == requests.c.id)
    undelivered = undelivered.where(outbox.c.delivered_at.is_(None))
    until = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < until:
        with bound.connect() as connection:
            report.undelivered = list(connection.execute(undelivered).scalars())
        if not report.undelivered:
            return
        time.sleep(1)
