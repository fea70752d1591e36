"""Has ``rasa run actions`` keep to itself what people wrote, and serve only the bot that shares its key."""

from __future__ import annotations

from types import ModuleType

from bot.server.actions.server import Extensions
from bot.server.patches.shape import ChangedPlaceError, function

HOOK = "attach_sanic_app_extensions"


def adjust(module: ModuleType) -> None:
    """Register the extensions with the SDK's plugin manager, by way of ``rasa_sdk.endpoint``."""
    manager = function(module, "plugin_manager")()
    if not hasattr(manager.hook, HOOK):
        raise ChangedPlaceError(module, "plugin_manager", f"has no hook {HOOK}")
    if not manager.has_plugin(Extensions.__module__):
        manager.register(Extensions(), name=Extensions.__module__)
