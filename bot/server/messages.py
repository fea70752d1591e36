"""Messages on their way from a page to the bot, with what Rasa's own do not tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import UserMessage

FORM_SENT = "/consult"
"""What the bot is told where a page sends its form; what was filled in travels beside it."""


class ChatMessage(UserMessage):
    """A message from a page."""

    was_read = False
    """Whether its text is now what may be written down: all that the request form keeps was sealed."""


class FormMessage(ChatMessage):
    """A form that a page sent; its values are in no property that Rasa writes down."""

    def __init__(self, filled: Mapping[str, str], *args: Any, **named: Any) -> None:
        """Take the values by field beside what every message has."""
        super().__init__(FORM_SENT, *args, **named)
        self.filled = dict(filled)
