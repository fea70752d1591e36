"""Lets the classifier see the parts of a message that may hold two questions.

The parts travel behind the message in the same list, through the same featurizers and classifier; the topic
resolver collects their rankings and drops them.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.consult.reading.message import Reading
from bot.nlu.domain_component import DomainComponent
from bot.nlu.readers import READING
from bot.nlu.services import services


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PartSplitter(DomainComponent):
    """Appends a message's parts to the messages that the pipeline works on."""

    _file = "part_splitter.json"

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Return the messages with the parts of each behind them."""
        if not self._active or len(messages) != 1:
            return messages
        reading = messages[0].get(READING) or Reading()
        parts = services().parts.parts(messages[0].get(TEXT) or "", reading.mentions)
        return [*messages, *(Message(data={TEXT: part}) for part in parts)]
