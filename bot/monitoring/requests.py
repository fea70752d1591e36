"""Measures HTTP requests by the route that answered them, never by the address that was typed."""

from __future__ import annotations

import time
from typing import Any

from sanic import HTTPResponse, Request, Sanic

from bot.monitoring.instruments import Instruments

NO_ROUTE = "none"
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
OTHER = "other"


def measure_requests(app: Sanic, instruments: Instruments) -> None:
    """Have an application's requests measured; it must not run yet."""

    def begin(request: Request, **_: Any) -> None:
        request.ctx.began = time.perf_counter()

    def end(request: Request, response: HTTPResponse, **_: Any) -> None:
        route = _route(request)
        method = request.method if request.method in METHODS else OTHER
        instruments.requests.labels(route, method, str(response.status)).inc()
        began = getattr(request.ctx, "began", None)
        if began is not None:
            instruments.request_seconds.labels(route).observe(time.perf_counter() - began)

    app.add_signal(begin, "http.lifecycle.request")
    app.add_signal(end, "http.lifecycle.response")


def _route(request: Request) -> str:
    """The route's name, such as ``website.post_message``; what nobody serves has none."""
    name = str(request.name or "") if request.route else ""
    return name.removeprefix(f"{request.app.name}.") or NO_ROUTE
