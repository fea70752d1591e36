"""Keeps deprecation warnings out of everybody's terminal: they are for the authors of Rasa's own packages.

Python ignores them by default; Sanic and Rasa each order them shown again.
"""

from __future__ import annotations

import warnings
from types import ModuleType


def adjust(module: ModuleType) -> None:
    """Ignore them again, now and whenever ``rasa.utils.common`` sets its filters."""
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    if hasattr(module, "EXPECTED_WARNINGS"):
        module.EXPECTED_WARNINGS.append((DeprecationWarning, ""))
