"""Kills the whole served bot at random moments between a text that arrived and the one that answers it."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.channels.sms.tables import inbox, outbox
from bot.database import engine
from scripts.free_port import free_port
from tests.e2e.bots import Bot, wait_until
from tests.e2e.phones import Api, Phone, answers_are_out

SOONEST, LATEST = 0.003, 1.5
"""When the bot is killed, in seconds after the text is delivered; drawn evenly over the scale."""
NUMBERS = 20
QUESTION = "how long does botox last?"


@dataclass
class Report:
    """Where the kills fell, and what must be empty."""

    trials: int = 0
    fell: Counter[str] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)
    """Messages for which the bot answered 204."""
    ended: Counter[str] = field(default_factory=Counter)
    """What became of them."""
    faults: dict[str, list[str]] = field(default_factory=dict)

    def lines(self, title: str) -> list[str]:
        """The counts, to be read."""
        where = [f"  killed {place}: {count}" for place, count in sorted(self.fell.items())]
        ends = [f"  {what}: {count}" for what, count in sorted(self.ended.items())]
        wrong = [f"  {what}: {len(which)}" for what, which in self.faults.items()]
        return [f"{title}: {self.trials} trials", *where, f"  texts taken: {len(self.taken)}", *ends, *wrong]


def run(folder: Path, api: Api, trials: int, tell: Callable[[int], None] = lambda _: None) -> Report:
    """Run the trials; what no bot has taken is not delivered again, so that each text has one chance."""
    bot = Bot(folder, free_port(), api.settings)
    bound = engine(f"sqlite:///{folder / 'tandem.db'}")
    report = Report(trials=trials)
    for trial in range(trials):
        bot.start()
        phone = Phone(bot, api, f"+140355501{trial % NUMBERS:02d}")
        fields = phone.fields(QUESTION)
        threading.Thread(target=_deliver, args=(phone, fields, report.taken), daemon=True).start()
        time.sleep(SOONEST * (LATEST / SOONEST) ** random.random())
        _kill(bot)
        report.fell[_where(bound, fields["MessageSid"])] += 1
        tell(trial + 1)
    bot.start()
    wait_until(lambda: answers_are_out(bound))
    bot.stop()
    _judge(bound, api, report)
    bound.dispose()
    return report


def _deliver(phone: Phone, fields: dict[str, str], taken: set[str]) -> None:
    try:
        if phone.deliver(fields) == 204:
            taken.add(fields["MessageSid"])
    except httpx.HTTPError:
        pass  # killed before it answered: Twilio would know that too


def _kill(bot: Bot) -> None:
    assert bot.process
    bot.process.kill()
    bot.process.wait()
    time.sleep(0.1)  # for an answer that was sent before the kill to be read


def _where(bound: Engine, message_sid: str) -> str:
    joined = inbox.outerjoin(outbox, outbox.c.inbox_id == inbox.c.id)
    kept = sa.select(outbox.c.state).select_from(joined).where(inbox.c.message_sid == message_sid)
    with bound.connect() as connection:
        row = connection.execute(kept).first()
    if row is None:
        return "1 before the text was kept"
    places = {None: "2 before it was answered", "queued": "3 before the answer was sent", "sending": "4 in mid-sending"}
    return places.get(row.state, "5 after the answer was sent")


def _judge(bound: Engine, api: Api, report: Report) -> None:
    with bound.connect() as connection:
        states = _states(connection)
    report.ended = Counter(states[sid] for sid in report.taken if sid in states)
    found = _faults(states, report.taken, Counter(each["StatusCallback"] for each in api.got))
    report.faults = {what: which for what, which in found.items() if which}


def _faults(states: Mapping[str, str | None], taken: Collection[str], sent: Counter[str]) -> dict[str, list[str]]:
    return {
        "taken and lost": sorted(set(taken) - set(states)),
        "neither answered nor a dead letter": sorted(sid for sid, state in states.items() if state is None),
        "answered twice": [callback for callback, count in sent.items() if count > 1],
        "more answers than texts": [str(len(sent))] if len(sent) > len(states) else [],
    }


def _states(connection: Connection) -> dict[str, str | None]:
    """What became of each text that was kept: answered, or a dead letter; None where it is neither."""
    joined = inbox.outerjoin(outbox, outbox.c.inbox_id == inbox.c.id)
    rows = connection.execute(sa.select(inbox.c.message_sid, inbox.c.state, outbox.c.state).select_from(joined))
    return {sid: _end(message, answer) for sid, message, answer in rows}


def _end(message: str, answer: str | None) -> str | None:
    if answer in ("sent", "delivered"):
        return "answered"
    return "a dead letter" if "dead" in (message, answer) else None
