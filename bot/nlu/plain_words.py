"""Gives the featurizers a message in plain words, in training and at run time alike.

What the user typed stays in the tracker; only what the classifier sees is rewritten. The rewriting itself is
``bot.consult.text.plain_words``.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.domain_component import DomainComponent
from bot.nlu.readers import READING
from bot.nlu.services import services


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class PlainWordsRewriter(DomainComponent):
    """Rewrites the text of messages and of training examples."""

    _file = "plain_words.json"

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Rewrite the training examples."""
        self.process(training_data.training_examples)
        return training_data

    def _read(self, message: Message, tracker: DialogueStateTracker | None) -> None:
        text = message.get(TEXT)
        if text and not text.startswith(INTENT_MESSAGE_PREFIX):  # a button's payload is no text
            message.set(TEXT, services().reader.plain(text, message.get(READING)))
