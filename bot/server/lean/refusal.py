"""How a placeholder refuses: in one sentence that says what to use instead."""

from __future__ import annotations

from typing import NoReturn

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


def refuse(name: str) -> NoReturn:
    """Refuse the use of the class ``name``.

    Raises:
        NeedsTensorFlow: always.
    """
    instead = f"use {INSTEAD[name]}, or install tensorflow" if name in INSTEAD else "install tensorflow to use it"
    raise NeedsTensorFlow(f"{name} needs TensorFlow, which Tandem runs without: {instead}.")
