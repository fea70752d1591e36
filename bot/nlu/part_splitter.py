"""Lets the classifier see the parts of a message that may hold two questions.

The parts travel behind the message in the same list, through the same featurizers and classifier; the topic
resolver collects their rankings and drops them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.consult.reading import Reading
from bot.nlu.domain_component import DomainComponent
from bot.nlu.readers import READING

FEWEST_WORDS = 2
MOST_PARTS = 3
# Where one question may end and another begin. A lone comma counts only before a question word, "do" or "can".
_SEAM = re.compile(
    r"[?!.;]+\s+|\s*\n\s*|[?!;]+|\s+(?:and|also|plus|n|&|et|puis aussi|AND)\s+|,\s+(?:and|also|plus|but|et|mais)\s+"
    r"|,\s+(?=(?:how|what|whats|what's|when|where|who|which|why|do|does|is|are|can|will|should|combien|quand|où|ou|est-ce)\b)",
    re.IGNORECASE,
)


def parts_of(text: str, names: Collection[str] = ()) -> list[str]:
    """Split a message where a second question may begin; an unsplit one has no parts.

    Args:
        text: The message.
        names: How it names treatments; a part that is a name alone asks nothing.
    """
    parts = [part.strip() for part in _SEAM.split(text)]
    parts = [part for part in parts if len(part.split()) >= FEWEST_WORDS and part not in names]
    return parts[:MOST_PARTS] if len(parts) > 1 else []


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PartSplitter(DomainComponent):
    """Appends a message's parts to the messages that the pipeline works on."""

    _file = "part_splitter.json"

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Return the messages with the parts of each behind them."""
        if not self._active or len(messages) != 1:
            return messages
        names = {mention.text for mention in (messages[0].get(READING) or Reading()).mentions}
        return [*messages, *(Message(data={TEXT: part}) for part in parts_of(messages[0].get(TEXT) or "", names))]
