"""The classes that stand in for Rasa's TensorFlow classes: there by name, refusing when used.

Rasa mentions these names in lists and type checks, which must keep working; to use one ends in one sentence
that says what to use instead.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NoReturn

from rasa.shared.exceptions import RasaException

INSTEAD = {
    "DIETClassifier": "a classifier of bot.nlu",
    "ResponseSelector": "an intent of its own for each answer",
    "TEDPolicy": "RulePolicy",
    "UnexpecTEDIntentPolicy": "RulePolicy",
    "LanguageModelFeaturizer": "a featurizer of bot.nlu",
    "ConveRTFeaturizer": "a featurizer of bot.nlu",
}
"""The components that a configuration may ask for, and what Tandem has in their place."""


class NeedsTensorFlow(RasaException):
    """A part of Rasa was asked for that only works with TensorFlow."""


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
    if name not in INSTEAD:
        return type(name, (Refusing,), {"__module__": module})
    # Late: components build on parts of Rasa that themselves import the plain placeholders.
    made: type = import_module("bot.server.placeholder_components").component(name, module)
    return made


def refuse(name: str) -> NoReturn:
    """Refuse the use of the class ``name``.

    Raises:
        NeedsTensorFlow: always.
    """
    instead = f"use {INSTEAD[name]}, or install tensorflow" if name in INSTEAD else "install tensorflow to use it"
    raise NeedsTensorFlow(f"{name} needs TensorFlow, which Tandem runs without: {instead}.")
