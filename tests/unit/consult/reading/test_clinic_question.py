"""What is asked of the clinic itself, in the words of visitors."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.reading.clinic_question import ClinicQuestions
from bot.consult.reading.readers import message_reader
from bot.consult.types import ClinicQuestion
from bot.settings import PROJECT_ROOT

LANGUAGE = PROJECT_ROOT / "data" / "language"
QUESTIONS = ClinicQuestions(LANGUAGE / "clinic_questions.yml")
SUNDAY = date(2026, 11, 22)


def asked(text: str) -> tuple[ClinicQuestion, ...]:
    reading = message_reader(PROJECT_ROOT / "data" / "knowledge", LANGUAGE).read(text, SUNDAY)
    return QUESTIONS.read(text, reading, SUNDAY)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("is anybody there right now?", ["hours_now"]),
        ("clinic still open?", ["hours_now"]),
        ("how late are you open", ["hours_now"]),
        ("êtes-vous ouverts en ce moment ?", ["hours_now"]),
        ("office hours pls", ["hours_week"]),
        ("what days are you open", ["hours_week"]),
        ("vos heures d'ouverture ?", ["hours_week"]),
        ("christmas hours?", ["holidays"]),
        ("are you closed on stat holidays", ["holidays"]),
        ("which part of town is it", ["address"]),
        ("c'est où", ["address"]),
        ("is there a spot to park", ["parking"]),
        ("can i get in with a wheelchair", ["parking"]),
        ("do you have another location", ["locations"]),
        ("a clinic in Airdrie?", ["locations"]),
        ("what is your phone number", ["phone"]),
        ("which treatments do you offer", ["services"]),
        ("who would be doing the injecting", ["who_treats"]),
        ("are there nurses", ["who_treats"]),
        ("what's the age limit", ["age_policy"]),
        ("does anybody there speak Tagalog", ["languages"]),
        ("accepting new clients?", ["new_clients"]),
        ("where do i book", ["booking"]),
        ("je veux prendre rendez-vous", ["booking"]),
        ("is a deposit needed", ["deposit"]),
        ("what if i cancel last minute, is there a fee", ["cancellation"]),
        ("no show policy", ["cancellation"]),
        ("how much for 20 units", ["price_note"]),
        ("c'est combien", ["price_note"]),
        ("where are you and is there parking?", ["address", "parking"]),
        ("what are your hours and your address", ["hours_week", "address"]),
        ("how long does it last", []),
        ("had tox on monday, needling on friday ok?", []),
    ],
)
def test_a_question_for_the_clinic_is_known_by_its_words(text: str, kinds: list[str]) -> None:
    assert [question.kind for question in asked(text)] == kinds


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("are you open on saturday?", "hours_on", date(2026, 11, 28)),
        ("open boxing day?", "hours_on", date(2026, 12, 26)),
        ("hours on Dec 24", "hours_on", date(2026, 12, 24)),
        ("when do you close tomorrow", "hours_on", date(2026, 11, 23)),
        ("are you open sundays", "hours_on", SUNDAY),
        ("closed mondays?", "hours_on", date(2026, 11, 23)),
        ("ouvert le samedi ?", "hours_on", date(2026, 11, 28)),
        ("are you open today", "hours_now", None),
        ("christmas hours?", "holidays", None),
    ],
)
def test_the_day_that_is_asked_about_is_told(text: str, kind: str, day: date | None) -> None:
    (question,) = [each for each in asked(text) if each.kind in ("hours_now", "hours_on", "holidays")][:1]

    assert (question.kind, question.day, question.topic) == (kind, day, "location_hours")


@pytest.mark.parametrize(
    ("text", "treatments", "topic"),
    [
        ("do you do PRP?", ("prp",), "other_treatment"),
        ("do you guys offer botox", ("botox",), "provider_choice"),
        ("do you do both?", ("botox", "microneedling"), "provider_choice"),
        ("can i get botox and lip filler at your clinic", ("botox", "filler"), "other_treatment"),
        ("faites-vous les deux ?", ("botox", "microneedling"), "provider_choice"),
    ],
)
def test_the_treatments_that_are_asked_about_are_told(text: str, treatments: tuple[str, ...], topic: str) -> None:
    assert asked(text) == (ClinicQuestion("service", topic, None, treatments),)


def test_a_question_for_nothing_that_is_known_is_none() -> None:
    assert asked("do you do nails") == ()
