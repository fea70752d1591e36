"""One turn on the website: from a checked message to the answer that the API gives.

A turn runs in a task of its own: a browser that goes away in the middle finds its answer when it asks again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

from bot.channels.asking import (
    KEEPING_SECONDS,
    TURN_SECONDS,
    OnNewMessage,
    TurnTimeoutError,
    forget_outcome,
    said_by,
    without_contacts,
)
from bot.channels.body import Incoming
from bot.channels.commands import neutralised
from bot.channels.conversations import Answer, ConversationStore
from bot.channels.errors import ApiError, BadRequestError, UnauthorisedError
from bot.channels.exclusive import ConversationLocks
from bot.channels.offload import Offload
from bot.channels.ordering import Ordering
from bot.channels.output import ALARMS, CollectedOutput, merged
from bot.consult.timeline.date_card import card_in_words, card_message, days_by_treatment
from bot.handoff.vault import ContactVault
from bot.languages import HINT
from bot.logs import place_of
from bot.server.conversations.unkept import Unkept
from bot.server.messages import ChatMessage, FormMessage

CHANNEL = "website"
AT_ONCE_BY_ADDRESS, WAITING_BY_ADDRESS = 1, 60
"""How many turns of one address are under way at the same time, and how many may wait: a clinic's guests share one.

A turn is nearly all computing, so that a second one at the same time would end no sooner, but hold up everybody else.
"""
LAST_MOMENT = 0.2
"""Seconds before the end at which an answer is given that is not kept yet."""
UNREAD = "[…]"
"""Shown for a message of which nobody knows whether it holds what only the vault may keep."""
logger = logging.getLogger(__name__)


class Turns:
    """Answers messages, those of one conversation in order, and each id once."""

    def __init__(
        self,
        store: ConversationStore,
        vault: ContactVault,
        offload: Offload,
        locks: ConversationLocks,
        sorry: Callable[[Incoming], Answer],
        seconds: float = TURN_SECONDS,
    ) -> None:
        self._store = store
        self._vault = vault
        self._offload = offload
        self._locks = locks
        self._sorry = sorry
        self._seconds = seconds
        self._ordering = Ordering()
        self._by_address = Ordering(AT_ONCE_BY_ADDRESS, WAITING_BY_ADDRESS)
        self._unkept = Unkept()
        # asyncio itself holds a task only weakly.
        self._running: set[asyncio.Task[Any]] = set()

    async def drain(self, seconds: float) -> None:
        """Let the turns that are under way end, and keep what they answered: for a server that stops."""
        until = time.monotonic() + seconds
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        await self._unkept.drain(max(0.0, until - time.monotonic()))

    async def answer(
        self, conversation: str, incoming: Incoming, bot: OnNewMessage, address: str | None = None
    ) -> Answer:
        """Answer a message, or give the answer that its id was given before.

        Args:
            conversation: The conversation that the message belongs to.
            incoming: The message.
            bot: Rasa's way in.
            address: Whose limit it counts for, if anybody's by address: one address never holds up all others.

        Raises:
            BadRequestError: It presses a button that was not offered.
            TooManyError: Too many messages of this conversation, or from this address, wait already.
            UnauthorisedError: The conversation was ended.
        """
        # The place is the turn's own: whoever hangs up in the middle gets no other one earlier.
        until = time.monotonic() + self._seconds
        turn = asyncio.create_task(self._in_order(conversation, incoming, bot, address, until))
        self._running.add(turn)
        turn.add_done_callback(self._over)
        done, _ = await asyncio.wait({turn}, timeout=self._seconds)
        if not done:
            # What has begun is kept all the same, and found by whoever sends the same id again.
            return self._sorry(incoming)
        try:
            return turn.result() or self._sorry(incoming)
        except ApiError:
            raise
        except Exception as error:
            # Whoever writes must still read whom to call; the id can be sent again.
            logger.error("A message could not be answered: %s", place_of(error))
            return self._sorry(incoming)

    def _over(self, turn: asyncio.Task[Any]) -> None:
        self._running.discard(turn)
        if not turn.cancelled():
            turn.exception()  # looked at, or asyncio would log it

    async def _in_order(
        self, conversation: str, incoming: Incoming, bot: OnNewMessage, address: str | None, until: float
    ) -> Answer | None:
        place = self._by_address.turn_of(address) if address else nullcontext()
        async with self._ordering.turn_of(conversation), place, self._locks.hold(conversation):
            ended, given = await self._offload(self._look_up, conversation, incoming.id)
            if ended:
                raise UnauthorisedError
            return given or await self._first_time(conversation, incoming, bot, until)

    def _look_up(self, conversation: str, client_id: str) -> tuple[bool, Answer | None]:
        self._unkept.settle(conversation)
        return self._store.look_up(conversation, client_id)

    async def _first_time(
        self, conversation: str, incoming: Incoming, bot: OnNewMessage, until: float
    ) -> Answer | None:
        """The answer, kept; None where there is none: the same id is asked anew."""
        message, shown = await self._offload(self._read, conversation, incoming)
        await self._offload(self._store.ask, conversation, incoming.id)
        said = message.text
        left = until - time.monotonic() - KEEPING_SECONDS
        if left <= 0:
            raise TurnTimeoutError
        answer = merged(await said_by(bot, message, left))
        if not answer["messages"]:
            return None
        if message.output_channel.is_apology:
            sorry = self._sorry(incoming)
            return sorry if sorry["topic"] in ALARMS else answer
        await self._keep(conversation, incoming.id, _shown(message, said, shown), answer, until)
        return answer

    def _read(self, conversation: str, incoming: Incoming) -> tuple[ChatMessage, str]:
        """What the bot is told, and what the conversation shows unless the bot seals something of it."""
        own = (CollectedOutput(), conversation)
        named = {"input_channel": CHANNEL, "metadata": {HINT: incoming.language}}
        if incoming.form is not None:
            return FormMessage(incoming.form, *own, **named), UNREAD
        if incoming.dates is not None:
            days = days_by_treatment(incoming.dates)
            return ChatMessage(card_message(days), *own, **named), card_in_words(days)
        if incoming.payload is not None:
            title = self._title(conversation, incoming.payload)
            return ChatMessage(incoming.payload, *own, **named), title
        text = without_contacts(self._vault, conversation, incoming.text or "")
        return ChatMessage(neutralised(text), *own, **named), text

    def _title(self, conversation: str, payload: str) -> str:
        title = self._store.offered(conversation).get(payload)
        if title is None:
            raise BadRequestError("That button is not on offer; please type your question.")
        return title

    async def _keep(self, conversation: str, client_id: str, text: str, answer: Answer, until: float) -> None:
        """Keep an answer before it is given; where the database is away, as soon as it is back."""
        write = partial(self._store.answer, conversation, client_id, text, answer)
        keeping = asyncio.ensure_future(self._offload(write))
        done, _ = await asyncio.wait({keeping}, timeout=max(0.0, until - time.monotonic() - LAST_MOMENT))
        error = keeping.exception() if done else None
        if not done or error:
            keeping.add_done_callback(forget_outcome)
            logger.warning("An answer will be kept later: %s", place_of(error) if error else "no answer yet")
            self._unkept.add(conversation, write)


def _shown(message: ChatMessage, said: str | None, shown: str) -> str:
    """What the conversation shows of a message: without what was sealed, and nothing where nobody read it."""
    if message.text != said:
        return str(message.text)
    return shown if message.was_read else UNREAD
