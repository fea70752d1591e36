"""The measures, and a way to read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.monitoring.instruments import Instruments

Read = Callable[..., float | None]


@pytest.fixture
def instruments() -> Instruments:
    return Instruments()


@pytest.fixture
def read(instruments: Instruments) -> Read:
    """Reads a sample by its name and labels; None where there is none."""
    return lambda name, **labels: instruments.registry.get_sample_value(name, labels)
