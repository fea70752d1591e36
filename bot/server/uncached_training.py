"""Spares a training that keeps no cache the fingerprints of everything that it makes.

Rasa fingerprints every component's input and output, every word's every feature, to find it in its cache
again. Where that cache is off (``RASA_MAX_CACHE_SIZE=0``, as in ``make train``) this serves nothing.
"""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any


def adjust(hooks: ModuleType) -> None:
    """Have ``TrainingHook`` in ``rasa.engine.training.hooks`` do nothing where there is no cache."""
    if os.environ.get("RASA_MAX_CACHE_SIZE") == "0":
        hooks.TrainingHook.on_before_node = _no_fingerprint
        hooks.TrainingHook.on_after_node = _nothing_to_keep


def _no_fingerprint(*_: Any, **__: Any) -> dict[str, Any]:
    return {}


def _nothing_to_keep(*_: Any, **__: Any) -> None:
    return None
