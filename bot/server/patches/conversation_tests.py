"""Has ``rasa test core --e2e`` compare what a conversation shows: intents and actions.

The readers find treatments, times and the language in nearly every message. They have tables of tests of their
own; annotated once more in every test conversation, they would hide the conversation.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from bot.server.patches.shape import function

COMPARES = "_collect_user_uttered_predictions"
PARAMETERS = ("event", "predicted", "partial_tracker", "fail_on_prediction_errors")


def adjust(module: ModuleType) -> None:
    """Leave the entities out of the comparison in ``rasa.core.test``."""
    stock = function(module, COMPARES, *PARAMETERS)

    def without_entities(event: Any, predicted: dict[str, Any], *more: Any, **named: Any) -> Any:
        event.entities = []
        return stock(event, {**predicted, "entities": []}, *more, **named)

    setattr(module, COMPARES, without_entities)
