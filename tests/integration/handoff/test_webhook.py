"""The webhook against a real receiver: signed as the documents say, and each failure told by its kind."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.handoff.delivery.notifier import DeliveryError
from bot.handoff.delivery.webhook import Webhook, document
from bot.handoff.types import Notice
from bot.settings import PROJECT_ROOT
from tests.integration.handoff.servers import Receiver

SECRET = "a webhook secret for tests"
NOTICE = Notice(7, "ab12", 1, "webhook", "TD-4F7K", datetime(2026, 11, 22, 18, 5), ("pain",), "website", "en")


@pytest.fixture
def is_ours() -> Callable[..., bool]:
    """The check that the documents give to whoever receives the calls."""
    text = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?def is_ours.*?)```", text, re.DOTALL)
    found: dict[str, Any] = {}
    exec(example, found)
    check: Callable[..., bool] = found["is_ours"]
    return check


async def test_a_document_arrives_signed_as_the_documents_say(receiver: Receiver, is_ours: Callable[..., bool]) -> None:
    await Webhook(receiver.url, SECRET).send(NOTICE)
    ((headers, body),) = receiver.requests
    signed = headers["tandem-timestamp"], headers["tandem-signature"]
    assert body == document(NOTICE)
    assert (headers["tandem-delivery"], headers["tandem-attempt"]) == ("ab12", "1")
    assert is_ours(SECRET, *signed, body)
    assert not is_ours("another secret", *signed, body)
    assert not is_ours(SECRET, *signed, body + b" ")


async def test_an_old_document_is_not_ours_any_more(receiver: Receiver, is_ours: Callable[..., bool]) -> None:
    await Webhook(receiver.url, SECRET, clock=lambda: time.time() - 301).send(NOTICE)
    ((headers, body),) = receiver.requests
    assert not is_ours(SECRET, headers["tandem-timestamp"], headers["tandem-signature"], body)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_any_success_is_one(receiver: Receiver, status: int) -> None:
    receiver.fault = status
    await Webhook(receiver.url, SECRET).send(NOTICE)


@pytest.mark.parametrize(
    ("fault", "problem", "of_notice"),
    [
        *((status, f"http_{status}", True) for status in (400, 413, 415, 422)),
        *((status, f"http_{status}", False) for status in (302, 401, 403, 404, 408, 410, 429, 500, 502, 503)),
        ("hang", "timeout", False),
        ("drop", "connection_RemoteProtocolError", False),
    ],
)
async def test_each_failure_is_told_by_its_kind(
    receiver: Receiver, fault: int | str, problem: str, of_notice: bool
) -> None:
    receiver.fault = fault
    with pytest.raises(DeliveryError) as failed:
        await Webhook(receiver.url, SECRET, seconds=30).send(NOTICE)
    assert (failed.value.problem, failed.value.of_notice) == (problem, of_notice)
    assert len(receiver.requests) == 1


async def test_a_receiver_that_is_not_there_is_told(receiver: Receiver) -> None:
    await receiver.stop()
    with pytest.raises(DeliveryError, match="connection_ConnectError"):
        await Webhook(receiver.url, SECRET).send(NOTICE)


async def test_a_repeat_has_the_same_id_and_body_and_is_counted(receiver: Receiver) -> None:
    for attempt in (1, 2):
        await Webhook(receiver.url, SECRET).send(replace(NOTICE, attempt=attempt))
    (first, body), (second, again) = receiver.requests
    assert (first["tandem-delivery"], body) == (second["tandem-delivery"], again)
    assert (first["tandem-attempt"], second["tandem-attempt"]) == ("1", "2")
