"""Answers that say nothing about treatments: small talk, what is not ours, and what was not understood."""

from __future__ import annotations

from bot.consult.answers.parts import Answer, AnswerContext, Say
from bot.consult.case.guesses import SURELY_FROM

MOST_CHOICES = 3
VARIATIONS = {
    "utter_smalltalk_greet": 2,
    "utter_smalltalk_thanks": 3,
    "utter_smalltalk_bye": 2,
    "utter_acknowledged": 3,
    "utter_bot_challenge": 2,
    "utter_abuse": 2,
    "utter_off_topic": 2,
    "utter_gibberish": 2,
    "utter_injection": 2,
    "utter_fallback_handoff": 2,
}
"""How many ways there are to say a response; the turn's number chooses."""


def answer_small_talk(context: AnswerContext, topic: str) -> Answer:
    """Say one friendly or calm line."""
    if context.decision.follow_up == "cleared":
        return Answer(topic, (cleared(context), Say("utter_cleared_ask")))
    if context.leans("how_are_you"):
        return Answer(topic, (Say("utter_smalltalk_greet_how_are_you"),))
    guess = context.case.guess
    surely = guess.topic == topic and guess.confidence >= SURELY_FROM  # "ok thanks"
    acknowledges = context.leans("ack", "no", "yes") and not surely
    response = "utter_acknowledged" if acknowledges else f"utter_{topic}"
    values = {**context.contact(), **context.article()}
    return Answer(topic, (Say(varied(response, context), values),), handoff_offered=topic == "bot_challenge")


def cleared(context: AnswerContext) -> Say:
    """Meet what takes an alarm, or a fact of health, back."""
    state = context.memory.safe.safe_state
    return Say(f"utter_cleared_{state}" if state in ("self_harm", "clinician_only") else "utter_cleared")


def varied(response: str, context: AnswerContext) -> str:
    """Return the variation of a response that this turn says."""
    number = context.memory.turns % VARIATIONS.get(response, 1)
    return f"{response}_{number + 1}" if number else response


def answer_unclear(context: AnswerContext, topic: str) -> Answer:
    """Ask once which topic was meant; the second time in a row hand over to a person."""
    if context.memory.not_understood or not context.decision.likely:
        return Answer(topic, (Say(varied("utter_fallback_handoff", context), context.contact()),), handoff_offered=True)
    response = "utter_fallback_sorry" if context.leans("complains") else "utter_fallback"
    return Answer(topic, (Say(response),), choices=context.decision.likely[:MOST_CHOICES])
