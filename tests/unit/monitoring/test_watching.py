"""The port for Prometheus: on this machine alone unless told otherwise, and refused in one sentence."""

from __future__ import annotations

import socket

import httpx
import pytest

from bot.monitoring.watching import MetricsPortError, watching
from bot.settings import Settings


def test_the_metrics_are_served_while_it_watches_and_no_longer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/metrics"
    with watching(Settings.from_environment({}), port):
        shown = httpx.get(address, trust_env=False).text
    with pytest.raises(httpx.ConnectError):
        httpx.get(address, trust_env=False)

    assert "\ntandem_turns_running 0.0\n" in shown
    assert "_created" not in shown


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MetricsPortError, match=f"127.0.0.1:{port}"), watching(Settings.from_environment({}), port):
            pass


def test_an_address_of_another_machine_is_refused() -> None:
    settings = Settings.from_environment({"TANDEM_METRICS_HOST": "192.0.2.1"})
    with pytest.raises(MetricsPortError, match=r"192\.0\.2\.1:18"), watching(settings, 18):
        pass
