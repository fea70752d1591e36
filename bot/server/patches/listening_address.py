"""Has ``rasa shell`` and ``rasa run`` listen on this machine only, unless ``-i`` says otherwise.

Stock Rasa opens its unauthenticated REST channel to the whole network.
"""

from __future__ import annotations

from types import ModuleType

from bot.server.patches.shape import part


def adjust(module: ModuleType) -> None:
    """Change the default interface in ``rasa.core.constants``."""
    part(module, "DEFAULT_SERVER_INTERFACE", str)
    module.DEFAULT_SERVER_INTERFACE = "127.0.0.1"  # type: ignore[attr-defined]
