"""One turn on the website: from a checked message to the answer that the API gives.

A turn runs in a task of its own: a browser that goes away in the middle finds its answer when it asks again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from bot.channels.asking import TURN_SECONDS, OnNewMessage, said_by, without_contacts
from bot.channels.body import Incoming
from bot.channels.commands import neutralised
from bot.channels.conversations import Answer, ConversationStore
from bot.channels.errors import BadRequestError, UnauthorisedError
from bot.channels.offload import Offload
from bot.channels.ordering import Ordering
from bot.channels.output import CollectedOutput, merged
from bot.consult.timeline.date_card import card_in_words, card_message, days_by_treatment
from bot.consult.types import Language
from bot.handoff.vault import ContactVault
from bot.languages import HINT
from bot.logs import place_of
from bot.nlu.services import services
from bot.server.messages import ChatMessage, FormMessage

CHANNEL = "website"
AT_ONCE_BY_ADDRESS, WAITING_BY_ADDRESS = 1, 60
"""How many turns of one address are under way at the same time, and how many may wait: a clinic's guests share one.

A turn is nearly all computing, so that a second one at the same time would end no sooner, but hold up everybody else.
"""
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
        apology: Callable[[Language], Answer],
        seconds: float = TURN_SECONDS,
    ) -> None:
        self._store = store
        self._vault = vault
        self._offload = offload
        self._apology = apology
        self._seconds = seconds
        self._ordering = Ordering()
        self._by_address = Ordering(AT_ONCE_BY_ADDRESS, WAITING_BY_ADDRESS)
        # asyncio itself holds a task only weakly.
        self._running: set[asyncio.Task[Any]] = set()

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
        turn = asyncio.create_task(self._in_order(conversation, incoming, bot, address))
        self._running.add(turn)
        turn.add_done_callback(self._running.discard)
        return await asyncio.shield(turn)

    async def _in_order(self, conversation: str, incoming: Incoming, bot: OnNewMessage, address: str | None) -> Answer:
        place = self._by_address.turn_of(address) if address else nullcontext()
        async with self._ordering.turn_of(conversation), place:
            ended, given = await self._offload(self._store.look_up, conversation, incoming.id)
            if ended:
                raise UnauthorisedError
            return given or await self._first_time(conversation, incoming, bot)

    async def _first_time(self, conversation: str, incoming: Incoming, bot: OnNewMessage) -> Answer:
        message, shown = await self._offload(self._read, conversation, incoming)
        await self._offload(self._store.ask, conversation, incoming.id)
        said = message.text
        answer = await self._ask(bot, message) or self._apology(self._language(incoming))
        await self._keep(conversation, incoming.id, _shown(message, said, shown), answer)
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

    async def _ask(self, bot: OnNewMessage, message: ChatMessage) -> Answer | None:
        said = await said_by(bot, message, self._seconds)
        return merged(said) if said else None

    @staticmethod
    def _language(incoming: Incoming) -> Language:
        """The language to apologise in: nobody could look what the conversation's is."""
        return services().reader.teller.language(incoming.text or "", incoming.language)

    async def _keep(self, conversation: str, client_id: str, text: str, answer: Answer) -> None:
        try:
            await self._offload(self._store.answer, conversation, client_id, text, answer)
        except Exception as error:
            # The user gets the answer all the same; only a repeated id would be asked again.
            logger.error("An answer could not be kept: %s", place_of(error))


def _shown(message: ChatMessage, said: str | None, shown: str) -> str:
    """What the conversation shows of a message: without what was sealed, and nothing where nobody read it."""
    if message.text != said:
        return str(message.text)
    return shown if message.was_read else UNREAD
