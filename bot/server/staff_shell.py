"""``rasa shell`` for staff: what a client would read, with its source line, and nothing else.

Stock Rasa drops an answer's sources, turns buttons into a menu that a script cannot answer, and hangs on a
turn that yields nothing. Here each message is plain text: the reply, its buttons, where it comes from. Whatever
fails, a red flag gets its text.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import QueueOutputChannel, RestInput
from sanic import Blueprint

from bot.logs import configure_logs, place_of
from bot.nlu.alarms import alarm

NO_ANSWER = "The bot gave no answer to this: something failed, and the log says what."
END_OF_TURN = "DONE"
Message = dict[str, Any]
logger = logging.getLogger(__name__)


def readable(message: Message) -> str:
    """Render one message of the bot: its text and its buttons, a line each."""
    return "\n".join(part for part in (message.get("text") or "", *_buttons(message)) if part)


class StaffOutput(QueueOutputChannel):
    """Sends each message of the bot as one readable text, and after the last one where the answer comes from."""

    def __init__(self, queue: asyncio.Queue[Any]) -> None:
        """Send to a queue, as the stock channel does."""
        super().__init__(queue)
        self._sources: dict[str, None] = {}
        self._is_answered = False
        self._apology = ""

    @classmethod
    def name(cls) -> str:
        """Give the name by which the domain words what is said here only."""
        return "shell"

    async def send_response(self, recipient_id: str, message: Message) -> None:
        """Send the message to the terminal, and keep its sources, or that it only says sorry, for the end."""
        self._sources |= dict.fromkeys(_sources(message))
        text = readable(message)
        if message.get("apology"):
            self._apology = text
        elif text:
            self._is_answered = True
            await self._persist_message(self._message(recipient_id, text=text))

    async def end(self, recipient_id: str, asked: str) -> None:
        """Name the passages that the answer rests on; without one, say what is said instead."""
        end = f"[{', '.join(self._sources)}]" if self._sources else ""
        if not self._is_answered:
            urgent = alarm(asked)
            end = urgent["text"] if urgent else self._apology or NO_ANSWER
        if end:
            await self._persist_message(self._message(recipient_id, text=end))


class StaffShell(RestInput):
    """The channel that ``rasa shell`` talks to."""

    @classmethod
    def name(cls) -> str:
        """Give the name by which ``rasa shell`` asks for its channel."""
        return "cmdline"

    def url_prefix(self) -> str:
        """Give the address that ``rasa shell`` calls."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """Open the channel; the terminal is the conversation's now, unless ``--debug`` asks for more."""
        if logging.getLogger("rasa").level > logging.DEBUG:
            configure_logs()
        return super().blueprint(on_new_message)

    @staticmethod
    async def on_message_wrapper(
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
        text: str,
        queue: asyncio.Queue[Any],
        sender_id: str,
        input_channel: str,
        metadata: dict[str, Any] | None,
    ) -> None:
        """Run one turn and always end it, with a line of its own if it yielded nothing."""
        output = StaffOutput(queue)
        message = UserMessage(text, output, sender_id, input_channel=input_channel, metadata=metadata)
        try:
            await on_new_message(message)
        except Exception as error:
            logger.error("A turn failed: %s", place_of(error))
        await output.end(sender_id, text)
        await queue.put(END_OF_TURN)


def _buttons(message: Message) -> list[str]:
    return [f"  > {button['title']}  ({button['payload']})" for button in message.get("buttons") or []]


def _sources(message: Message) -> list[str]:
    return [str(source["id"]) for source in (message.get("answer") or {}).get("sources") or []]
