"""Tells Prometheus which parts answered the last probe of the health page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.server.health import CHECKS


class PartCollector(Collector):
    """One gauge for each part."""

    def __init__(self, missing: Callable[[], Collection[str]]) -> None:
        self._missing = missing

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Say of each part whether it answered."""
        family = GaugeMetricFamily("tandem_part_up", "Whether a part answered the last probe.", labels=["part"])
        missing = self._missing()
        for part in CHECKS:
            family.add_metric([part.replace(" ", "_")], float(part not in missing))
        yield family
