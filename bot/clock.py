"""The clinic's "today" and "now": its own time zone decides, and a test can fix the day. The stores keep UTC."""

from __future__ import annotations

from datetime import date, datetime, timezone, tzinfo


def now(zone: tzinfo, fixed_day: date | None = None, at: datetime | None = None) -> datetime:
    """The present moment at the clinic.

    Args:
        zone: The clinic's time zone.
        fixed_day: The day to pretend it is (``Settings.today_override``); the time of day stays the real one.
        at: The moment itself; the machine's clock unless given.
    """
    local = (at or datetime.now(timezone.utc)).astimezone(zone)
    return local if fixed_day is None else datetime.combine(fixed_day, local.time(), tzinfo=zone)


def today(zone: tzinfo, fixed_day: date | None = None, at: datetime | None = None) -> date:
    """The date at the clinic; see ``now``."""
    return fixed_day or now(zone, at=at).date()


def utc_now() -> datetime:
    """The present moment as every table keeps it: UTC without a zone, the same in every database."""
    return datetime.now(timezone.utc).replace(tzinfo=None)
