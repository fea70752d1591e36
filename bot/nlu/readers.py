"""Domain components: the safety layer first, and the reader of treatments, dates and direction.

Both call pure functions of ``bot/consult`` and hand on what they found: entities for Rasa, the whole reading for
the actions.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.consult.case.memory import Memory, is_treated, remembered
from bot.consult.reading.direction import Direction
from bot.consult.reading.message import Reading
from bot.consult.safety.second_look import combined, danger_of
from bot.consult.types import Language, Mention, TimeExpression
from bot.languages import hinted
from bot.nlu.domain_component import CONVERSATION_SLOT, DomainComponent
from bot.nlu.services import services

READING = "reading"
SAFETY = "safety"
DANGER = "danger"
"""How likely a message tells of each danger (config.yml)."""
TURN = "turn"
"""How likely a message is each kind of follow-up (config.yml)."""
TYPED = "typed"
"""The message as it was typed, before it is put into plain words for the classifier."""


def _slot(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """What the conversation remembers as it is kept: for one entry, that is enough."""
    return (tracker.get_slot(CONVERSATION_SLOT) if tracker else None) or {}


def _language_so_far(message: Message, tracker: DialogueStateTracker | None) -> Language | None:
    """The conversation's language; before its first answer the one that the message's channel hints at."""
    kept = _slot(tracker)
    return kept.get("language") if kept.get("turns") else hinted(message.get(METADATA))


def memory_of(tracker: DialogueStateTracker | None) -> Memory:
    """Return what the conversation remembers; a new one where there is no tracker."""
    slot = tracker.get_slot(CONVERSATION_SLOT) if tracker else None
    return remembered(slot, time.time())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyReader(DomainComponent):
    """Looks at every message for red flags before any classifier does; nothing later can suppress it."""

    _file = "safety_reader.json"

    def _read(self, message: Message, tracker: DialogueStateTracker | None) -> None:
        message.set(SAFETY, services().reader.safety.assess(message.get(TEXT) or "", is_treated(_slot(tracker))))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondLook(DomainComponent):
    """Puts the danger classifier's word beside what the safety layer read."""

    _file = "second_look.json"

    def _read(self, message: Message, tracker: DialogueStateTracker | None) -> None:
        if message.get(SAFETY) is None:
            return  # a part of a message, which was read as a whole
        safety = combined(
            message.get(SAFETY), danger_of(message.get(DANGER), message.get(TYPED) or message.get(TEXT) or "")
        )
        message.set(SAFETY, safety)
        message.set(READING, replace(message.get(READING), safety=safety))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class QuestionReader(DomainComponent):
    """Finds treatments with their roles, dates and the language, and reads direction and timeline."""

    _file = "question_reader.json"

    def _read(self, message: Message, tracker: DialogueStateTracker | None) -> None:
        so_far = _language_so_far(message, tracker)
        reading = services().reader.read(message.get(TEXT) or "", services().today(), message.get(SAFETY), so_far)
        message.set(READING, reading)
        message.set(TYPED, message.get(TEXT))
        message.set(ENTITIES, [*message.get(ENTITIES, []), *entities_of(reading)], add_to_output=True)


def entities_of(reading: Reading) -> list[dict[str, Any]]:
    """Return Rasa's entities for a reading: treatments with roles, times, the language."""
    treatments = [_treatment(mention, reading.direction) for mention in reading.mentions]
    times = [_time(expression) for expression in reading.times]
    return [*treatments, *times, _entity("language", reading.language, 0, 0)]


def _treatment(mention: Mention, direction: Direction) -> dict[str, Any]:
    role = "named" if direction.first is None else "first" if mention.treatment == direction.first else "then"
    return {**_entity("treatment", mention.treatment, mention.start, mention.end), "role": role}


def _time(expression: TimeExpression) -> dict[str, Any]:
    return _entity("time", expression.text, expression.start, expression.end)


def _entity(name: str, value: str, start: int, end: int) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": start, "end": end, "extractor": "QuestionReader"}
