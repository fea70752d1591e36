"""Has ``rasa shell`` and ``rasa run`` listen on this machine only, unless ``-i`` says otherwise.

Stock Rasa opens its unauthenticated REST channel to the whole network.
"""

from __future__ import annotations

from types import ModuleType


def adjust(constants: ModuleType) -> None:
    """Change the default interface in ``rasa.core.constants``."""
    constants.DEFAULT_SERVER_INTERFACE = "127.0.0.1"  # type: ignore[attr-defined]
