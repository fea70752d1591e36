"""The signed document; its delivery is tested against a real receiver."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.handoff.delivery.webhook import document, signature
from bot.handoff.types import Notice

NOTICE = Notice(7, "ab12", 1, "webhook", "TD-4F7K", datetime(2026, 11, 22, 18, 5), ("pain",), "website", "fr")


def test_the_document_tells_of_the_request_and_not_of_the_person() -> None:
    assert json.loads(document(NOTICE)) == {
        "event": "handoff.requested",
        "id": "ab12",
        "reference": "TD-4F7K",
        "asked_at": "2026-11-22T18:05:00Z",
        "channel": "website",
        "language": "fr",
        "topics": ["pain"],
    }


@pytest.mark.parametrize(("news", "event"), [("changed", "handoff.changed"), ("cancelled", "handoff.cancelled")])
def test_a_change_and_a_cancellation_are_events_of_their_own(news: Any, event: str) -> None:
    assert json.loads(document(replace(NOTICE, news=news)))["event"] == event


def test_a_repeat_is_the_same_document() -> None:
    assert document(replace(NOTICE, attempt=9)) == document(NOTICE)


def test_the_signature_is_of_moment_and_body() -> None:
    # openssl: printf '1764000000.{}' | openssl dgst -sha256 -hmac 'a secret for tests only'
    made = signature("a secret for tests only", "1764000000", b"{}")
    assert made == "7efd295676c863e23f731b8ca23369b5d539841355a4c1d81216dae5d89132a9"
    others = [("another", "1764000000", b"{}"), ("a secret for tests only", "1764000001", b"{}")]
    assert made not in [signature(*other) for other in others]
