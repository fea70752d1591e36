"""Talks to a running system as its users do: one conversation is a callable that sends one message."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable

import aiohttp

Conversation = Callable[[str], Awaitable[bool]]
"""Sends a message and tells whether there was an answer."""
Asker = Callable[[aiohttp.ClientSession, str], Awaitable[Conversation]]
"""Opens a conversation with the system at an address."""


async def ask_website(http: aiohttp.ClientSession, address: str) -> Conversation:
    """Open a conversation on Tandem's website channel."""
    channel = f"{address}/webhooks/website"
    async with http.post(f"{channel}/session") as response:
        token = (await response.json())["token"]

    async def say(text: str) -> bool:
        body, headers = {"id": uuid.uuid4().hex, "text": text}, {"Authorization": f"Bearer {token}"}
        async with http.post(f"{channel}/messages", json=body, headers=headers) as answer:
            return answer.status == 200 and bool((await answer.json())["messages"])

    return say


async def ask_rest(http: aiohttp.ClientSession, address: str) -> Conversation:
    """Open a conversation on Rasa's REST channel."""
    sender = uuid.uuid4().hex

    async def say(text: str) -> bool:
        body = {"sender": sender, "message": text}
        async with http.post(f"{address}/webhooks/rest/webhook", json=body) as answer:
            return answer.status == 200 and bool(await answer.json())

    return say
