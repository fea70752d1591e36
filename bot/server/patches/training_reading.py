"""Has a training without a cache read the examples' files once: Rasa reads them for the data and for the domain."""

from __future__ import annotations

from functools import cache
from types import ModuleType

from bot.server.patches.shape import function
from bot.server.patches.training_cache import is_off


def adjust(module: ModuleType) -> None:
    """Have ``RasaFileImporter`` in ``rasa.shared.importers.rasa`` remember what it has read."""
    read = function(module, "RasaFileImporter.get_nlu_data", "self", "language")
    if is_off():
        once = cache(lambda importer, language: read(importer, language))
        module.RasaFileImporter.get_nlu_data = lambda importer, language="en": once(importer, language)
