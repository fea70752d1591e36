"""What a patch asserts of the place that it changes: another version of Rasa is refused, not half patched."""

from __future__ import annotations

import inspect
from functools import reduce
from types import ModuleType
from typing import Any

from bot.errors import TandemError


class ChangedPlaceError(TandemError):
    """A place of Rasa is not what it was when its patch was written."""

    exit_code = 2

    def __init__(self, module: ModuleType, name: str, what: str) -> None:
        super().__init__(
            f"{module.__name__}.{name} {what}, so Tandem cannot change it: "
            "install the versions that requirements/run.txt names."
        )


def part(module: ModuleType, name: str, kind: type = object) -> Any:
    """The part of a module under a dotted name, which has to be of a kind.

    Raises:
        ChangedPlaceError: it is not there, or is something else.
    """
    try:
        found = reduce(getattr, name.split("."), module)
    except AttributeError:
        raise ChangedPlaceError(module, name, "is not there") from None
    if not isinstance(found, kind):
        raise ChangedPlaceError(module, name, f"is no {kind.__name__}")
    return found


def function(module: ModuleType, name: str, *parameters: str) -> Any:
    """The function of a module under a dotted name, which has to take just these parameters.

    Raises:
        ChangedPlaceError: it is not there, or takes others.
    """
    found = part(module, name)
    if not callable(found) or tuple(inspect.signature(found).parameters) != parameters:
        raise ChangedPlaceError(module, name, f"does not take ({', '.join(parameters)})")
    return found
