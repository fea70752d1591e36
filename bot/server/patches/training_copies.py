"""Lets merged training data share its examples where there is no cache: Rasa copies every one at each of nine merges.

Nothing changes an example before the pipeline, which takes them all over.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from bot.server.patches.shape import part
from bot.server.patches.training_cache import is_off


def adjust(module: ModuleType) -> None:
    """Have ``Message`` in ``rasa.shared.nlu.training_data.message`` be its own copy."""
    message = part(module, "Message", type)
    if is_off():
        message.__deepcopy__ = _itself


def _itself(message: Any, _: dict[int, Any]) -> Any:
    return message
