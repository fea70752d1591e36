"""Phone numbers and e-mail addresses give way to tokens; whatever else has digits stays."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.contacts import find, plain_form, replaced, without_extension


def with_tokens(text: str) -> str:
    return replaced(text, lambda kind, _: kind)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call me at 403-555-0123 please", "call me at [phone] please"),
        ("(403) 555-0123", "[phone]"),
        ("(403)5550123.", "[phone]."),
        ("4035550123", "[phone]"),
        ("403.555.0123, thanks", "[phone], thanks"),
        ("403 555 0123", "[phone]"),
        ("1-403-555-0123", "[phone]"),
        ("+1 (403) 555 0123", "[phone]"),
        ("+44 20 7946 0958", "[phone]"),
        ("555-123-4567", "[phone]"),
        ("403–555–0123", "[phone]"),
        ("403\u200b555\u200b0123", "[phone]"),
        ("４０３-５５５-０１２３", "[phone]"),
        ("403-555-0123 or 780 555 0199", "[phone] or [phone]"),
        ("text 555-0123", "text [phone]"),
        ("my number is 555 0123", "my number is [phone]"),
        ("botox 2026-11-03, call 403-555-0123", "botox 2026-11-03, call [phone]"),
        ("jane@example.com", "[email]"),
        ("mail jane.doe+x@sub.example.co.uk.", "mail [email]."),
        ("(jane@example.com)", "([email])"),
        ("<jane@example.com>", "<[email]>"),
        ("zoé@exämple.ca", "[email]"),
        ("jane (at) example dot com", "[email]"),
        ("jane[at]example.com", "[email]"),
        ("jane at example dot ca", "[email]"),
        ("a..b@example.com", "[email]"),
    ],
)
def test_contact_data_becomes_a_token(text: str, shown: str) -> None:
    assert with_tokens(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03",
        "2026-11-03 and 2026-11-20",
        "11/03 and 11/20",
        "11/03/2026 or 20/11/2026",
        "03.11.2026 10:30",
        "20261103 20261120",
        "Nov 3 2026 and Nov 20 2026",
        "2026-11-03T10:30:00",
        "1234567890",
        "0000000000",
        "10 days ago, 20 units, 3 weeks",
        "$1,200 for 40 units",
        "350-400 dollars",
        "911, 811 and 9-8-8",
        "should I call 911?",
        "call in 2 weeks",
        "1-2 weeks or 10-14 days",
        "meet me at clinic.ca",
        "units @ 12.50",
        "see example.com",
        "@clinic",
        "at the dot com boom",
        "2 at 3 pm",
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert with_tokens(text) == text


@pytest.mark.parametrize(
    ("kind", "raw", "form"),
    [
        ("phone", "(403) 555-0123", "+14035550123"),
        ("phone", "403.555.0123", "+14035550123"),
        ("phone", "４０３-５５５-０１２３", "+14035550123"),
        ("phone", "+44 20 7946 0958", "+442079460958"),
        ("email", "Jane@Example.COM", "Jane@example.com"),
        ("email", "a..b@example.com", "a..b@example.com"),
    ],
)
def test_a_value_has_one_plain_form(kind: str, raw: str, form: str) -> None:
    assert plain_form(kind, raw) == form  # type: ignore[arg-type]


@given(st.dates())
def test_no_date_is_a_phone_number(day: object) -> None:
    assert find(f"botox on {day} ok") == []


@given(st.text(max_size=200))
def test_finding_never_fails_and_never_overlaps(text: str) -> None:
    found = find(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["a" * 1000, "1 " * 500, "a@" * 500, "a." * 500, "(at)" * 250, "1" * 1000, "+1-" * 333]
)
def test_long_hostile_texts_are_read_too(text: str) -> None:
    assert find(text) is not None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("403-555-0123 ext 5", "+14035550123 ext. 5"),
        ("403-555-0123, extension 44", "+14035550123 ext. 44"),
        ("403 555 0123 x12", "+14035550123 ext. 12"),
        ("403 555 0123 poste 7", "+14035550123 ext. 7"),
        ("403 555 0123 or call 5 times", "+14035550123"),
    ],
)
def test_an_extension_belongs_to_its_number(text: str, plain: str) -> None:
    (found,) = find(text)

    assert plain_form(found.kind, text[found.start : found.end]) == plain
    assert without_extension(plain) == "+14035550123"
