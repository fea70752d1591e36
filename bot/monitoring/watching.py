"""Watches a bot while it is served, and shows what it saw at a port of its own: that port is for Prometheus alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIServer

from prometheus_client import disable_created_metrics, start_http_server
from sanic import Sanic

from bot.database import shared_engine
from bot.errors import TandemError
from bot.monitoring.instruments import Instruments
from bot.settings import Settings

Attach = Callable[[Sanic], None]


class MetricsPortError(TandemError):
    """The port for Prometheus cannot be had."""

    exit_code = 2


@contextmanager
def watching(settings: Settings, port: int) -> Iterator[Attach]:
    """Serve the metrics at a port; what comes out has an application watched that does not run yet.

    Raises:
        MetricsPortError: another program has the port, or the address is not one of this machine.
    """
    disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each counter, which nobody asks for
    instruments = Instruments()
    server = _serve(settings.metrics_host, port, instruments)
    try:
        yield lambda app: _attach(app, settings, instruments)
    finally:
        server.shutdown()
        server.server_close()


def _serve(address: str, port: int, instruments: Instruments) -> WSGIServer:
    try:
        server, _ = start_http_server(port, addr=address, registry=instruments.registry)
    except OSError:
        where = f"{address}:{port}"
        raise MetricsPortError(f"No metrics can be shown at {where}; look at TANDEM_METRICS_PORT and _HOST.") from None
    return server


def _attach(app: Sanic, settings: Settings, instruments: Instruments) -> None:
    # Rasa's imports take seconds: the port is taken before them.
    from bot.monitoring.database import measure_statements
    from bot.monitoring.parts import PartCollector
    from bot.monitoring.queues import QueueCollector
    from bot.monitoring.requests import measure_requests
    from bot.monitoring.turns import measure_turns

    measure_requests(app, instruments)
    measure_turns(app.ctx.agent, instruments)
    measure_statements(instruments)
    instruments.registry.register(QueueCollector(shared_engine(settings.database_url)))
    instruments.registry.register(PartCollector(lambda: app.ctx.watch.known_missing))
