"""Gives back what loading took: a bot that is ready keeps its memory small for the years that it runs."""

from __future__ import annotations

import ctypes
import gc


def shrink() -> None:
    """Drop what loading left over, and have later collections pass by everything that was loaded."""
    gc.collect()
    gc.freeze()
    _give_back()


def _give_back() -> None:
    """Return freed memory to the system; glibc keeps tens of megabytes otherwise, other systems do not."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        pass
