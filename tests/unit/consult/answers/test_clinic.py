"""What the clinic says of itself: exactly what was asked, or that it did not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, get_args

import pytest

from bot.clinic import WEEKDAYS, Clinic, Stretch
from bot.consult.answers.clinic import GAP, ClinicContext, answer_clinic, offered
from bot.consult.types import ClinicKind, ClinicQuestion
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge, Text
from bot.settings import PROJECT_ROOT

TEN_TO_SIX = (Stretch(time(10), time(18)),)
BARE = Clinic(name="A test", time_zone="America/Edmonton", hours=dict.fromkeys(WEEKDAYS, TEN_TO_SIX) | {"sunday": ()})
WORDS = Text.of({"en": "in English", "fr": "en français"})
TEXTS = (
    "price_note", "who_treats", "parking", "languages", "deposit", "cancellation", "gift_cards", "payment",
    "age_policy", "new_clients", "locations", "holidays",
)  # fmt: skip
ALWAYS = ("hours_now", "hours_on", "hours_week")


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return read_knowledge(PROJECT_ROOT / "data" / "knowledge")


def answer(kind: Any, clinic: Clinic, at: tuple[int, int] = (22, 12), language: str = "en", **asked: Any) -> Any:
    """The answer on a day and at an hour in November 2026, in which the 22nd is a Sunday."""
    now = datetime(2026, 11, *at, tzinfo=clinic.zone)
    return answer_clinic(ClinicQuestion(kind, "", **asked), ClinicContext(clinic, now, language, knowledge()))


def said(kind: Any, clinic: Clinic, **given: Any) -> tuple[str, dict[str, str]]:
    made = answer(kind, clinic, **given)
    values = {name: value for name, value in made.say.values.items() if name not in ("clinic_name", "phone")}
    return made.say.response.removeprefix("utter_clinic_"), values


@pytest.mark.parametrize("kind", sorted({*get_args(ClinicKind)} - {*ALWAYS}))
def test_what_the_clinic_leaves_out_is_a_gap_with_whom_to_ask(kind: Any) -> None:
    made = answer(kind, replace(BARE, email="desk@clinic.example") if kind != "phone" else BARE, treatments=("botox",))

    assert (made.say.response, made.known, made.say.values["clinic_name"]) == (GAP, False, "A test")
    assert made.say.values["phone"] == ("" if kind == "phone" else "desk@clinic.example")


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize(("language", "words"), [("en", "in English"), ("fr", "en français"), ("de", "in English")])
def test_what_it_says_is_said_word_for_word_in_the_language_asked(kind: Any, language: str, words: str) -> None:
    clinic = replace(BARE, **{kind: WORDS})

    assert said(kind, clinic, language=language) == ("says", {"clinic_words": words})
    assert answer(kind, clinic).known


@pytest.mark.parametrize(
    ("filled", "kind", "expected"),
    [
        ({"address": "1 Example Street"}, "address", ("address", {"address": "1 Example Street"})),
        ({"phone": "403-555-0100"}, "phone", ("phone", {"ways": "403-555-0100"})),
        (
            {"phone": "403-555-0100", "email": "desk@clinic.example"},
            "phone",
            ("phone", {"ways": "403-555-0100, desk@clinic.example"}),
        ),
        ({"booking": WORDS}, "booking", ("says", {"clinic_words": "in English"})),
        ({"booking_link": "https://clinic.example"}, "booking", ("says", {"clinic_words": "https://clinic.example"})),
        (
            {"booking": WORDS, "booking_link": "https://clinic.example"},
            "booking",
            ("says", {"clinic_words": "in English"}),
        ),
        ({"services": (Text.of({"en": "Botox"}), WORDS)}, "services", ("services", {"services": "Botox, in English"})),
    ],
)
def test_each_thing_is_answered_on_its_own(filled: dict[str, Any], kind: Any, expected: Any) -> None:
    assert said(kind, replace(BARE, **filled)) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((24, 12), ("open_now", {"closes": "6:00 p.m."})),
        ((24, 9), ("closed_now", {"opens": "Tuesday, November 24, 10:00 a.m."})),
        ((24, 18), ("closed_now", {"opens": "Wednesday, November 25, 10:00 a.m."})),
        ((22, 12), ("closed_now", {"opens": "Monday, November 23, 10:00 a.m."})),
    ],
)
def test_whether_it_is_open_now_is_answered_with_the_next_change(at: tuple[int, int], expected: Any) -> None:
    assert said("hours_now", BARE, at=at) == expected


@pytest.mark.parametrize(
    ("day", "language", "expected"),
    [
        (date(2026, 11, 28), "en", ("open_on", {"day": "Saturday, November 28", "hours": "10:00 a.m.–6:00 p.m."})),
        (date(2026, 11, 28), "fr", ("open_on", {"day": "samedi 28 novembre", "hours": "10 h 00–18 h 00"})),
        (
            date(2026, 12, 25),
            "en",
            ("closed_on", {"day": "Friday, December 25 (Christmas Day)", "opens": "Saturday, December 26, 10:00 a.m."}),
        ),
        (
            date(2026, 11, 22),
            "en",
            ("closed_on", {"day": "Sunday, November 22", "opens": "Monday, November 23, 10:00 a.m."}),
        ),
        (
            date(2026, 12, 24),
            "en",
            ("closed_on", {"day": "Thursday, December 24", "opens": "Saturday, December 26, 10:00 a.m."}),
        ),
    ],
)
def test_a_day_is_answered_with_its_hours_or_the_next_opening(day: date, language: str, expected: Any) -> None:
    clinic = replace(BARE, public_holidays="CA-AB", closed_on=frozenset({date(2026, 12, 24)}))

    assert said("hours_on", clinic, day=day, language=language) == expected


@pytest.mark.parametrize("kind", ["hours_now", "hours_on"])
def test_a_clinic_that_never_opens_names_no_opening(kind: Any) -> None:
    closed = replace(BARE, hours=dict.fromkeys(WEEKDAYS, ()))

    assert said(kind, closed)[0] == ("closed_now_for_long" if kind == "hours_now" else "closed_on_for_long")


def test_the_whole_week_is_given_in_lines_and_in_a_row() -> None:
    assert said("hours_week", BARE) == (
        "week",
        {
            "hours_lines": "Monday to Saturday 10:00 a.m.–6:00 p.m.\nSunday closed",
            "hours_row": "Monday to Saturday 10:00 a.m.–6:00 p.m.; Sunday closed",
        },
    )


def test_holidays_without_a_text_are_the_next_days_off() -> None:
    clinic = replace(BARE, public_holidays="CA-AB", closed_on=frozenset({date(2026, 12, 24)}))

    assert said("holidays", clinic) == (
        "closures",
        {"days": "Thursday, December 24; Friday, December 25 (Christmas Day); Friday, January 1 (New Year's Day)"},
    )
    assert said("holidays", replace(clinic, holidays=WORDS)) == ("says", {"clinic_words": "in English"})


@pytest.mark.parametrize(
    ("treatments", "language", "expected"),
    [
        (("botox",), "en", ("service", {"listed": "Botox", "not_listed": ""})),
        (("botox", "microneedling"), "fr", ("service", {"listed": "le Botox et le microneedling", "not_listed": ""})),
        (("prp",), "en", ("service_not_listed", {"listed": "", "not_listed": "PRP"})),
        (("botox", "prp"), "en", ("service_some", {"listed": "Botox", "not_listed": "PRP"})),
    ],
)
def test_whether_it_offers_something_is_read_from_its_list(treatments: Any, language: str, expected: Any) -> None:
    clinic = replace(BARE, services=(Text.of({"en": "Botox"}), Text.of({"en": "Micro-needling, Dermapen"})))

    assert said("service", clinic, treatments=treatments, language=language) == expected


@pytest.mark.parametrize(
    ("services", "treatments"),
    [
        (["Botox & Dysport"], {"botox"}),
        (["RF microneedling"], {"rf_microneedling"}),
        (["Massage"], set()),
        ([], set()),
    ],
)
def test_a_list_of_services_names_treatments_by_their_own_names(services: list[str], treatments: set[str]) -> None:
    assert offered([Text.of({"en": service}) for service in services], knowledge()) == treatments
