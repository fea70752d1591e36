"""Answers where the article has none: the clinic's own word on what was asked, or the gap; a person is offered."""

from __future__ import annotations

from bot import languages
from bot.consult.answers.clinic import ClinicContext, answer_clinic
from bot.consult.answers.parts import Answer, AnswerContext, Say, Values
from bot.consult.answers.wording import HEALTH, NAMED
from bot.consult.timeline.open_dates import TreatmentTime

SAID_BESIDE_GAP = frozenset({"price_note"})
"""What the wording of the gap has in it already."""


def answer_boundary(context: AnswerContext, topic: str) -> Answer:
    """Name a gap; never fill it."""
    if topic == "clinician_only" and context.decision.follow_up == "stay":
        stays = "_".join(("utter_clinician_only_stay", *context.case.safe.memory.facts[-1:]))
        return Answer(topic, (Say(stays), context.close()), handoff_offered=True)
    says = (*asked_of_clinic(context, topic), *_gap(context, topic), context.close())
    times = _told_times(context) if topic == "other_treatment" else ()
    return Answer(topic, says, handoff_offered=True, times=times)


def asked_of_clinic(context: AnswerContext, topic: str) -> tuple[Say, ...]:
    """What the clinic says on exactly what was asked of it."""
    if context.profile is None or context.moment is None:
        return ()
    clinic = ClinicContext(context.profile, context.moment, context.language, context.knowledge, context.case.brand)
    asked = (each for each in context.case.clinic if each.topic == topic and each.kind not in SAID_BESIDE_GAP)
    return tuple(answer_clinic(question, clinic).say for question in asked)


def _gap(context: AnswerContext, topic: str) -> tuple[Say, ...]:
    """What the article leaves out; beside the clinic's word only where its silence could mislead."""
    if asked_of_clinic(context, topic) and topic != "other_treatment":
        return ()
    return (Say(_named(context, topic), _values(context, topic)),)


def _named(context: AnswerContext, topic: str) -> str:
    """The response of a topic; a clinician's question names what it heard."""
    if topic == "side_effect_mild" and context.memory.safe.pending == "in_doubt":
        return "utter_still_side_effect"  # its text named the signs
    named = {"clinician_only": _told_of_health, "other_treatment": _timed}.get(topic, _asked_by_name)
    return "_".join((f"utter_{topic}", *named(context, topic)[:1]))


def _told_of_health(context: AnswerContext, topic: str) -> list[str]:
    safe, assess = context.case.safe, context.case.assess
    told = safe.memory.facts[-1:] if "clinician_only" in (safe.route, safe.held) else ()
    return [str(each) for each in (*told, assess) if each in HEALTH]


def _asked_by_name(context: AnswerContext, topic: str) -> list[str]:
    return [each for each in NAMED.get(topic, ()) if f"about_{each}" in context.case.asks]


def _timed(context: AnswerContext, topic: str) -> list[str]:
    return ["timed"] if _is_on_timing(context) else []


def _is_on_timing(context: AnswerContext) -> bool:
    """Tell whether a wait, an order or a day is in question beside another treatment."""
    case = context.case
    asks = {"how_long", "waits", "at_once", "which", "why"} & set(case.asks)
    return bool(asks or case.told.says_when or case.first)


def _told_times(context: AnswerContext) -> tuple[tuple[str, TreatmentTime], ...]:
    """The dates told beside another treatment: what no covered one that was named claims is the other one's."""
    case = context.case
    other = case.others[0] if case.others else ""
    times = ((treatment if treatment in case.named else other, time) for treatment, time in case.told.times)
    return tuple((treatment, time) for treatment, time in times if treatment)


def answer_consult(context: AnswerContext, topic: str) -> Answer:
    """Give the ways to a person, and what was asked of booking."""
    return Answer(topic, (*asked_of_clinic(context, topic), ways_to_a_person(context)), handoff_offered=True)


def ways_to_a_person(context: AnswerContext) -> Say:
    """How to reach the clinic, and whether anybody is there."""
    hours = context.clinic.now
    return Say(f"utter_consult{hours.state}", {**clinic_values(context), **hours.values})


def _values(context: AnswerContext, topic: str) -> Values:
    if topic == "other_treatment":
        return {"covered_names": _covered_names(context), "other_names": _other_names(context)}
    if topic == "side_effect_mild":
        return {"urgent": context.knowledge.urgent_signs.in_language(context.language)}
    return clinic_values(context)


def clinic_values(context: AnswerContext) -> Values:
    """What the clinic says of itself, as the wording fills it in."""
    clinic = context.clinic
    return {
        **context.contact(),
        "hours_line": f" {clinic.hours}." if clinic.hours else "",
        "address_line": f", {clinic.address}" if clinic.address else "",
        "price_note": f"{clinic.price_note} " if clinic.price_note else "",
        "email_line": f", {clinic.email}" if clinic.email else "",
        "booking_line": f", {clinic.booking_link}" if clinic.booking_link else "",
    }


def _covered_names(context: AnswerContext) -> str:
    return languages.of(context.language).joined([context.name(each) for each in context.knowledge.covered])


def _other_names(context: AnswerContext) -> str:
    names = ", ".join(context.name(treatment) for treatment in context.case.others)
    return f" ({names})" if names else ""
