"""Posts a signed JSON document about each request to an address of the clinic's."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping

import httpx

from bot.handoff.delivery.notifier import DeliveryError
from bot.handoff.types import News, Notice

SECONDS = 15.0
EVENTS: Mapping[News, str] = {
    "new": "handoff.requested",
    "changed": "handoff.changed",
    "cancelled": "handoff.cancelled",
}
OF_NOTICE = frozenset({400, 413, 415, 422})
"""Answers that refuse this one document; any other refuses whatever we send."""


class Webhook:
    """Posts one document for each request."""

    def __init__(self, url: str, secret: str, seconds: float = SECONDS, clock: Callable[[], float] = time.time) -> None:
        self._url = url
        self._secret = secret
        self._seconds = seconds
        self._clock = clock

    async def send(self, notice: Notice) -> None:
        """Post the document; see ``Notifier``."""
        body = document(notice)
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Tandem",
            "Tandem-Delivery": notice.delivery_id,
            "Tandem-Attempt": str(notice.attempt),
            "Tandem-Timestamp": timestamp,
            "Tandem-Signature": f"v1={signature(self._secret, timestamp, body)}",
        }
        status = await self._status(body, headers)
        if not 200 <= status < 300:
            raise DeliveryError(f"http_{status}", of_notice=status in OF_NOTICE)

    async def _status(self, body: bytes, headers: dict[str, str]) -> int:
        try:
            # Streamed, so that what the receiver answers is neither waited for nor kept.
            async with httpx.AsyncClient(timeout=self._seconds) as client:
                async with client.stream("POST", self._url, content=body, headers=headers) as response:
                    return response.status_code
        except httpx.TimeoutException:
            raise DeliveryError("timeout") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise DeliveryError(f"connection_{type(error).__name__}"[:64]) from None


def document(notice: Notice) -> bytes:
    """Write the document: the same bytes on every repeat."""
    told = {
        "event": EVENTS[notice.news],
        "id": notice.delivery_id,
        "reference": notice.reference,
        "asked_at": notice.filed_at.isoformat(timespec="seconds") + "Z",
        "channel": notice.channel,
        "language": notice.language,
        "topics": list(notice.topics),
    }
    return json.dumps(told).encode()


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a document together with the moment it was sent at, so that nobody can send it again later."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
