"""Asks the bot, for every channel: within a time, whatever goes wrong, and with contact data hidden from it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.output import CollectedOutput
from bot.handoff.contacts import Kind, replaced
from bot.handoff.vault import ContactVault
from bot.logs import place_of
from bot.server.conversations.store import GoneOnError
from bot.server.messages import ChatMessage

TURN_SECONDS = 7.0
"""How long a turn may take, with everything before and after it: then whoever waits is told something."""
KEEPING_SECONDS = 1.0
"""What of it is left for keeping the answer."""
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
logger = logging.getLogger(__name__)


class TurnTimeoutError(Exception):
    """The bot took longer than anybody waits."""


async def said_by(bot: OnNewMessage, message: ChatMessage, seconds: float = TURN_SECONDS) -> list[dict[str, Any]]:
    """All that the bot says to a message; empty where it failed before it had an answer."""
    output: CollectedOutput = message.output_channel
    try:
        await _within(seconds, bot(message))
        message.was_read = True
    except GoneOnError:
        # Another process answers this conversation: it must not hear what it will not remember.
        logger.error("A turn was overtaken by another process and is not kept.")
        return output.said if output.is_alarm else []
    except Exception as error:
        logger.error("A turn failed: %s", place_of(error))
        # What an action has answered stands: it may be the emergency message.
        return output.said if output.has_answer else []
    return output.said


def without_contacts(vault: ContactVault, conversation: str, text: str) -> str:
    """A text with tokens in place of numbers and addresses, which the vault keeps."""
    return replaced(text, lambda kind, value: _token(vault, conversation, kind, value))


def _token(vault: ContactVault, conversation: str, kind: Kind, value: str) -> str:
    try:
        return vault.keep(conversation, kind, value)
    except Exception as error:
        # Whatever happens to the vault, the number itself goes no further.
        logger.error("Contact data could not be sealed: %s", place_of(error))
        return kind


async def _within(seconds: float, turn: Awaitable[Any]) -> None:
    """Wait for the turn, but not for its end once it is cancelled: that may hang as well."""
    task = asyncio.ensure_future(turn)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    finally:
        task.cancel()
        task.add_done_callback(forget_outcome)
    if not done or task.cancelled():
        raise TurnTimeoutError
    task.result()


def forget_outcome(task: asyncio.Future[Any]) -> None:
    """Look at the outcome of a turn that nobody waits for, or asyncio would log it with all that it says."""
    if not task.cancelled():
        task.exception()
