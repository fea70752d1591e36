"""Requests as tables for people at a terminal, and as plain data for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timezone, tzinfo
from typing import Any

from rich.table import Table
from rich.text import Text

from bot.handoff.types import Delivery, Request, Shown

Document = dict[str, Any]
STATES = {"waiting": "waiting", "passed_on": "passed on", "closed": "closed", "cancelled": "cancelled by the person"}
GONE = "no longer readable"
"""Past its time, or sealed under a key that was taken away."""


def document(request: Request) -> Document:
    """A request as plain data; moments are in UTC."""
    plain = asdict(request)
    return {
        "reference": plain.pop("reference"),
        "asked_at": _utc(plain.pop("filed_at")),
        **{name: _utc(value) if isinstance(value, datetime) else value for name, value in plain.items()},
        "deliveries": [
            {name: _utc(value) if isinstance(value, datetime) else value for name, value in each.items()}
            for each in plain["deliveries"]
        ],
    }


def shown_document(shown: Shown) -> Document:
    """A request with its contact data as plain data."""
    return {**document(shown.request), **asdict(shown.contact)}


def table(requests: Iterable[Request], zone: tzinfo) -> Table | Text:
    """The requests, one a row."""
    made = Table("reference", "asked", "state", "topics", "delivery")
    for request in requests:
        deliveries = "\n".join(_delivery(each, zone) for each in request.deliveries)
        asked = _local(request.filed_at, zone)
        made.add_row(request.reference, asked, _state(request, zone), _topics(request), deliveries)
    return made if made.row_count else Text("No request is open.")


def one_request(request: Request, zone: tzinfo) -> Table:
    """One request, one entry a row."""
    made = Table(show_header=False, title=request.reference)
    for name, value in _entries(request, zone).items():
        made.add_row(name, Text(value))
    return made


def one_shown(shown: Shown, zone: tzinfo) -> Table:
    """One request with its contact data, one entry a row."""
    made = Table(show_header=False, title=shown.request.reference)
    contact = {
        "name": shown.contact.name or GONE,
        "contact": shown.contact.contact or GONE,
        "preferred time": shown.contact.preferred_time or "",
        "note": shown.contact.note or "",
    }
    for name, value in {**contact, **_entries(shown.request, zone)}.items():
        # As it was typed, but nothing in it may move the cursor or colour the page.
        made.add_row(name, Text("".join(c for c in value if c.isprintable() or c == "\n")))
    return made


def _entries(request: Request, zone: tzinfo) -> dict[str, str]:
    return {
        "asked": _local(request.filed_at, zone),
        "state": _state(request, zone),
        "topics": _topics(request),
        "over": f"{request.channel}, in {request.language}",
        "consent": f"version {request.consent_version}, {_local(request.consented_at, zone)}",
        "delivery": "\n".join(_delivery(each, zone) for each in request.deliveries),
    }


def _state(request: Request, zone: tzinfo) -> str:
    if request.is_stuck:
        return "waiting, delivery given up"
    closed = f" {_local(request.closed_at, zone)}" if request.closed_at else ""
    changed = f", changed by the person {_local(request.changed_at, zone)}" if request.changed_at else ""
    return STATES[request.state] + closed + changed


def _delivery(delivery: Delivery, zone: tzinfo) -> str:
    tries = f"{delivery.attempts} {'try' if delivery.attempts == 1 else 'tries'}"
    if delivery.delivered_at:
        return f"{delivery.channel}: delivered {_local(delivery.delivered_at, zone)}, {tries}"
    if delivery.last_problem == "closed":
        return f"{delivery.channel}: not delivered before it was closed, {tries}"
    problem = f" ({delivery.last_problem})" if delivery.last_problem else ""
    return f"{delivery.channel}: {'given up' if delivery.dead_at else 'waiting'} after {tries}{problem}"


def _topics(request: Request) -> str:
    return ", ".join(topic.replace("_", " ") for topic in request.topics)


def _local(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.replace(tzinfo=timezone.utc).astimezone(zone):%a %d %b %H:%M}"


def _utc(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds") + "Z"
