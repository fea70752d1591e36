"""What the clinic says of itself, each thing on its own: the response with its values, or that the clinic did not say.

Pure: the profile and the moment come in as values, and nothing here reads a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot import languages
from bot.clinic import Clinic
from bot.consult.answers.parts import Say, Values
from bot.consult.types import ClinicKind, ClinicQuestion, TreatmentId
from bot.knowledge.types import Knowledge, Text
from bot.opening import (
    closing,
    closures,
    day_in_words,
    hours_in_words,
    moment_in_words,
    next_opening,
    next_opening_after,
    stretches_in_words,
    time_in_words,
)

GAP = "utter_clinic_not_told"
MOST_CLOSURES = 4


@dataclass(frozen=True)
class ClinicAnswer:
    """What is said to a question for the clinic."""

    say: Say
    known: bool = True
    """False where the clinic left it out: what is said is that, and whom to ask."""


@dataclass(frozen=True)
class ClinicContext:
    """What a question for the clinic is answered from."""

    clinic: Clinic
    now: datetime
    language: str
    knowledge: Knowledge
    brand: tuple[str, TreatmentId] | None = None
    """A brand that was asked for, and the treatment that it is one of."""

    def text(self, text: Text | None) -> str:
        """A text of the profile in the language asked; empty where it was left out."""
        return text.in_language(self.language) if text else ""

    @property
    def contact(self) -> Values:
        """The clinic's name and the quickest way to reach it."""
        clinic = self.clinic
        reach = clinic.phone or clinic.email or clinic.booking_link or clinic.address or ""
        return {"clinic_name": clinic.name, "phone": reach}


def answer_clinic(question: ClinicQuestion, context: ClinicContext) -> ClinicAnswer:
    """Answer exactly what was asked of the clinic."""
    made = _MADE.get(question.kind, _own_words)(question, context)
    if made is None:
        return ClinicAnswer(Say(GAP, context.contact), known=False)
    return ClinicAnswer(Say(made.response, {**context.contact, **made.values}))


def offered(services: Sequence[Text], knowledge: Knowledge) -> frozenset[TreatmentId]:
    """Return the treatments that a list of services names; of two names in one the longer counts."""
    names = {alias.text: alias.treatment for alias in knowledge.aliases if alias.kind in ("name", "brand", "slang")}
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")
    listed = (text for service in services for _, text in service.by_language)
    return frozenset(names[found] for text in listed for found in pattern.findall(text.casefold().replace("-", " ")))


def _own_words(question: ClinicQuestion, context: ClinicContext) -> Say | None:
    """The entry of the profile that has the question's name, word for word."""
    words = context.text(getattr(context.clinic, question.kind))
    return Say("utter_clinic_says", {"clinic_words": words}) if words else None


def _hours_now(question: ClinicQuestion, context: ClinicContext) -> Say:
    closes = closing(context.clinic, context.now)
    if closes:
        return Say("utter_clinic_open_now", {"closes": time_in_words(closes.time(), context.language)})
    return _closed("utter_clinic_closed_now", next_opening(context.clinic, context.now), context, {})


def _hours_on(question: ClinicQuestion, context: ClinicContext) -> Say:
    day = question.day or context.now.astimezone(context.clinic.zone).date()
    said = {"day": _day(day, context)}
    stretches = context.clinic.stretches(day)
    if stretches:
        return Say("utter_clinic_open_on", {**said, "hours": stretches_in_words(stretches, context.language)})
    return _closed("utter_clinic_closed_on", next_opening_after(context.clinic, day), context, said)


def _day(day: date, context: ClinicContext) -> str:
    """A day, with the name of the public holiday that it is for the clinic."""
    said, holiday = day_in_words(day, context.language), context.clinic.public_holiday(day, context.language)
    return f"{said} ({holiday})" if holiday else said


def _closed(response: str, opens: datetime | None, context: ClinicContext, values: Values) -> Say:
    if opens is None:
        return Say(f"{response}_for_long", values)
    return Say(response, {**values, "opens": moment_in_words(opens, context.language)})


def _hours_week(question: ClinicQuestion, context: ClinicContext) -> Say:
    lines, row = (hours_in_words(context.clinic, context.language, between) for between in ("\n", "; "))
    return Say("utter_clinic_week", {"hours_lines": lines, "hours_row": row})


def _address(question: ClinicQuestion, context: ClinicContext) -> Say | None:
    return Say("utter_clinic_address", {"address": context.clinic.address}) if context.clinic.address else None


def _phone(question: ClinicQuestion, context: ClinicContext) -> Say | None:
    ways = [way for way in (context.clinic.phone, context.clinic.email) if way]
    return Say("utter_clinic_phone", {"ways": ", ".join(ways)}) if ways else None


def _booking(question: ClinicQuestion, context: ClinicContext) -> Say | None:
    """How to book; the link alone only where there are no words, for the ways to a person end with it."""
    told = context.text(context.clinic.booking) or context.clinic.booking_link
    return Say("utter_clinic_says", {"clinic_words": told}) if told else None


def _services(question: ClinicQuestion, context: ClinicContext) -> Say | None:
    names = ", ".join(map(context.text, context.clinic.services))
    return Say("utter_clinic_services", {"services": names}) if names else None


def _unlisted_brand(context: ClinicContext) -> str:
    """The brand that was asked for, where the list of services names none of it ("do you offer Xeomin?")."""
    brand = context.brand[0] if context.brand else ""
    named = (text for service in context.clinic.services for _, text in service.by_language)
    return "" if any(brand.casefold() in text.casefold() for text in named) else brand[:1].upper() + brand[1:]


def _service(question: ClinicQuestion, context: ClinicContext) -> Say | None:
    """Whether the list of services names what was asked for; a list that does not is no proof."""
    if not context.clinic.services:
        return None
    there, missing = _listed(question, context)
    response = "utter_clinic_service_some" if there and missing else "utter_clinic_service" if there else None
    return Say(response or "utter_clinic_service_not_listed", {"listed": there, "not_listed": missing})


def _listed(question: ClinicQuestion, context: ClinicContext) -> tuple[str, str]:
    """What was asked for that the list of services names, and what it does not."""
    listed = offered(context.clinic.services, context.knowledge)
    there = _names([one for one in question.treatments if one in listed], context)
    missing = _names([one for one in question.treatments if one not in listed], context)
    return there, missing or _unlisted_brand(context)


def _names(treatments: Sequence[TreatmentId], context: ClinicContext) -> str:
    named = [context.text(context.knowledge.treatment(one).name) for one in treatments]
    return languages.of(context.language).joined(named)


def _holidays(question: ClinicQuestion, context: ClinicContext) -> Say | None:
    """What the clinic says on holidays; else the next days on which it is closed."""
    days = closures(context.clinic, context.now.astimezone(context.clinic.zone).date())[:MOST_CLOSURES]
    if context.clinic.holidays or not days:
        return _own_words(question, context)
    return Say("utter_clinic_closures", {"days": "; ".join(_day(day, context) for day in days)})


_MADE: Mapping[ClinicKind, Callable[[ClinicQuestion, ClinicContext], Say | None]] = {
    "hours_now": _hours_now,
    "hours_on": _hours_on,
    "hours_week": _hours_week,
    "address": _address,
    "phone": _phone,
    "booking": _booking,
    "services": _services,
    "service": _service,
    "holidays": _holidays,
}
