"""What an answer changes in the form, and what is asked next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.consult.request.consent import VERSION, Consent, read_consent
from bot.consult.request.progress import advance, fresh, is_unsent, known_after, known_later, missing, tokens_in
from bot.consult.request.questions import Asking, responses
from bot.consult.request.types import FormAnswer, read_back
from bot.consult.types import to_json

NOW = datetime(2026, 11, 22, 21, 5, 9)
AGREED = {"version": VERSION, "at": "2026-11-22T21:05:09"}


def held(*filled: str, **others: Any) -> dict[str, Any]:
    """The slots of a form in which these fields are filled."""
    values = {"consent": AGREED, "name": "name-1", "contact": "phone-1", "time": "time-1", "note": "note-1"}
    return {f"request_{field}": values[field] for field in filled} | others


def test_a_yes_is_kept_with_the_text_s_version_and_its_moment() -> None:
    step = advance(FormAnswer(consent=True), held(), NOW)

    assert (step.slots["request_consent"], step.requested) == (AGREED, "name")
    assert read_consent(AGREED) == Consent(VERSION, NOW)


@pytest.mark.parametrize(
    ("answer", "ending"), [(FormAnswer(consent=False), "declined"), (FormAnswer(wish="stop"), "stopped")]
)
def test_a_no_and_a_stop_end_it(answer: FormAnswer, ending: str) -> None:
    step = advance(answer, held("consent", "name"), NOW)

    assert (step.slots, step.requested) == ({"request_ending": ending}, None)


def test_details_before_the_consent_wait_and_the_consent_is_asked_for_again() -> None:
    step = advance(FormAnswer((("name", "name-1"), ("phone", "phone-1"))), held(), NOW)

    assert (step.slots["request_name"], step.slots["request_contact"], step.requested) == (
        "name-1",
        "phone-1",
        "consent",
    )


def test_after_the_consent_what_is_already_known_is_not_asked_again() -> None:
    assert advance(FormAnswer(consent=True), held("name", "contact"), NOW).requested == "time"


@pytest.mark.parametrize(
    ("filled", "asked"),
    [
        (("consent",), "name"),
        (("consent", "name"), "contact"),
        (("consent", "name", "contact"), "time"),
        (("consent", "name", "contact", "time"), "note"),
        (("name", "contact", "time", "note"), "consent"),
    ],
)
def test_the_first_missing_field_is_asked_for(filled: tuple[str, ...], asked: str) -> None:
    assert advance(None, held(*filled), NOW).requested == asked


@pytest.mark.parametrize(
    ("filled", "asked", "ending"),
    [((), "consent", "left"), (("name",), "consent", "set_aside"), (("consent", "name"), "contact", "set_aside")],
)
def test_who_asks_three_other_things_in_a_row_is_left_in_peace(filled: Any, asked: str, ending: str) -> None:
    slots = held(*filled)
    steps = []
    for _ in range(3):
        steps.append(advance(None, slots, NOW))
        slots |= steps[-1].slots

    assert [step.requested for step in steps] == [asked, asked, None]
    assert steps[-1].slots == {"request_ending": ending}


def test_an_answer_in_between_starts_the_count_anew() -> None:
    slots = held("consent")
    for answer in (None, None, FormAnswer((("name", "name-1"),)), None, None):
        slots |= advance(answer, slots, NOW).slots

    assert (slots.get("request_ending"), slots["request_tries"]) == (None, {"passed_over": 2})


def test_somebody_under_age_is_not_asked_any_more() -> None:
    step = advance(FormAnswer(wish="under_age", beside=True), held("consent", "name"), NOW)

    assert (step.slots, step.requested) == ({"request_ending": "under_age"}, None)


def test_an_answer_always_changes_a_slot_or_rasa_would_take_it_for_an_interruption() -> None:
    assert advance(FormAnswer(), held("consent"), NOW).slots == {"request_tries": {}}


@pytest.mark.parametrize(
    ("before", "new", "manner", "after"),
    [
        (None, "phone-1", None, "phone-1"),
        ("phone-1", "phone-2", None, "phone-2"),
        ("phone-1", "email-1", None, "phone-1 email-1"),
        ("email-1", "phone-1", None, "phone-1 email-1"),
        ("phone-1 email-1", "phone-2", None, "phone-2 email-1"),
        ("phone-1", "phone-2", "also", "phone-1 phone-2"),
        ("phone-1", "email-1", "instead", "email-1"),
        ("phone-1", "phone-1", "also", "phone-1"),
        ("phone-1 phone-2 email-1", "phone-3", "also", "phone-2 phone-3 email-1"),
    ],
)
def test_a_number_replaces_a_number_and_stands_beside_an_address(
    before: str | None, new: str, manner: Any, after: str
) -> None:
    values: Any = tuple((token.partition("-")[0], token) for token in new.split())
    slots = held("consent", "name") | {"request_contact": before}

    assert advance(FormAnswer(values, manner=manner), slots, NOW).slots["request_contact"] == after


def test_a_number_and_an_address_in_one_message_are_both_kept() -> None:
    step = advance(FormAnswer((("email", "email-1"), ("phone", "phone-1"))), held("consent", "name"), NOW)

    assert (step.slots["request_contact"], step.requested) == ("phone-1 email-1", "time")


def test_a_number_that_was_wrong_is_not_kept_beside_the_new_one() -> None:
    answer = FormAnswer((("email", "email-1"),), reopened=("contact",))

    assert advance(answer, held("consent", "name", "contact"), NOW).slots["request_contact"] == "email-1"


@pytest.mark.parametrize(
    ("answer", "before", "after"),
    [
        (FormAnswer((("name", "name-1"), ("phone", "phone-1"))), None, {"name": "name-1", "contact": "phone-1"}),
        (FormAnswer((("email", "email-1"),)), {"contact": "phone-1"}, {"contact": "phone-1 email-1"}),
        (FormAnswer((("note", "note-1"),)), {"filed": "TD-4F7K"}, {"filed": "TD-4F7K"}),
        (FormAnswer(wish="under_age"), {"name": "name-1"}, {"name": "name-1", "under_age": True}),
    ],
)
def test_what_is_told_in_passing_is_known_later(answer: FormAnswer, before: Any, after: dict[str, Any]) -> None:
    assert known_after(answer, before) == after


def test_a_form_starts_with_what_was_told_in_passing() -> None:
    slots = fresh("k", {"name": "name-1", "contact": "phone-1 email-1", "filed": "TD-4F7K"})

    assert missing(slots) == ("consent", "time", "note")
    assert tokens_in(slots) == ["name-1", "phone-1", "email-1"]


@pytest.mark.parametrize(
    ("known", "later"),
    [
        (None, {}),
        ({"name": "name-1", "filed": "TD-4F7K"}, {"filed": "TD-4F7K"}),
        ({"under_age": True}, {"under_age": True}),
    ],
)
def test_a_form_that_has_ended_leaves_no_details_behind(known: Any, later: dict[str, Any]) -> None:
    assert known_later(known) == later


def test_a_wrong_answer_is_counted_and_its_field_asked_for_again() -> None:
    once = advance(FormAnswer(problems=(("contact", "phone"),)), held("consent", "name", "contact"), NOW)
    twice = advance(FormAnswer(problems=(("contact", "email"),)), {**held("consent", "name"), **once.slots}, NOW)

    assert (once.slots["request_contact"], once.requested) == (None, "contact")
    assert twice.slots["request_tries"] == {"contact": 2}


def test_what_was_right_beside_it_is_kept() -> None:
    answer = FormAnswer((("name", "name-1"),), problems=(("contact", "phone"),), skipped=("time", "note"))
    step = advance(answer, held("consent"), NOW)

    assert (step.slots["request_name"], step.slots["request_note"], step.requested) == ("name-1", "-", "contact")


def test_a_field_that_was_wrong_is_opened_again() -> None:
    step = advance(FormAnswer(reopened=("contact",)), held("consent", "name", "contact", "time"), NOW)

    assert (step.slots["request_contact"], step.requested) == (None, "contact")


def test_the_last_answer_completes_it() -> None:
    slots = held("consent", "name", "contact", "time")
    step = advance(FormAnswer(skipped=("note",)), slots, NOW)

    assert step.requested is None
    assert missing({**slots, **step.slots}) == ()


@pytest.mark.parametrize(
    ("slots", "unsent"),
    [
        (held("consent", "name", "contact", "time", "note", request_key="k"), True),
        (held("consent", "name", "contact", "time", "note"), False),
        (held("consent", "name", request_key="k"), False),
    ],
)
def test_only_a_complete_request_waits_for_another_try(slots: dict[str, Any], unsent: bool) -> None:
    assert is_unsent(slots) is unsent


def test_a_form_starts_empty_but_for_its_key() -> None:
    slots = fresh("k")

    assert {name for name, value in slots.items() if value is not None} == {"request_key"}
    assert missing(slots) == ("consent", "name", "contact", "time", "note")


def test_an_answer_travels_as_json() -> None:
    answer = FormAnswer((("name", "name-1"),), ("time",), ("contact",), True, "explain", (("note", "note"),), True)

    assert read_back(to_json(answer)) == answer  # type: ignore[arg-type]
    assert read_back(None) is None


# What is said.
GAVE = FormAnswer((("name", "name-1"),))


@pytest.mark.parametrize(
    ("asking", "said"),
    [
        (Asking("consent", None, started=True), ["consent"]),
        (Asking("consent", GAVE, started=True), ["consent"]),
        (Asking("consent", FormAnswer(wish="status"), started=True), ["consent"]),
        (Asking("consent", GAVE), ["consent_kept"]),
        (Asking("consent", None), ["consent_again"]),
        (Asking("name", FormAnswer(consent=True)), ["name"]),
        (Asking("name", FormAnswer(consent=True), shows_page=True), ["details"]),
        (Asking("name", None, shows_page=True), ["name_again"]),
        (Asking("contact", GAVE, shows_page=True), ["contact"]),
        (Asking("contact", FormAnswer()), ["contact_again"]),
        (Asking("contact", GAVE, noted=True), ["noted", "contact_again"]),
        (Asking("contact", FormAnswer(wish="explain")), ["explain", "contact_again"]),
        (Asking("contact", FormAnswer(wish="written")), ["nothing_written", "contact_again"]),
        (Asking("contact", FormAnswer(wish="written"), written=True), ["written", "contact_again"]),
        (Asking("time", FormAnswer(wish="when"), hours="_closed"), ["when_closed", "time_again"]),
        (Asking("consent", FormAnswer(wish="status")), ["not_sent", "consent_again"]),
        (Asking("contact", FormAnswer(problems=(("contact", "phone"),)), tried=1), ["problem_phone"]),
        (Asking("contact", FormAnswer(problems=(("contact", "phone"),)), tried=2), ["call_instead", "problem_phone"]),
        (Asking("contact", FormAnswer(problems=(("contact", "phone"),)), tried=3), ["call_instead", "problem_phone"]),
        (Asking("name", FormAnswer(problems=(("name", "name"), ("contact", "phone"))), tried=1), ["problems"]),
        (Asking("consent", FormAnswer(problems=(("consent", "consent"),)), tried=1), ["problem_consent"]),
        (Asking("consent", FormAnswer(problems=(("consent", "consent"),)), tried=2), ["call_instead", "consent_again"]),
        (Asking("consent", FormAnswer(problems=(("contact", "email"),)), tried=1), ["problem_email", "consent_again"]),
    ],
)
def test_the_form_says_what_helps_next(asking: Asking, said: list[str]) -> None:
    assert list(responses(asking)) == [f"utter_request_{each}" for each in said]
