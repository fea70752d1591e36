"""Says on the console that a request waits: the way out of a bot that was given no mail server and no webhook."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handoff.delivery.notifier import DeliveryError
from bot.handoff.types import News, Notice

NEWS: Mapping[News, str] = {
    "new": "A request waits",
    "changed": "A request was changed",
    "cancelled": "A request was cancelled",
}


class Console:
    """Prints one line for each request."""

    async def send(self, notice: Notice) -> None:
        """Print the reference, and how to see the rest."""
        try:
            said = NEWS[notice.news]
            print(f"{said}: {notice.reference} (tandem handoffs show {notice.reference})", flush=True)
        except (OSError, ValueError):
            raise DeliveryError("console_closed") from None
