"""Answers where the article has none: the gap is named, the clinic's own word given, a person offered."""

from __future__ import annotations

from bot.consult.answers.parts import Answer, Desk, Say, Values
from bot.consult.readings import TreatmentTime


def answer_boundary(desk: Desk, topic: str) -> Answer:
    """Name a gap; never fill it."""
    if topic == "clinician_only" and desk.settled.follow_up == "stay":
        return Answer(topic, (Say("utter_clinician_only_stay"), desk.close()), handoff_offered=True)
    says = [Say(f"utter_{topic}", _values(desk, topic))]
    if topic != "location_hours":
        says.append(desk.close())
    times = _told_times(desk) if topic == "other_treatment" else ()
    return Answer(topic, tuple(says), handoff_offered=True, times=times)


def _told_times(desk: Desk) -> tuple[tuple[str, TreatmentTime], ...]:
    """The dates told beside another treatment: what no covered one that was named claims is the other one's."""
    reading = desk.reading
    other = reading.uncovered[0] if reading.uncovered else ""
    times = ((treatment if treatment in reading.covered else other, time) for treatment, time in reading.timeline.times)
    return tuple((treatment, time) for treatment, time in times if treatment)


def answer_consult(desk: Desk, topic: str) -> Answer:
    """Give the ways to a person."""
    return Answer(topic, (Say("utter_consult", clinic_values(desk)),), handoff_offered=True)


def _values(desk: Desk, topic: str) -> Values:
    if topic == "other_treatment":
        return {"covered_names": _covered_names(desk), "other_names": _other_names(desk)}
    if topic == "side_effect_mild":
        return {"urgent": desk.knowledge.urgent_signs.in_language(desk.language)}
    return clinic_values(desk)


def clinic_values(desk: Desk) -> Values:
    """What the clinic says of itself, as the wording fills it in."""
    clinic = desk.clinic
    return {
        **desk.contact(),
        "hours_line": f" {clinic.hours}." if clinic.hours else "",
        "address_line": f", {clinic.address}" if clinic.address else "",
        "price_note": f" {clinic.price_note}" if clinic.price_note else "",
        "email_line": f", {clinic.email}" if clinic.email else "",
        "booking_line": f" {clinic.booking_link}" if clinic.booking_link else "",
    }


def _covered_names(desk: Desk) -> str:
    joiner = " et " if desk.language == "fr" else " and "
    return joiner.join(desk.name(treatment) for treatment in desk.knowledge.covered)


def _other_names(desk: Desk) -> str:
    names = ", ".join(desk.name(treatment) for treatment in desk.reading.uncovered)
    return f" ({names})" if names else ""
