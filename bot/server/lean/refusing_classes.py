"""The plain classes that stand in for Rasa's TensorFlow classes: there by name, refusing when used.

Rasa mentions these names in lists and type checks, which must keep working.
"""

from __future__ import annotations

from typing import Any

from bot.server.lean.refusal import refuse


class Refusing:
    """A class that cannot be made into an object."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Refuse.

        Raises:
            NeedsTensorFlow: always.
        """
        refuse(type(self).__name__)


def placeholder(name: str, module: str) -> type:
    """Make the placeholder class ``name`` of ``module``."""
    return type(name, (Refusing,), {"__module__": module})
