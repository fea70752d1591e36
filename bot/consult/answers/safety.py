"""The safety answers: a fixed text that stands alone, word for word, and nothing beside it."""

from __future__ import annotations

from bot import languages
from bot.consult.answers.parts import Answer, AnswerContext, Say

SAFETY_TEXT = "utter_safety"
OTHER_LANGUAGE = "other_language"
FIXED = ("safety", "stays_safe", OTHER_LANGUAGE)
"""The rows of the decision table whose answer is a fixed text."""
ASKS_TO_CALL = "distress"
"""The text that ends with the question whether somebody should call."""


def has_fixed_text(context: AnswerContext) -> bool:
    """Tell whether the safety layer has a text of its own for the decided topic."""
    return context.decision.rule in FIXED and _key(context) is not None


def answer_safety(context: AnswerContext, topic: str) -> Answer:
    """Say the fixed text of the safety layer; in both languages where the message is in neither."""
    key = _key(context) or ("call_988" if topic == "self_harm" else "call_911")
    # Rasa takes a value named "text" for the message itself, whatever the channel's wording is.
    texts = {"website_text": _text(context, key, "website"), "sms_text": _text(context, key, "sms")}
    return Answer(topic, (Say(SAFETY_TEXT, texts),), handoff_offered=key == ASKS_TO_CALL)


def _key(context: AnswerContext) -> str | None:
    if context.decision.rule == OTHER_LANGUAGE:
        return OTHER_LANGUAGE
    return context.case.safe.stay if context.decision.follow_up == "stay" else context.case.safe.text


def _text(context: AnswerContext, key: str, channel: str) -> str:
    said = languages.ids() if context.case.safe.both_languages else (context.language,)
    return context.knowledge.safety_text_in(key, said, channel)
