"""The e-mail about a request: its reference and topics, and how to see the rest; nothing of the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone, tzinfo
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from bot import languages
from bot.handoff.types import News, Notice

NEWS: Mapping[News, tuple[str, str]] = {
    "new": ("Somebody asks to be called or written to.", ""),
    "changed": ("Somebody has changed what they asked: please look at it again.", ", changed"),
    "cancelled": ("Somebody has cancelled: please do not call or write any more.", ", cancelled"),
}
"""What the mail begins with, and what its subject ends with."""
BODY = """\
{news}

Reference:  {reference}
Asked:      {asked}
Over:       {channel}
Language:   {language}
Topics:     {topics}

Name, contact and preferred time, under seal until somebody looks:

    tandem handoffs show {reference}

When it is done:

    tandem handoffs close {reference}

This message comes from the clinic's chat and holds no contact data.
If it arrives twice, it is the same request.
"""


def mail_of(notice: Notice, sender: str, recipients: tuple[str, ...], clinic: str, zone: tzinfo) -> EmailMessage:
    """Write the mail.

    Args:
        notice: What to tell.
        sender: Whom it comes from.
        recipients: Whom it goes to.
        clinic: The clinic's name.
        zone: The clinic's time zone.
    """
    mail = EmailMessage()
    mail["From"] = Address(f"{clinic} chat", addr_spec=sender)
    mail["To"] = ", ".join(recipients)
    mail["Subject"] = f"Request {notice.reference}{NEWS[notice.news][1]}"
    mail["Date"] = format_datetime(datetime.now(timezone.utc))
    mail["Message-ID"] = message_id(notice)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Tandem-Attempt"] = str(notice.attempt)
    mail.set_content(_body(notice, zone))
    return mail


def message_id(notice: Notice) -> str:
    """Name the mail: the same on every repeat, also after the settings have changed."""
    return f"<{notice.delivery_id}@tandem.invalid>"


def _body(notice: Notice, zone: tzinfo) -> str:
    asked = notice.filed_at.replace(tzinfo=timezone.utc).astimezone(zone)
    return BODY.format(
        news=NEWS[notice.news][0],
        reference=notice.reference,
        asked=f"{asked:%Y-%m-%d %H:%M %Z}",
        channel=notice.channel,
        language=languages.of(notice.language).name,
        topics=", ".join(topic.replace("_", " ") for topic in notice.topics) or "none",
    )
