"""The ways out to the clinic that the settings name."""

from __future__ import annotations

from bot.settings import Settings


def ways_out(settings: Settings) -> tuple[str, ...]:
    """Name the ways on which a request is delivered; without mail or webhook it is said on the console."""
    ways = {"mail": settings.smtp_url, "webhook": settings.webhook_url}
    return tuple(way for way, address in ways.items() if address) or ("console",)
