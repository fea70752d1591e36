"""Keeps deprecation warnings out of everybody's terminal; Sanic orders them shown again at its import."""

from __future__ import annotations

import warnings
from types import ModuleType

from bot.server.patches.shape import part


def adjust(module: ModuleType) -> None:
    """Ignore them again after ``sanic.app`` was imported."""
    part(module, "filterwarnings")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
