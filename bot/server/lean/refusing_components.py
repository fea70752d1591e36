"""The placeholders among Rasa's graph components: known to its recipe, named and refused."""

from __future__ import annotations

from typing import Any, NoReturn

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.server.lean.refusal import refuse

_Kind = DefaultV1Recipe.ComponentType
_KINDS = {
    "DIETClassifier": _Kind.INTENT_CLASSIFIER,
    "ResponseSelector": _Kind.INTENT_CLASSIFIER,
    "TEDPolicy": _Kind.POLICY_WITH_END_TO_END_SUPPORT,
    "UnexpecTEDIntentPolicy": _Kind.POLICY_WITH_END_TO_END_SUPPORT,
    "LanguageModelFeaturizer": _Kind.MESSAGE_FEATURIZER,
    "ConveRTFeaturizer": _Kind.MESSAGE_FEATURIZER,
}


class RefusingComponent(GraphComponent):
    """A graph component that can be named, and refuses as soon as a configuration uses it."""

    @classmethod
    def create(cls, *_: Any, **__: Any) -> NoReturn:
        """Refuse to be created."""
        refuse(cls.__name__)

    @classmethod
    def supported_languages(cls) -> NoReturn:
        """Refuse at the first question that Rasa asks of a component, before any training has begun."""
        refuse(cls.__name__)


def placeholder(name: str, module: str) -> type:
    """Make the component class ``name`` of ``module`` and register it with Rasa's recipe."""
    made = type(name, (RefusingComponent,), {"__module__": module})
    DefaultV1Recipe.register(_KINDS[name], is_trainable=True)(made)
    return made
