"""A person is found by their number or address however it is written, and by nobody else's."""

from __future__ import annotations

import pytest

from bot.handoff.person import Person, PersonError

PHONE = Person("phone", "+14035550142")
EMAIL = Person("email", "Robin@clinic.example")


@pytest.mark.parametrize(
    "text", ["403-555-0142", "(403) 555 0142", "+1 403 555 0142", "1.403.555.0142", "4035550142", " 403 555 0142 "]
)
def test_a_number_has_one_form_however_it_is_written(text: str) -> None:
    assert Person.by(text, None) == PHONE


@pytest.mark.parametrize("text", ["Robin@clinic.example", " Robin@CLINIC.example "])
def test_an_address_has_one_form_however_it_is_written(text: str) -> None:
    assert Person.by(None, text) == EMAIL


@pytest.mark.parametrize(
    ("phone", "email", "sentence"),
    [
        (None, None, "Give one of --phone and --email."),
        ("", "", "Give one of --phone and --email."),
        ("403-555-0142", "robin@clinic.example", "Give one of --phone and --email."),
        ("robin", None, "That is no phone number; write it like 403-555-0100 or +14035550100."),
        ("12", None, "That is no phone number; write it like 403-555-0100 or +14035550100."),
        ("4" * 500, None, "That is no phone number; write it like 403-555-0100 or +14035550100."),
        (None, "robin", "That is no e-mail address; write it like name@clinic.example."),
        (None, "robin@", "That is no e-mail address; write it like name@clinic.example."),
    ],
)
def test_what_is_no_number_or_address_is_refused_in_a_sentence_that_does_not_repeat_it(
    phone: str | None, email: str | None, sentence: str
) -> None:
    with pytest.raises(PersonError) as refused:
        Person.by(phone, email)
    assert (str(refused.value), refused.value.exit_code) == (sentence, 2)


@pytest.mark.parametrize(
    ("person", "token", "value", "named"),
    [
        (PHONE, "phone-1", "+14035550142", True),
        (PHONE, "phone-2", "403 555-0142", True),
        (PHONE, "phone-1", "+14035550142 ext. 5", True),
        (PHONE, "phone-1", "+14035550143", False),
        (PHONE, "email-1", "4035550142@clinic.example", False),
        (PHONE, "note-1", "or call my husband at 403-555-0142", True),
        (PHONE, "note-1", "call after 4", False),
        (PHONE, "name-1", "Robin, 403 555 0142", True),
        (EMAIL, "email-1", "Robin@clinic.example", True),
        (EMAIL, "email-1", "robin@Clinic.example", True),
        (EMAIL, "email-1", "robin@clinic.example.org", False),
        (EMAIL, "note-1", "write to robin@clinic.example please", True),
        (EMAIL, "name-1", "Robin", False),
    ],
)
def test_a_value_names_a_person_or_not(person: Person, token: str, value: str, named: bool) -> None:
    assert person.is_named_in(token, value) is named
