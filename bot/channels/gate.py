"""What every request passes before and after its handler: framing, origin, limits, security headers.

It belongs to the whole server, not to the channel's routes alone: an error or an address that nobody serves
must look the same and carry the same headers.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import InvalidUsage
from sanic.response import empty

from bot.channels.addresses import Network, limit_key
from bot.channels.body import LARGEST_BODY
from bot.channels.errors import ForeignOriginError, TooManyError
from bot.channels.headers import PREFLIGHT, cors_headers, missing
from bot.channels.limits import Limiter
from bot.channels.origins import AllowedOrigins
from bot.channels.refusals import refusal, refuse

API = "/webhooks/website/"
ARRIVAL_SECONDS = 15
"""How long a request's head may take; its body and its turn share the next."""
ANSWER_SECONDS = 60
FLOOD = (413, 429)
FLOOD_PAUSE = 0.1
"""Seconds: a flooding connection spends its time waiting, and nothing is read from it meanwhile."""
_LENGTH = re.compile(r"[0-9]{1,12}")


class Gate:
    """Guards a Sanic server."""

    def __init__(self, origins: AllowedOrigins, by_address: Limiter, trusted: tuple[Network, ...]) -> None:
        self._origins = origins
        self._by_address = by_address
        self._trusted = trusted

    def guard(self, app: Sanic) -> None:
        """Put the gate in front of an app that does not run yet."""
        app.config.update(REQUEST_MAX_SIZE=LARGEST_BODY, REQUEST_TIMEOUT=ARRIVAL_SECONDS)
        # Addresses and what stands in them are nobody's business.
        app.config.update(RESPONSE_TIMEOUT=ANSWER_SECONDS, ACCESS_LOG=False)
        app.error_handler.add(Exception, refuse)
        app.add_signal(check_framing, "http.lifecycle.request")
        app.register_middleware(self.enter, "request")
        app.register_middleware(self.leave, "response")

    def enter(self, request: Request) -> HTTPResponse | None:
        """Refuse or answer a request before its handler; None lets it in."""
        # Sanic comes here a second time when the request ends in an error.
        if getattr(request.ctx, "entered", False):
            return None
        request.ctx.entered = True
        return self._enter_api(request) if request.path.startswith(API) else None

    async def leave(self, request: Request, response: HTTPResponse) -> None:
        """Give an answer the headers that it needs, and let a flood wait for its own."""
        if response.status in FLOOD:
            await asyncio.sleep(FLOOD_PAUSE)
        response.headers.update(missing(response.headers))
        if request.path.startswith(API):
            response.headers["Vary"] = "Origin"
            origin = request.headers.get("origin")
            if origin in self._origins:
                response.headers.update(cors_headers(origin))

    def limit_key(self, request: Request) -> str | None:
        """Whose limit a request counts for; None where there is none by address."""
        forwarded = ",".join(request.headers.getall("x-forwarded-for", []))
        return limit_key(request.ip or "", forwarded or None, self._trusted)

    def is_page(self, request: Request) -> bool:
        """Whether a page of an allowed origin calls: a browser says so, and no page can say it for another."""
        return request.headers.get("origin") in self._origins

    def _enter_api(self, request: Request) -> HTTPResponse | None:
        origin = request.headers.get("origin")
        if origin is not None and origin not in self._origins:
            return refusal(ForeignOriginError())
        if request.method == "OPTIONS":
            return empty(204, dict(PREFLIGHT))
        key = self.limit_key(request)
        wait = self._by_address.take(key) if key else 0
        return refusal(TooManyError(wait)) if wait else None


def check_framing(request: Request, **_: Any) -> None:
    """Refuse a request whose body has no clear end.

    Sanic would read a body of negative length for ever, and a proxy might see another end than Sanic does.
    """
    lengths = request.headers.getall("content-length", [])
    codings = request.headers.getall("transfer-encoding", [])
    plain = len(lengths) <= 1 and all(map(_LENGTH.fullmatch, lengths)) and codings in ([], ["chunked"])
    if not plain or (lengths and codings):
        raise InvalidUsage("Bad framing")
