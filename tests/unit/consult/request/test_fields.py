"""The form as a page shows it, and what comes back from it; and whether what was given can be used."""

from __future__ import annotations

from typing import Any

import pytest

from bot.consult.request.checks import problem_of
from bot.consult.request.fields import fields_for, read_page
from bot.consult.request.types import FIELDS

ALL = ("name", "contact", "time", "note")


def test_a_page_shows_what_is_missing_only() -> None:
    assert [field.name for field in fields_for(ALL)] == ["name", "phone", "email", "time", "note"]
    assert [field.name for field in fields_for(("contact", "note"))] == ["phone", "email", "note"]


def test_a_filled_form_is_read() -> None:
    given = {"name": " Will ", "phone": "403 555 0188", "email": "", "time": "mornings", "note": ""}
    answer = read_page(given, ALL)

    assert dict(answer.values) == {"name": "Will", "phone": "403 555 0188", "time": "mornings"}
    assert (answer.skipped, answer.problems, answer.shown) == (("note",), (), "[name] [phone] [time]")


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({}, (("name", "name_missing"), ("contact", "contact_missing"))),
        ({"name": "Will"}, (("contact", "contact_missing"),)),
        ({"phone": "403-555-0188"}, (("name", "name_missing"),)),
        ({"name": "Will", "phone": "12"}, (("contact", "phone"),)),
        ({"name": "12", "email": "w@x"}, (("name", "name"), ("contact", "email"))),
        ({"name": "Will", "phone": "12", "email": "w@example.com"}, (("contact", "phone"),)),
        ({"name": "Will", "email": "w@example.com", "note": "x" * 501}, (("note", "note"),)),
    ],
)
def test_what_is_missing_or_wrong_is_named(given: dict[str, str], problems: Any) -> None:
    assert read_page(given, ALL).problems == problems


def test_what_is_right_beside_a_wrong_field_is_kept() -> None:
    answer = read_page({"name": "Will", "phone": "12", "time": "noon"}, ALL)

    assert (dict(answer.values), answer.skipped) == ({"name": "Will", "time": "noon"}, ("note",))


def test_what_was_filled_in_before_may_be_left_out() -> None:
    answer = read_page({"time": "noon"}, ("time", "note"))

    assert (dict(answer.values), answer.skipped, answer.problems) == ({"time": "noon"}, ("note",), ())


@pytest.mark.parametrize(
    ("detail", "value", "problem"),
    [
        ("phone", "403-555-0188", None),
        ("phone", "+1 (403) 555 0188", None),
        ("phone", "+14035550188", None),
        ("phone", "942 555 0188", None),
        ("phone", "+44 20 7946 0958", None),
        ("phone", "555-0188", "area_code"),
        ("phone", "403 155 0188", "phone"),
        ("phone", "403 555 018", "phone"),
        ("phone", "+999 12", "phone"),
        ("phone", "call me", "phone"),
        ("phone", "", "phone"),
        ("email", "sam@example.com", None),
        ("email", "o'brien@mail.ca", None),
        ("email", "sam@example", "email"),
        ("email", "sam example.com", "email"),
        ("email", f"{'s' * 250}@example.com", "email"),
        ("name", "O'Brien", None),
        ("name", "李雷", None),
        ("name", "r2d2", "name"),
        ("name", "www.example.com", "name"),
        ("name", "!?", "name"),
        ("name", "x" * 81, "name"),
        ("time", "after 5", None),
        ("time", "x" * 201, "time"),
        ("note", "anything at all 12 @", None),
    ],
)
def test_what_can_be_used_passes_and_what_cannot_is_named(detail: Any, value: str, problem: str | None) -> None:
    assert problem_of(detail, value) == problem


def test_the_consent_comes_before_everything() -> None:
    assert FIELDS == ("consent", "name", "contact", "time", "note")
