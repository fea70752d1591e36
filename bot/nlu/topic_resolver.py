"""The last component: the topic of the message, from the classifier, the structure and the conversation.

The case and the decision are made in ``bot.consult``; here the decision becomes Rasa's intent. A button's
payload (``/topic``) passes by: Rasa's own handler reads it behind this component.
"""

from __future__ import annotations

import time

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.consult.case.evidence import NO_TURN, Evidence, Guess, TurnGuess, ranking_of
from bot.consult.case.resolve import case_of
from bot.consult.decision.decide import decide
from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import Reading
from bot.consult.safety.reading import DOUBTS
from bot.consult.types import to_json
from bot.nlu.domain_component import DomainComponent
from bot.nlu.part_splitter import IS_VIEW
from bot.nlu.readers import DANGER, READING, TURN, TYPED, memory_of
from bot.nlu.requests import REQUEST_ANSWER, form_state
from bot.nlu.services import services
from bot.nlu.similarity_classifier import NEAREST_EXAMPLES, SIMILARITY

CASE = "case"
EVIDENCE = "evidence"
"""What the classifier says of the whole and of the parts; for staff who replay a decision."""
DECISION = "decision"
CLASSIFIED = "classified"
"""The classifier's own ranking, as it was before the topic was decided; for staff who ask why."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicResolver(DomainComponent):
    """Sets the intent to the decided topic, and hands case and decision on to the actions."""

    _file = "topic_resolver.json"

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Decide the first message's topic; what follows it are its parts, which end here."""
        if not self._active or not messages:
            return messages
        message, reading = messages[0], messages[0].get(READING) or Reading()
        evidence, memory = _evidence(messages), memory_of(tracker)
        case = case_of(reading, memory, evidence, services().today(), time.time())
        decision = decide(case)
        if memory.safe.pending not in DOUBTS:
            decision = _for_the_form(message, tracker, decision)
        message.set(CLASSIFIED, message.get(INTENT_RANKING_KEY) or [], add_to_output=True)
        _set_intent(message, decision)
        message.set(EVIDENCE, to_json(evidence), add_to_output=True)
        message.set(DANGER, message.get(DANGER) or {}, add_to_output=True)
        message.set(CASE, to_json(case), add_to_output=True)
        message.set(DECISION, to_json(decision), add_to_output=True)
        return messages[:1]


def _for_the_form(message: Message, tracker: DialogueStateTracker | None, decision: TopicDecision) -> TopicDecision:
    """Let the request form have its answer: the topic is then ``consult``, unless a question stands beside it."""
    state, text = form_state(tracker), message.get(TYPED) or ""
    if text.startswith("/"):
        return decision
    answer = services().requests.read(state, text, message.get(READING) or Reading(), decision)
    if answer is None:
        return decision
    message.set(REQUEST_ANSWER, to_json(answer), add_to_output=True)
    return decision if answer.beside or decision.topic == "consult" else TopicDecision("consult", "request_answer")


def _evidence(messages: list[Message]) -> Evidence:
    """Put together what the classifier says of a message, of the views of it and of its parts."""
    whole, views = messages[0], [m for m in messages[1:] if m.get(IS_VIEW)]
    parts = [m for m in messages[1:] if not m.get(IS_VIEW)]
    return Evidence(
        _ranking(whole),
        tuple(map(_ranking, views)),
        tuple(map(_ranking, parts)),
        _turn(whole.get(TURN) or {}),
        max(map(_similarity, (whole, *views))),
    )


def _turn(found: dict[str, float]) -> TurnGuess:
    kind = max(found, key=lambda each: found[each], default="")
    return TurnGuess(kind, found[kind]) if kind else NO_TURN


def _ranking(message: Message) -> tuple[Guess, ...]:
    guesses = message.get(INTENT_RANKING_KEY) or []
    return ranking_of([(str(guess["name"]), float(guess["confidence"])) for guess in guesses])


def _similarity(message: Message) -> float:
    """Return how near the nearest training example is; a classifier that tells none is taken at its word."""
    nearest = message.get(NEAREST_EXAMPLES) or [{SIMILARITY: 1.0}]
    return float(nearest[0][SIMILARITY])


def _set_intent(message: Message, decision: TopicDecision) -> None:
    """Put the decided topic in front of the classifier's ranking."""
    intent = {"name": decision.topic, "confidence": decision.confidence}
    others = [guess for guess in message.get(INTENT_RANKING_KEY) or [] if guess["name"] != decision.topic]
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)
