"""Spares a training that keeps no cache what only a cache needs: fingerprints, copies, a second reading.

Rasa fingerprints every component's input and output, every word's every feature, to find it in its cache again;
it copies every example at each of nine merges; it reads the examples' files once for the data and once for the
domain; and Python looks through all of that for garbage again and again. Where that cache is off
(``RASA_MAX_CACHE_SIZE=0``, as in ``make train``) none of it serves anything.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import Any


def adjust(module: ModuleType) -> None:
    """Change one of Rasa's modules named in ``_CHANGES`` where there is no cache."""
    if os.environ.get("RASA_MAX_CACHE_SIZE") == "0":
        _CHANGES[module.__name__](module)


def _take_no_fingerprints(hooks: Any) -> None:
    hooks.TrainingHook.on_before_node = _no_fingerprint
    hooks.TrainingHook.on_after_node = _nothing_to_keep


def _no_fingerprint(*_: Any, **__: Any) -> dict[str, Any]:
    """Also have the garbage collector pass over what the steps before have made: it stays until the end."""
    gc.freeze()
    return {}


def _nothing_to_keep(*_: Any, **__: Any) -> None:
    return None


def _copy_no_example(message: Any) -> None:
    """Let merged data share its examples: nothing changes one before the pipeline, which takes them all over."""
    message.Message.__deepcopy__ = _itself


def _itself(message: Any, _: dict[int, Any]) -> Any:
    return message


def _read_once(importers: Any) -> None:
    read = importers.RasaFileImporter.get_nlu_data
    once = cache(lambda importer, language: read(importer, language))
    importers.RasaFileImporter.get_nlu_data = lambda importer, language="en": once(importer, language)


_CHANGES: Mapping[str, Callable[[Any], None]] = {
    "rasa.engine.training.hooks": _take_no_fingerprints,
    "rasa.shared.nlu.training_data.message": _copy_no_example,
    "rasa.shared.importers.rasa": _read_once,
}
