"""What Twilio's webhooks tell, read from their signed fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256

from bot.channels.sms.consent import Action
from bot.channels.sms.signature import Fields
from bot.handoff.senders import e164

_OPT_OUTS: dict[str, Action] = {"STOP": "stop", "START": "start", "HELP": "help"}
"""Twilio's OptOutType."""
_SID = re.compile(r"[A-Za-z0-9_-]{2,64}")
_STATUS = re.compile(r"[a-z-]{1,32}")
_CODE = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class Received:
    """A text, or a picture, that somebody sent."""

    message_sid: str
    signature: str
    """A digest of the request's signature."""
    number: str = field(repr=False)
    text: str = field(repr=False)
    pictures: int
    is_handled: bool
    """Whether Twilio has answered it: it may be set to handle STOP and HELP itself."""
    handled_as: Action | None = None
    """What Twilio took it for then, whatever its words are."""


@dataclass(frozen=True)
class Status:
    """How far a message has come on its way to a phone."""

    message_sid: str | None
    delivery_id: str | None
    status: str
    error: str | None


def read_message(fields: Fields, signature: str) -> Received | None:
    """Read a message; None where nobody could be answered, or no repeat be told from it."""
    sid = fields.one("MessageSid", "SmsMessageSid", "SmsSid")
    number = e164(fields.one("From"))
    if not number or not _SID.fullmatch(sid):
        return None
    return Received(
        message_sid=sid,
        signature=sha256(signature.encode()).hexdigest(),
        number=number,
        text=fields.one("Body"),
        pictures=_count(fields.one("NumMedia")),
        is_handled=bool(fields.one("OptOutType")),
        handled_as=_OPT_OUTS.get((fields.one("OptOutType") or "").upper()),
    )


def read_status(fields: Fields, delivery_id: str | None) -> Status | None:
    """Read a status callback; None where it names no message or no status."""
    sid = fields.one("MessageSid", "SmsSid")
    status = fields.one("MessageStatus", "SmsStatus").lower()
    error = fields.one("ErrorCode")
    known_sid = sid if _SID.fullmatch(sid) else None
    if not (known_sid or delivery_id) or not _STATUS.fullmatch(status):
        return None
    return Status(known_sid, delivery_id, status, error if _CODE.fullmatch(error) else None)


def _count(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,2}", text) else 0
