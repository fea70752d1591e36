"""The version of this installation, as ``pyproject.toml`` names it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

UNKNOWN = "unknown"


def version() -> str:
    """Give the version that was installed."""
    try:
        return installed("tandem")
    except PackageNotFoundError:
        return UNKNOWN
