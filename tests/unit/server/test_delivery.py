"""The worker beside the conversations: it starts and stops with the server, and its faults are its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import TandemError
from bot.server import delivery


class App:
    """Stands for Sanic's application: keeps the listeners."""

    def __init__(self) -> None:
        self.ctx = SimpleNamespace()
        self.listeners: dict[str, Any] = {}

    def register_listener(self, listener: Any, event: str) -> None:
        self.listeners[event] = listener


class Worker:
    def __init__(self) -> None:
        self.did: list[str] = []

    def start(self) -> None:
        self.did.append("start")

    async def stop(self) -> None:
        self.did.append("stop")


async def test_it_starts_once_people_are_served_and_stops_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    app, worker = App(), Worker()
    monkeypatch.setattr(delivery, "worker_of", lambda _: worker)
    delivery.deliver_requests(app, SimpleNamespace())
    await app.listeners["after_server_start"](app, None)
    await app.listeners["before_server_stop"](app, None)
    assert worker.did == ["start", "stop"]


async def test_without_it_people_are_served_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> Worker:
        raise TandemError("The clinic's profile is gone.")

    app = App()
    monkeypatch.setattr(delivery, "worker_of", broken)
    delivery.deliver_requests(app, SimpleNamespace())
    await app.listeners["after_server_start"](app, None)
    await app.listeners["before_server_stop"](app, None)
    assert caplog.messages == ["Requests are kept but not delivered; tandem worker tells why."]
