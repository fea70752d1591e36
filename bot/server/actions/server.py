"""What ``rasa run actions`` does differently from stock: it keeps to itself what people wrote.

The SDK's handler answers an error with the whole tracker, which Rasa then logs. This one answers with one
sentence and logs the kind of error and its place. Where ``TANDEM_SECRET_KEY`` is set, or its file, only a bot that
holds the same key is served.
"""

from __future__ import annotations

import hashlib
import hmac
import logging

import pluggy
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.handoff.keys import split_secret
from bot.logs import place_of
from bot.settings import Settings

logger = logging.getLogger(__name__)
hookimpl = pluggy.HookimplMarker("rasa_sdk")
STRANGER = "This action server serves only the bot that shares its secret key."
FAILED = "The action failed; the action server's log names the place."


class Extensions:
    """The SDK's plugin: called with the action server's application before it starts."""

    @hookimpl
    def attach_sanic_app_extensions(self, app: Sanic) -> None:
        """Replace the error handler and, where a key is set, ask for it."""
        app.error_handler.add(Exception, answer_failure)
        secret = Settings.from_environment().given_secret_key
        if secret:
            app.register_middleware(_gate(*map(bearer_token, split_secret(secret))), "request")


def bearer_token(secret: str) -> str:
    """Derive, from the common secret or the newest of several, the token that the bot shows to its action server."""
    newest = split_secret(secret)[0]
    return hmac.new(newest.encode(), b"action server", hashlib.sha256).hexdigest()


async def answer_failure(request: Request, exception: Exception) -> HTTPResponse:
    """Answer an error without the request that caused it."""
    if isinstance(exception, SanicException):
        return json({"error": FAILED}, status=exception.status_code)
    logger.error("An action failed: %s", place_of(exception))
    return json({"error": FAILED}, status=500)


def _gate(*tokens: str) -> object:
    async def refuse_strangers(request: Request) -> HTTPResponse | None:
        shown = request.headers.get("authorization", "").encode()
        known = [hmac.compare_digest(shown, f"Bearer {token}".encode()) for token in tokens]
        return None if request.path == "/health" or any(known) else json({"error": STRANGER}, status=401)

    return refuse_strangers
