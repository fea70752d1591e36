"""Stops the running server at SIGINT or SIGTERM, at whatever moment it comes.

Sanic by itself takes a signal that comes while its last listeners run for done, and then heeds no other one: such a
server has to be killed.
"""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from sanic import Sanic

AGAIN_SECONDS = 1.0
"""From one try to stop to the next."""


class Stopping:
    """Heeds the signals of an application that is run without Sanic's own handling of them."""

    def __init__(self, app: Sanic) -> None:
        """Begin with the application's start; whatever else listens to that has to be registered already."""
        self._app = app
        self._is_told = self._is_started = self._has_begun = False
        app.register_listener(self._listen, "before_server_start")
        app.register_listener(self._start, "after_server_start")
        app.register_listener(self._begin, "before_server_stop")

    async def _listen(self, _app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, self.stop)

    async def _start(self, *_: Any) -> None:
        self._is_started = True
        if self._is_told:
            self.stop()

    async def _begin(self, *_: Any) -> None:
        self._has_begun = True

    def stop(self) -> None:
        """Stop the server, again and again until it has begun to; one that still starts stops when it has started."""
        self._is_told = True
        if self._has_begun or not self._is_started:
            return
        loop = asyncio.get_running_loop()
        if self._app.is_stopping:
            loop.stop()  # the first time was too early, and Sanic asks it once
        else:
            self._app.stop()
        loop.call_later(AGAIN_SECONDS, self.stop)
