"""Finds an event's class by its name once, instead of searching all of Rasa's classes for every event.

A conversation is read back at each of its turns: without this, the hundredth turn would spend most of its
time on that search.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from bot.server.patches.shape import function


def adjust(module: ModuleType) -> None:
    """Remember what ``Event.resolve_by_type`` in ``rasa.shared.core.events`` finds."""
    stock = function(module, "Event.resolve_by_type", "type_name", "default")
    found: dict[str, type] = {}

    def resolve_by_type(type_name: str, default: type | None = None) -> type | None:
        if type_name in found:
            return found[type_name]
        event_class: Any = stock(type_name, default)
        if event_class and event_class.type_name == type_name:
            found[type_name] = event_class
        return event_class  # type: ignore[no-any-return]

    module.Event.resolve_by_type = staticmethod(resolve_by_type)
