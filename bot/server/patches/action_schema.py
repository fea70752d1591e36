"""Checks an action's answer against Rasa's own schema, compiled once instead of at every call.

Stock Rasa has ``jsonschema`` check the whole event schema against its meta-schema each time an action runs:
most of a turn's time. The schema and the verdict stay the same. An answer of this process's own actions, which
the SDK has just built, is not checked at all.
"""

from __future__ import annotations

from functools import lru_cache
from types import ModuleType
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from bot.server.actions.own_answer import OwnAnswer
from bot.server.patches.shape import function


def adjust(module: ModuleType) -> None:
    """Have ``RemoteAction`` in ``rasa.core.actions.action`` use the compiled schema."""
    function(module, "RemoteAction._validate_action_result", "self", "result")
    function(module, "RemoteAction.action_response_format_spec")
    module.RemoteAction._validate_action_result = is_valid


def is_valid(_remote_action: object, result: Any) -> bool:
    """Take the place of ``RemoteAction._validate_action_result``.

    Raises:
        jsonschema.ValidationError: the answer is not what Rasa can read.
    """
    if not isinstance(result, OwnAnswer):
        _validator().validate(result)
    return True


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    from rasa.core.actions.action import RemoteAction

    return Draft202012Validator(RemoteAction.action_response_format_spec())
