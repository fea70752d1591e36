"""The worker that delivers requests, in the served process: started once people are served, stopped with the server.

Whatever goes wrong with it, conversations go on.
"""

from __future__ import annotations

import logging
from typing import Any

from sanic import Sanic

from bot.handoff.service import worker_of
from bot.settings import Settings

logger = logging.getLogger(__name__)


def deliver_requests(app: Sanic, settings: Settings) -> None:
    """Have the worker run for as long as the application serves."""

    async def start(app: Sanic, _loop: Any) -> None:
        try:
            app.ctx.worker = worker_of(settings)
            app.ctx.worker.start()
        except Exception:
            logger.exception("Requests are kept but not delivered; tandem worker tells why.")

    async def stop(app: Sanic, _loop: Any) -> None:
        if hasattr(app.ctx, "worker"):
            await app.ctx.worker.stop()

    app.register_listener(start, "after_server_start")
    app.register_listener(stop, "before_server_stop")
