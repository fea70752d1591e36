"""Converts the packaged embedding models for single messages: ``python -m bot.nlu.encoders.convert``.

The set-up runs it once after installing; the encoders refuse files that are not the ones written here.
"""

from __future__ import annotations

import sys

from bot.nlu.encoders.minilm import convert as minilm
from bot.nlu.encoders.universal import convert as universal


def main() -> int:
    """Convert every model."""
    minilm.convert()
    universal.convert()
    return 0


if __name__ == "__main__":
    sys.exit(main())
