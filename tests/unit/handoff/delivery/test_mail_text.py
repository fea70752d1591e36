"""The mail about a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.handoff.delivery.mail_text import mail_of
from bot.handoff.types import Notice

NOTICE = Notice(
    7, "ab12", 3, "mail", "TD-4F7K", datetime(2026, 11, 22, 18, 5), ("wait_after_botox", "pain"), "website", "fr"
)
TEXT = """\
Somebody asks to be called or written to.

Reference:  TD-4F7K
Asked:      2026-11-22 11:05 MST
Over:       website
Language:   French
Topics:     wait after botox, pain

Name, contact and preferred time, under seal until somebody looks:

    tandem handoffs show TD-4F7K

When it is done:

    tandem handoffs close TD-4F7K

This message comes from the clinic's chat and holds no contact data.
If it arrives twice, it is the same request.
"""


def test_it_carries_the_reference_the_topics_and_how_to_see_the_rest() -> None:
    zone = ZoneInfo("America/Edmonton")
    mail = mail_of(NOTICE, "chat@clinic.example", ("a@clinic.example", "b@clinic.example"), "Clinique Élan", zone)
    assert mail.get_content() == TEXT
    headers = {name: str(value) for name, value in mail.items() if name not in ("Date", "MIME-Version")}
    assert headers == {
        "From": "Clinique Élan chat <chat@clinic.example>",
        "To": "a@clinic.example, b@clinic.example",
        "Subject": "Request TD-4F7K",
        "Message-ID": "<ab12@tandem.invalid>",
        "Auto-Submitted": "auto-generated",
        "X-Tandem-Attempt": "3",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
    }


@pytest.mark.parametrize(
    ("news", "subject", "first"),
    [
        ("changed", "Request TD-4F7K, changed", "Somebody has changed what they asked: please look at it again."),
        ("cancelled", "Request TD-4F7K, cancelled", "Somebody has cancelled: please do not call or write any more."),
    ],
)
def test_a_change_and_a_cancellation_say_so_first(news: Any, subject: str, first: str) -> None:
    mail = mail_of(replace(NOTICE, news=news), "a@clinic.example", ("b@clinic.example",), "Clinic", ZoneInfo("UTC"))

    assert (mail["Subject"], mail.get_content().splitlines()[0]) == (subject, first)
