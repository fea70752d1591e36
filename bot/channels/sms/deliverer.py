"""Sends what is due, a sender's texts in order, and keeps what became of each."""

from __future__ import annotations

import asyncio
import logging

from bot.channels.offload import Offload
from bot.channels.sms.outbox import Letter, Outbox
from bot.channels.sms.sending import InDoubt, NotSent, Outcome, Sent, TwilioSender
from bot.logs import place_of

STOPPED = "stopped"
logger = logging.getLogger(__name__)


class Deliverer:
    """Takes texts from the outbox to Twilio."""

    def __init__(self, outbox: Outbox, sender: TwilioSender, offload: Offload) -> None:
        self._outbox = outbox
        self._sender = sender
        self._offload = offload

    async def due(self) -> list[str]:
        """The senders for whom a text can be sent now."""
        return await self._offload(self._outbox.due)

    async def deliver(self, sender: str) -> bool:
        """Send a sender's oldest text that is due; False where there is none."""
        letter = await self._offload(self._outbox.take, sender)
        if letter is None:
            return False
        try:
            outcome = await self._sender.send(letter)
        except asyncio.CancelledError:
            self._keep(letter, InDoubt(STOPPED))
            raise
        await self._offload(self._keep, letter, outcome)
        return True

    def _keep(self, letter: Letter, outcome: Outcome) -> None:
        try:
            self._note(letter, outcome)
        except Exception as error:
            # It stays "being sent", and becomes a dead letter when its claim has run out: never a second text.
            logger.error("What became of a text could not be kept: %s", place_of(error))

    def _note(self, letter: Letter, outcome: Outcome) -> None:
        if isinstance(outcome, Sent):
            self._outbox.sent(letter, outcome.twilio_sid)
        elif isinstance(outcome, NotSent):
            self._outbox.not_sent(letter, outcome.problem)
        elif isinstance(outcome, InDoubt):
            self._outbox.in_doubt(letter, outcome.problem)
        else:
            self._outbox.refused(letter, outcome.problem)
