"""Lets the classifier see the parts of a message that may hold two questions.

The parts travel behind the message in the same list, through the same featurizers and classifier; the topic
resolver collects their rankings and drops them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.consult.reading.message import Reading
from bot.consult.types import Mention
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
_JOINS = frozenset({"and", "plus", "with", "n", "&", "+", "et", "avec"})
_JOINED = re.compile(r"^(?:and|also|plus|but|&|et|mais)\s+(?:also\s+)?", re.IGNORECASE)
# What asks about the rest of the message only: "is that ok".
_LEAVE = re.compile(
    r"(?:is|was|would|will|are|were) (?:that|it|this|they|those|these|all that)(?: all)?(?: be)?"
    r" (?:ok|okay|fine|alright|all right|safe|good|enough|possible|allowed|too (?:soon|early|close))",
    re.IGNORECASE,
)
# What is told to be absent, or not to be the question: "no pain", "not asking about the price".
_DENIED = re.compile(
    r"(?:no(?! (?:idea|clue))|not (?:asking|about|worried)|never ?mind|forget|without)\b"
    r"|i(?:'?ve)? (?:have |had |got |feel )?no(?! (?:idea|clue))\b|i (?:don'?t|do not|didn'?t) have\b",
    re.IGNORECASE,
)

# What is only told: "I'm planning both this winter". A word that asks may make it a question all the same.
_TOLD = re.compile(
    r"(?:(?:aw+|oh|hi|hey|hello|ok|okay|so|well|yeah|lol)[ ,]+)*"
    r"(?:i'?m|i am|i'?ve|i have|i had|i got|i booked|thinking (?:of|about)|planning|considering|hoping"
    r"|if|since|because|my|these|those|this|we'?re|we are|we have|thanks|thank you|thx|ty)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:how|what|whats|wat|when|wen|where|who|whos|which|why|do|does|did|is it|are"
    r"|can|could|will|would|should|shall|may|worth|ok|okay|combien|quand|comment|pourquoi|est-ce)\b"
    r"|curious|wonder|want to know",
    re.IGNORECASE,
)


def parts_of(text: str, mentions: Sequence[Mention] = ()) -> list[str]:
    """Split a message where a second question may begin; an unsplit one has no parts.

    Args:
        text: The message.
        mentions: The treatments named in it: "Botox and microneedling" is one pair, not two questions, and names
            alone ask nothing.
    """
    parts = [_JOINED.sub("", part) for part in _split(text, mentions)]
    parts = [part for part in parts if len(part.split()) >= FEWEST_WORDS and not _LEAVE.fullmatch(part)]
    asked = [p for p in parts if not (_DENIED.match(p) or _is_told(p) or _only_names(p, mentions))]
    return asked[:MOST_PARTS] if len(parts) > 1 else []


def _only_names(part: str, mentions: Sequence[Mention]) -> bool:
    for mention in mentions:
        part = part.replace(mention.text, "")
    return set(part.lower().split()) <= _JOINS


def _is_told(part: str) -> bool:
    return bool(_TOLD.match(part)) and not _ASKS.search(part)


def _split(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    start = 0
    for seam in _SEAM.finditer(text):
        if not _joins_a_pair(seam.span(), mentions):
            yield text[start : seam.start()].strip()
            start = seam.end()
    yield text[start:].strip()


def _joins_a_pair(seam: tuple[int, int], mentions: Sequence[Mention]) -> bool:
    return any(m.end == seam[0] for m in mentions) and any(m.start == seam[1] for m in mentions)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PartSplitter(DomainComponent):
    """Appends a message's parts to the messages that the pipeline works on."""

    _file = "part_splitter.json"

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Return the messages with the parts of each behind them."""
        if not self._active or len(messages) != 1:
            return messages
        reading = messages[0].get(READING) or Reading()
        parts = parts_of(messages[0].get(TEXT) or "", reading.mentions)
        return [*messages, *(Message(data={TEXT: part}) for part in parts)]
