"""Keeps deprecation warnings out of everybody's terminal: they are for the authors of Rasa's own packages.

Python ignores them by default; Rasa orders them shown again whenever it sets its filters.
"""

from __future__ import annotations

import warnings
from types import ModuleType

from bot.server.patches.shape import part


def adjust(module: ModuleType) -> None:
    """Ignore them again, now and whenever ``rasa.utils.common`` sets its filters."""
    part(module, "EXPECTED_WARNINGS", list).append((DeprecationWarning, ""))
    warnings.filterwarnings("ignore", category=DeprecationWarning)
