"""Points in time as the API writes them."""

from __future__ import annotations

from datetime import datetime


def iso(moment: datetime) -> str:
    """A moment of the stores, which are in UTC, in the API's form."""
    return moment.isoformat(timespec="milliseconds") + "Z"
