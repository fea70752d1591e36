"""The line on the console."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.handoff.delivery.console import Console
from bot.handoff.delivery.notifier import DeliveryError
from bot.handoff.types import Notice

NOTICE = Notice(7, "ab12", 3, "console", "TD-4F7K", datetime(2026, 11, 22, 18, 5), ("pain",), "website", "fr")


@pytest.mark.parametrize(
    ("news", "said"),
    [("new", "A request waits"), ("changed", "A request was changed"), ("cancelled", "A request was cancelled")],
)
async def test_it_names_the_request_and_the_command(capsys: pytest.CaptureFixture[str], news: Any, said: str) -> None:
    await Console().send(replace(NOTICE, news=news))
    assert capsys.readouterr().out == f"{said}: TD-4F7K (tandem handoffs show TD-4F7K)\n"


async def test_a_closed_console_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr("sys.stdout", closed)
    with pytest.raises(DeliveryError, match="console_closed"):
        await Console().send(NOTICE)
