"""Turns every error of the server into the API's form: a status and one sentence, never a stack trace."""

from __future__ import annotations

import logging

from sanic import HTTPResponse, Request
from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.response import json

from bot.channels.errors import ApiError, NotFoundError
from bot.logs import place_of

THROWN_AWAY = 8 * 1024 * 1024
UNREADABLE = "The request could not be understood."
OURS = "Something went wrong on our side; please try again in a moment."
SENTENCES = {
    404: NotFoundError().sentence,
    405: "This address does not take that method.",
    408: "The request took too long to arrive.",
    413: "The request is too large.",
}
logger = logging.getLogger(__name__)


def refusal(error: ApiError) -> HTTPResponse:
    """The response that says an error."""
    return json({"error": error.sentence}, status=error.status, headers=error.headers)


def refuse(request: Request, error: Exception) -> HTTPResponse:
    """Answer for any exception that reached the server."""
    if isinstance(error, ApiError):
        return refusal(error)
    if isinstance(error, PayloadTooLarge):
        _let_it_arrive(request)
    status = error.status_code if isinstance(error, SanicException) else 500
    if status == 500:
        logger.error("A request failed: %s", place_of(error))
    sentence = _ours(request) if status >= 500 else SENTENCES.get(status, UNREADABLE)
    return json({"error": sentence}, status=status, headers=_allowed(error))


def _ours(request: Request) -> str:
    """What is said of a failure of ours: with whom to call, as the channel has put it on the server."""
    return str(getattr(request.app.ctx, "sorry", OURS))


def _let_it_arrive(request: Request) -> None:
    """Have Sanic throw away the rest of the body once the answer is sent, without keeping any of it.

    Closed on at once, a client that is still sending would see a broken connection instead of the answer. Of
    more than this much nothing is read: that is no mistake of a client, and reading costs the others.
    """
    request.stream.request_max_size = request.stream.protocol.request_max_size = THROWN_AWAY


def _allowed(error: Exception) -> dict[str, str]:
    """A refused method's ``Allow`` header; nothing else of what the server would add."""
    headers: dict[str, str] = getattr(error, "headers", {})
    return {name: value for name, value in headers.items() if name == "Allow"}
