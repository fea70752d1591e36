"""The table of all pieces' first vectors, left on disk: only the rows that a text needs are read.

Mapped into memory, every row would bring its neighbours along, and a process would soon hold all 65 MB.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class Table:
    """Rows of 8-bit numbers by their places."""

    def __init__(self, file: Path, width: int) -> None:
        """Open the file; it holds nothing but rows of this width."""
        self._file = file.open("rb", buffering=0)
        self._width = width

    def rows(self, places: Iterable[int]) -> NDArray[np.uint8]:
        """Read these rows, in this order; safe from several threads."""
        handle, width = self._file.fileno(), self._width
        content = b"".join(os.pread(handle, width, place * width) for place in places)
        return np.frombuffer(content, dtype=np.uint8).reshape(-1, width)
