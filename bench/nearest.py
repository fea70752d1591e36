"""A baseline for the comparison: the intent of the nearest training example, as sure as it is similar."""

from dataclasses import replace
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.nlu.intent_model import IntentModel, Scores
from bot.nlu.similarity_classifier import SimilarityIntentClassifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NearestExampleClassifier(SimilarityIntentClassifier):
    """The similarity classifier, with the similarity in the place of the regression's probability."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Leave the similarity out where it would count a second time."""
        return {**SimilarityIntentClassifier.get_default_config(), "similarity_exponent": 0}

    def _ranking(self, model: IntentModel, scores: Scores) -> list[dict[str, Any]]:
        return super()._ranking(model, replace(scores, probabilities=scores.intent_similarities))
