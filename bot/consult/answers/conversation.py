"""Answers that say nothing about treatments: small talk, what is not ours, and what was not understood."""

from __future__ import annotations

from bot.consult.answers.parts import Answer, Desk, Say


def answer_small_talk(desk: Desk, topic: str) -> Answer:
    """Say one friendly or calm line."""
    if desk.settled.follow_up == "cleared":
        of_health = desk.talk.safe_state == "clinician_only"
        return Answer(topic, (Say("utter_cleared_clinician_only" if of_health else "utter_cleared"),))
    offers = topic == "bot_challenge"
    return Answer(topic, (Say(f"utter_{topic}", desk.contact()),), handoff_offered=offers)


def answer_unclear(desk: Desk, topic: str) -> Answer:
    """Ask once which topic was meant; the second time in a row hand over to a person."""
    if desk.talk.not_understood or not desk.settled.likely:
        return Answer(topic, (Say("utter_fallback_handoff", desk.contact()),), handoff_offered=True)
    return Answer(topic, (Say("utter_fallback"),), choices=desk.settled.likely)


def answer_french(desk: Desk, topic: str) -> Answer:
    """Say in both languages that English is what there is for now, and offer a person."""
    return Answer(topic, (Say("utter_french", desk.contact()),), handoff_offered=True)
