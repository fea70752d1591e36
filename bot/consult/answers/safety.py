"""The safety answers: a fixed text that stands alone, or the line that keeps a conversation safe after it."""

from __future__ import annotations

from bot.consult.answers.parts import Answer, AnswerContext, Say

TEXT_KEYS = {"emergency_today": "seen_today", "self_harm": "call_988"}


def answer_safety(context: AnswerContext, topic: str) -> Answer:
    """Say the fixed text for a red flag or for distress, and nothing beside it."""
    if context.decision.follow_up == "stay":
        return Answer(topic, (Say(f"utter_{topic}_stay", context.contact()),))
    key = TEXT_KEYS.get(context.case.route or "", "call_988" if topic == "self_harm" else "call_911")
    # Rasa takes a value named "text" for the message itself, whatever the channel's wording is.
    texts = {
        "website_text": context.knowledge.safety_text(key, context.language),
        "sms_text": context.knowledge.safety_text(key, context.language, "sms"),
    }
    return Answer(topic, (Say(f"utter_{topic}", texts),))
