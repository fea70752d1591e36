"""Lets the classifier see more of a message than the whole: a long one's question, and what may be two questions.

Question and parts travel behind the message in the same list, through the same featurizers and classifier; the topic
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

IS_VIEW = "is_view"
"""Marks a message that is another look at the one before it, and no part of it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PartSplitter(DomainComponent):
    """Appends a message's question and parts to the messages that the pipeline works on."""

    _file = "part_splitter.json"

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Return the message with its question, marked as a view of it, and its parts behind it."""
        if not self._active or len(messages) != 1:
            return messages
        reading = messages[0].get(READING) or Reading()
        question = reading.question
        views = (question.text, question.gist) if question else ()
        parts = services().parts.parts(messages[0].get(TEXT) or "", reading.mentions, question is not None)
        behind = [Message({TEXT: view, IS_VIEW: True}) for view in views] + [Message({TEXT: part}) for part in parts]
        return [*messages, *behind]
