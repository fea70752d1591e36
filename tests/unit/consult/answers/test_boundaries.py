"""Where no source says anything: the gap is named, the clinic's own word given, never a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from bot.clinic import read_clinic
from bot.consult.answers.boundaries import answer_boundary, answer_consult
from bot.consult.answers.parts import AnswerContext, ClinicFacts
from bot.settings import PROJECT_ROOT

ContextFor = Callable[..., AnswerContext]
BOUNDARIES = (
    "clinician_only",
    "side_effect_mild",
    "other_treatment",
    "price",
    "location_hours",
    "aftercare",
    "pain",
    "number_of_sessions",
    "provider_choice",
)


@pytest.mark.parametrize("topic", BOUNDARIES)
def test_a_boundary_names_no_timing_and_offers_a_person(context: ContextFor, topic: str) -> None:
    answer = answer_boundary(context("laser after tox in 10 days?", topic), topic)

    assert (answer.topic, answer.timing, answer.sources, answer.handoff_offered) == (topic, None, (), True)
    timed = "_timed" if topic == "other_treatment" else ""
    assert answer.says[0].response == f"utter_{topic}{timed}"
    assert answer.says[-1].response == "utter_close"


PROFILE = read_clinic(PROJECT_ROOT / "clinic.yml")
SUNDAY_NOON = datetime(2026, 11, 22, 12, tzinfo=PROFILE.zone)


@pytest.mark.parametrize(
    ("text", "topic", "responses"),
    [
        ("are you open on saturday", "location_hours", ["utter_clinic_open_on"]),
        ("where can i park", "location_hours", ["utter_clinic_says"]),
        ("do you take a deposit", "price", ["utter_clinic_says"]),
        ("who does the injections", "provider_choice", ["utter_clinic_says"]),
        ("do you do botox", "provider_choice", ["utter_clinic_service"]),
        ("do you do xeomin", "provider_choice", ["utter_clinic_service_some"]),
        ("do you do prp", "other_treatment", ["utter_clinic_service_not_listed", "utter_other_treatment"]),
        ("how much is botox", "price", ["utter_price"]),
    ],
)
def test_the_clinic_answers_what_was_asked_of_it_and_nothing_else(
    context: ContextFor, text: str, topic: str, responses: list[str]
) -> None:
    laid_out = replace(context(text, topic), profile=PROFILE, moment=SUNDAY_NOON)

    assert [say.response for say in answer_boundary(laid_out, topic).says] == [*responses, "utter_close"]


def test_what_the_clinic_left_out_is_not_known(context: ContextFor) -> None:
    profile = replace(PROFILE, parking=None)
    laid_out = replace(context("where can i park", "location_hours"), profile=profile, moment=SUNDAY_NOON)
    said = [say.response for say in answer_boundary(laid_out, "location_hours").says]

    assert said == ["utter_clinic_not_told", "utter_close"]


def test_how_to_book_is_told_with_the_ways_to_a_person(context: ContextFor) -> None:
    laid_out = replace(context("how do i book an appointment", "consult"), profile=PROFILE, moment=SUNDAY_NOON)

    assert [say.response for say in answer_consult(laid_out, "consult").says] == ["utter_clinic_says", "utter_consult"]


def test_another_treatment_is_named_with_those_that_are_covered(context: ContextFor) -> None:
    values = (
        answer_boundary(context("laser and lip filler with tox", "other_treatment"), "other_treatment").says[0].values
    )

    assert values == {
        "covered_names": "Botox and microneedling",
        "other_names": " (laser or light treatments, fillers)",
    }


def test_another_treatment_that_has_no_name_is_not_named(context: ContextFor) -> None:
    assert answer_boundary(context("that facial thing", "other_treatment"), "other_treatment").says[0].values[
        "other_names"
    ] == ("")


def test_mild_effects_say_when_it_becomes_urgent(context: ContextFor) -> None:
    said = answer_boundary(context("a bruise", "side_effect_mild"), "side_effect_mild").says[0].values["urgent"]

    assert said.startswith("**Call 911** for trouble breathing")


def test_what_the_clinic_leaves_out_is_left_out(context: ContextFor) -> None:
    full = answer_consult(context("x", "consult"), "consult").says[0].values
    bare = answer_consult(context("x", "consult", clinic=ClinicFacts("Demo Clinic", "1")), "consult").says[0].values

    assert full["email_line"] == ", hello@demo-clinic.example"
    assert full["price_note"] == "Prices are given at the consultation. "
    assert {bare[key] for key in ("email_line", "price_note", "booking_line", "address_line", "hours_line")} == {""}


def test_a_way_to_a_person_is_offered(context: ContextFor) -> None:
    answer = answer_consult(context("talk to someone", "consult"), "consult")

    assert (answer.says[0].response, answer.handoff_offered, answer.timing) == ("utter_consult", True, None)
    assert answer.says[0].values["phone"] == "403-555-0100"


def test_staying_with_the_clinician_gives_no_number(context: ContextFor) -> None:
    laid_out = context("just give me a number", "clinician_only", follow_up="stay")
    answer = answer_boundary(laid_out, "clinician_only")

    assert [say.response for say in answer.says] == ["utter_clinician_only_stay", "utter_close"]
    assert answer.timing is None


def test_the_clinic_s_phone_is_the_profile_s(context: ContextFor) -> None:
    laid_out = context("x", "price")
    moved = replace(laid_out, clinic=replace(laid_out.clinic, phone="587-555-0199"))

    assert answer_boundary(moved, "price").says[-1].values["phone"] == "587-555-0199"
