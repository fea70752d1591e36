"""Texts with the bot in this terminal, exactly as a phone would see it: the channel's own parts, without Twilio.

For staff who want to see wording and length. It has a database of its own that is gone afterwards.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import gsm7
from bot.channels.exclusive import ConversationLocks
from bot.channels.offload import Offload
from bot.channels.sms.answering import Answering
from bot.channels.sms.inbox import Inbox
from bot.channels.sms.limits import Caps, Limits
from bot.channels.sms.outbox import Outbox
from bot.channels.sms.received import Received
from bot.channels.sms.reception import Reception
from bot.channels.sms.red_flags import is_red_flag
from bot.channels.sms.seal import Seal
from bot.channels.sms.wording import Wording
from bot.clinic import read_clinic
from bot.clock import utc_now
from bot.database import engine
from bot.handoff.vault import ContactVault
from bot.server.agent import load_agent, warm_up
from bot.server.model_file import MODEL_FILE
from bot.server.prepare import prepare
from bot.settings import Settings

NUMBER = "+14035550100"
"""A number that is nobody's."""
ENOUGH = 1_000_000


def simulate(lines: Iterable[str], show: Callable[[str], None]) -> None:
    """Answer each line as a text message.

    Args:
        lines: What is texted, one message a line.
        show: Takes each answer and its length, to be shown.

    Raises:
        TandemError: The model, the knowledge or the clinic's profile is not there.
    """
    with _own_database() as settings:
        prepare(settings)
        asyncio.run(_texted(settings, lines, show))


async def _texted(settings: Settings, lines: Iterable[str], show: Callable[[str], None]) -> None:
    bound, secret, clinic = engine(settings.database_url), settings.secret_key(), read_clinic(settings.clinic_file)
    vault, seal = ContactVault(bound, secret), Seal(secret)
    outbox, limits = Outbox(bound, vault, seal), Limits(Caps(ENOUGH, ENOUGH, ENOUGH), utc_now)
    reception = Reception(bound, vault, seal, outbox, limits, Wording(clinic), is_red_flag)
    agent = load_agent(settings, MODEL_FILE)
    await warm_up(agent)
    inbox = Inbox(bound, seal, outbox, limits)
    answering = Answering(
        inbox, vault, Offload(bound), ConversationLocks(bound), clinic, agent.handle_message, is_red_flag
    )
    for line in lines:
        reception.accept(Received(secrets.token_hex(8), secrets.token_hex(8), NUMBER, line.rstrip("\n"), 0, False))
        async for answer in _answers(answering, outbox, vault.senders.of(NUMBER)):
            show(answer)
    bound.dispose()


async def _answers(answering: Answering, outbox: Outbox, sender: str) -> AsyncIterator[str]:
    while await answering.answer(sender):
        pass
    letter = outbox.take(sender)
    if letter is None:
        yield "(no text is sent)"
        return
    outbox.sent(letter, letter.delivery_id)
    count = gsm7.segments(letter.body)
    yield f"{letter.body}\n({len(letter.body)} characters, {count} {'segment' if count == 1 else 'segments'})"


@contextmanager
def _own_database() -> Iterator[Settings]:
    """Settings with an empty database; the actions of this process read theirs from the environment too."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TANDEM_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'simulated.db'}"
        yield Settings.from_environment()
