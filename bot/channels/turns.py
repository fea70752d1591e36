"""One turn on the website: from a checked message to the answer that the API gives.

A turn runs in a task of its own: a browser that goes away in the middle finds its answer when it asks again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.body import Incoming
from bot.channels.commands import neutralised
from bot.channels.conversations import Answer, ConversationStore
from bot.channels.errors import BadRequestError, UnauthorisedError
from bot.channels.offload import Offload
from bot.channels.ordering import Ordering
from bot.channels.output import CollectedOutput, merged
from bot.handoff.contacts import Kind, replaced
from bot.handoff.vault import ContactVault
from bot.server.messages import ChatMessage, FormMessage
from bot.server.quiet import place_of

TURN_SECONDS = 8.0
CHANNEL = "website"
UNREAD = "[…]"
"""Shown for a message of which nobody knows whether it holds what only the vault may keep."""
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
logger = logging.getLogger(__name__)


class TurnTimeoutError(Exception):
    """The bot took longer than anybody waits."""


class Turns:
    """Answers messages, those of one conversation in order, and each id once."""

    def __init__(
        self,
        store: ConversationStore,
        vault: ContactVault,
        offload: Offload,
        apology: Answer,
        seconds: float = TURN_SECONDS,
    ) -> None:
        self._store = store
        self._vault = vault
        self._offload = offload
        self._apology = apology
        self._seconds = seconds
        self._ordering = Ordering()
        # asyncio itself holds a task only weakly.
        self._running: set[asyncio.Task[Any]] = set()

    async def answer(self, conversation: str, incoming: Incoming, bot: OnNewMessage) -> Answer:
        """Answer a message, or give the answer that its id was given before.

        Raises:
            BadRequestError: It presses a button that was not offered.
            TooManyError: Too many messages of this conversation wait already.
            UnauthorisedError: The conversation was ended.
        """
        turn = asyncio.create_task(self._in_order(conversation, incoming, bot))
        self._running.add(turn)
        turn.add_done_callback(self._running.discard)
        return await asyncio.shield(turn)

    async def _in_order(self, conversation: str, incoming: Incoming, bot: OnNewMessage) -> Answer:
        async with self._ordering.turn_of(conversation):
            ended, given = await self._offload(self._store.look_up, conversation, incoming.id)
            if ended:
                raise UnauthorisedError
            return given or await self._first_time(conversation, incoming, bot)

    async def _first_time(self, conversation: str, incoming: Incoming, bot: OnNewMessage) -> Answer:
        message, shown = await self._offload(self._read, conversation, incoming)
        await self._offload(self._store.ask, conversation, incoming.id)
        said = message.text
        answer = await self._ask(bot, message)
        await self._keep(conversation, incoming.id, _shown(message, said, shown), answer)
        return answer

    def _read(self, conversation: str, incoming: Incoming) -> tuple[ChatMessage, str]:
        """What the bot is told, and what the conversation shows unless the bot seals something of it."""
        own = (CollectedOutput(), conversation)
        if incoming.form is not None:
            return FormMessage(incoming.form, *own, input_channel=CHANNEL), UNREAD
        if incoming.payload is not None:
            title = self._title(conversation, incoming.payload)
            return ChatMessage(incoming.payload, *own, input_channel=CHANNEL), title
        text = replaced(incoming.text or "", lambda kind, value: self._token(conversation, kind, value))
        return ChatMessage(neutralised(text), *own, input_channel=CHANNEL), text

    def _title(self, conversation: str, payload: str) -> str:
        title = self._store.offered(conversation).get(payload)
        if title is None:
            raise BadRequestError("That button is not on offer; please type your question.")
        return title

    def _token(self, conversation: str, kind: Kind, value: str) -> str:
        try:
            return self._vault.keep(conversation, kind, value)
        except Exception as error:
            # Whatever happens to the vault, the number itself goes no further.
            logger.error("Contact data could not be sealed: %s", place_of(error))
            return kind

    async def _ask(self, bot: OnNewMessage, message: ChatMessage) -> Answer:
        output: CollectedOutput = message.output_channel
        try:
            await self._within_budget(bot(message))
            message.was_read = True
        except Exception as error:
            logger.error("A turn failed: %s", place_of(error))
            # What an action has answered stands: it may be the emergency message.
            return merged(output.said) if output.has_answer else self._apology
        return merged(output.said) if output.said else self._apology

    async def _within_budget(self, turn: Awaitable[Any]) -> None:
        """Wait for the turn, but not for its end once it is cancelled: that may hang as well."""
        task = asyncio.ensure_future(turn)
        try:
            done, _ = await asyncio.wait({task}, timeout=self._seconds)
        finally:
            task.cancel()
            task.add_done_callback(_forget_outcome)
        if not done or task.cancelled():
            raise TurnTimeoutError
        task.result()

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


def _forget_outcome(task: asyncio.Future[Any]) -> None:
    """Look at the outcome of a turn that nobody waits for, or asyncio would log it with all that it says."""
    if not task.cancelled():
        task.exception()
