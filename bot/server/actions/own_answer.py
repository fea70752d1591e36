"""The mark on an answer of this process's own actions."""

from __future__ import annotations

from typing import Any


class OwnAnswer(dict[str, Any]):
    """What an action in this process answered: made by the SDK, never sent over a network."""
