"""The table of the wording: which responses a topic needs, and what each may hold."""

from __future__ import annotations

import pytest

from bot.consult.answers.wording import filled_in, names_in
from bot.knowledge.types import Topic, TopicKind


@pytest.mark.parametrize(
    ("topic", "kind", "names"),
    [
        ("peel_what", "article", {"claims", "first_claim", "claims_and_gap", "gap", "lead_id"}),
        (
            "parking",
            "boundary",
            {"clinic_name", "phone", "email_line", "address_line", "hours_line", "booking_line", "price_note"},
        ),
        ("chit_chat", "conversation", {"clinic_name", "phone"}),
    ],
)
def test_a_new_topic_needs_the_response_of_its_kind(topic: str, kind: TopicKind, names: set[str]) -> None:
    assert filled_in([Topic(topic, kind)])[f"utter_{topic}"] == names


def test_a_topic_of_safety_needs_none_of_its_own_its_text_is_fixed() -> None:
    needed = filled_in([Topic("poisoning", "safety")])

    assert "utter_poisoning" not in needed
    assert needed["utter_safety"] == {"website_text", "sms_text"}


def test_a_topic_that_the_rules_answer_needs_no_response_of_its_own_but_a_title() -> None:
    needed = filled_in([Topic("wait_after_peel", "article")])

    assert "utter_wait_after_peel" not in needed
    assert needed["utter_title_wait_after_peel"] == frozenset()


def test_a_topic_that_says_something_else_than_its_kind_has_a_row_of_its_own() -> None:
    assert filled_in([Topic("side_effect_mild", "boundary")])["utter_side_effect_mild"] == {"urgent"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("At least {minimum} after {lead_name}.", {"minimum", "lead_name"}),
        ('/consult{{"request": "yes"}}', set()),
        ("Just words.", set()),
    ],
)
def test_the_names_of_a_text_are_those_in_single_braces(text: str, names: set[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize("text", ["at least {minimum", "at least minimum}"])
def test_a_brace_without_its_partner_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="'}'"):
        names_in(text)
