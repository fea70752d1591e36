"""Stand-ins for what Rasa imports at its start and this bot never uses: other channels, other databases' drivers.

A stand-in is a class that imports the real one at its first use, so nothing is missing for whoever needs it. It is
lent to one module of Rasa while that module runs; everybody else imports the real thing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class Late(type):
    """The kind of a class that is imported when somebody uses it."""

    def __new__(cls, name: str, module: str, channel: str = "") -> Late:
        """Make a stand-in for the class ``name`` of ``module``; ``channel`` is a channel's name."""
        return super().__new__(cls, name, (), {"_home": module, "name": staticmethod(lambda: channel)})

    def __init__(cls, name: str, module: str, channel: str = "") -> None:
        super().__init__(name, (), {})

    def __call__(cls, *values: Any, **named: Any) -> Any:
        """Make an object of the real class."""
        return cls._real()(*values, **named)

    def __getattr__(cls, attribute: str) -> Any:
        """Give what the real class has."""
        return getattr(cls._real(), attribute)

    def _real(cls) -> Any:
        return getattr(import_module(cls.__dict__["_home"]), cls.__name__)


@contextmanager
def lent(wanted: Mapping[str, tuple[str, ...]]) -> Iterator[None]:
    """Put stand-ins where an import looks first, for as long as the block runs.

    Args:
        wanted: By module, the class that is imported from it and, for a channel, the channel's name.
    """
    borrowed = {
        module: _module(module, *described) for module, described in wanted.items() if module not in sys.modules
    }
    sys.modules.update(borrowed)
    try:
        yield
    finally:
        for module in borrowed:
            del sys.modules[module]


def _module(module: str, name: str, channel: str = "") -> ModuleType:
    made = ModuleType(module)
    setattr(made, name, Late(name, module, channel))
    return made
