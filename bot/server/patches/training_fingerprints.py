"""Spares a training that keeps no cache the fingerprints that only a cache needs.

Rasa fingerprints every component's input and output, every word's every feature, to find it in its cache again, and
Python looks through all of that for garbage again and again.
"""

from __future__ import annotations

import gc
from types import ModuleType
from typing import Any

from bot.server.patches.shape import function
from bot.server.patches.training_cache import is_off

BEFORE = ("self", "node_name", "execution_context", "config", "received_inputs")
AFTER = ("self", "node_name", "execution_context", "config", "output", "input_hook_data")


def adjust(module: ModuleType) -> None:
    """Have ``TrainingHook`` in ``rasa.engine.training.hooks`` take none."""
    function(module, "TrainingHook.on_before_node", *BEFORE)
    function(module, "TrainingHook.on_after_node", *AFTER)
    if is_off():
        module.TrainingHook.on_before_node = _no_fingerprint
        module.TrainingHook.on_after_node = _nothing_to_keep


def _no_fingerprint(*_: Any, **__: Any) -> dict[str, Any]:
    """Also have the garbage collector pass over what the steps before have made: it stays until the end."""
    gc.freeze()
    return {}


def _nothing_to_keep(*_: Any, **__: Any) -> None:
    return None
