"""Answers that say nothing about treatments: small talk, what is not ours, and what was not understood."""

from __future__ import annotations

from bot.consult.answers.parts import Answer, AnswerContext, Say


def answer_small_talk(context: AnswerContext, topic: str) -> Answer:
    """Say one friendly or calm line."""
    if context.decision.follow_up == "cleared":
        of_health = context.memory.safe.safe_state == "clinician_only"
        return Answer(topic, (Say("utter_cleared_clinician_only" if of_health else "utter_cleared"),))
    offers = topic == "bot_challenge"
    return Answer(topic, (Say(f"utter_{topic}", context.contact()),), handoff_offered=offers)


def answer_unclear(context: AnswerContext, topic: str) -> Answer:
    """Ask once which topic was meant; the second time in a row hand over to a person."""
    if context.memory.not_understood or not context.decision.likely:
        return Answer(topic, (Say("utter_fallback_handoff", context.contact()),), handoff_offered=True)
    return Answer(topic, (Say("utter_fallback"),), choices=context.decision.likely)


def answer_french(context: AnswerContext, topic: str) -> Answer:
    """Say in both languages that English is what there is for now, and offer a person."""
    return Answer(topic, (Say("utter_french", context.contact()),), handoff_offered=True)
