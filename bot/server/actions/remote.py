"""The custom actions on a server of their own, ``rasa run actions`` at ``TANDEM_ACTIONS_URL``.

Stock Rasa waits 300 seconds for an answer, longer than it holds the conversation's lock, and puts the body of
an error, somebody's whole conversation, into its message. Here a call has seconds, and an error its status.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.server.actions.in_process import ACTION_SECONDS, REJECTED
from bot.server.actions.server import bearer_token

WEBHOOK = "/webhook"


class RemoteActions(EndpointConfig):
    """An action server over HTTP, with patience for seconds only."""

    def __init__(self, url: str, secret: str | None = None) -> None:
        """Call the server at ``url``; where a common secret is set, show the token that it derives."""
        headers = {"Authorization": f"Bearer {bearer_token(secret)}"} if secret else {}
        super().__init__(url=webhook_address(url), headers=headers, enable_selective_domain=True)

    @property
    def health_address(self) -> str:
        """The address that says whether the server is up."""
        return str(self.url).removesuffix(WEBHOOK) + "/health"

    async def request(self, method: str = "post", subpath: str | None = None, **call: Any) -> Any:
        """Send one call, within the budget of seconds.

        Raises:
            ClientResponseError: the server answered with an error, told here by its status alone.
        """
        call["timeout"] = aiohttp.ClientTimeout(total=ACTION_SECONDS)
        try:
            return await super().request(method, subpath, **call)
        except ClientResponseError as error:
            body = error.text if error.status == REJECTED else "{}"
            raise ClientResponseError(error.status, "The action server failed.", body) from None


def webhook_address(url: str) -> str:
    """Complete an address that names the server only, as people write it, with the SDK's path."""
    return url.rstrip("/") + WEBHOOK if urlsplit(url).path in ("", "/") else url
