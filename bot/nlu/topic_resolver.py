"""The last component: the topic of the message, from the classifier, the structure and the conversation.

The decision itself is ``bot.consult.decision.settling.settle``; here it becomes Rasa's intent. A button's
payload (``/topic``) passes by: Rasa's own handler reads it behind this component.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.consult.decision.settling import settle
from bot.consult.decision.types import NOT_OURS, SMALL_TALK, Evidence, Guess, TopicDecision, ranking_of
from bot.consult.reading.message import Reading
from bot.consult.types import to_json
from bot.nlu.domain_component import DomainComponent
from bot.nlu.readers import READING, TYPED, memory_of
from bot.nlu.requests import REQUEST_ANSWER, form_state
from bot.nlu.services import services
from bot.nlu.similarity_classifier import NEAREST_EXAMPLES, SIMILARITY

SETTLED = "settled"
CONCERNED = NOT_OURS | SMALL_TALK | {"consult"}
"""Topics under which something about a request may hide while no form is open."""
CLASSIFIED = "classified"
"""The classifier's own ranking, as it was before the topic was settled; for staff who ask why."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicResolver(DomainComponent):
    """Sets the intent to the settled topic, and hands reading and decision on to the actions."""

    _file = "topic_resolver.json"

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Settle the first message's topic; what follows it are its parts, which end here."""
        if not self._active or not messages:
            return messages
        message, parts = messages[0], tuple(_ranking(part) for part in messages[1:])
        reading, talk = message.get(READING) or Reading(), memory_of(tracker)
        evidence = Evidence(reading, _ranking(message), parts, _similarity(message))
        settled = _for_the_form(message, tracker, settle(evidence, talk))
        message.set(CLASSIFIED, message.get(INTENT_RANKING_KEY) or [], add_to_output=True)
        _decide(message, settled)
        message.set(READING, to_json(reading), add_to_output=True)
        message.set(SETTLED, to_json(settled), add_to_output=True)
        return messages[:1]


def _for_the_form(message: Message, tracker: DialogueStateTracker | None, settled: TopicDecision) -> TopicDecision:
    """Let the request form have its answer: the topic is then ``consult``, unless a question stands beside it."""
    state, text = form_state(tracker), message.get(TYPED) or ""
    concerned = state.is_open or state.unsent or settled.topic in CONCERNED
    if not concerned or text.startswith("/"):
        return settled
    answer = services().requests.read(state, text, message.get(READING) or Reading(), settled)
    if answer is None:
        return settled
    message.set(REQUEST_ANSWER, to_json(answer), add_to_output=True)
    return settled if answer.beside or settled.topic == "consult" else TopicDecision("consult", "request_answer")


def _ranking(message: Message) -> tuple[Guess, ...]:
    guesses = message.get(INTENT_RANKING_KEY) or []
    return ranking_of([(str(guess["name"]), float(guess["confidence"])) for guess in guesses])


def _similarity(message: Message) -> float:
    """Return how near the nearest training example is; a classifier that tells none is taken at its word."""
    nearest = message.get(NEAREST_EXAMPLES) or [{SIMILARITY: 1.0}]
    return float(nearest[0][SIMILARITY])


def _decide(message: Message, settled: TopicDecision) -> None:
    """Put the settled topic in front of the classifier's ranking."""
    intent = {"name": settled.topic, "confidence": settled.confidence}
    others = [guess for guess in message.get(INTENT_RANKING_KEY) or [] if guess["name"] != settled.topic]
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)
