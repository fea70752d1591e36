"""What is read from Twilio's fields, and what is turned away."""

from __future__ import annotations

from hashlib import sha256

import pytest

from bot.channels.sms.received import Received, Status, read_message, read_status
from bot.channels.sms.signature import Fields
from tests.handoff import PHONE

MESSAGE = {"MessageSid": "SM1", "From": PHONE, "Body": "what is botox?", "NumMedia": "0"}


def fields(**values: str | list[str]) -> Fields:
    return Fields({name: value if isinstance(value, list) else [value] for name, value in values.items()})


def message(**changed: str | list[str]) -> Received | None:
    return read_message(fields(**{**MESSAGE, **changed}), "a signature")


def test_a_message_is_read_whole() -> None:
    digest = sha256(b"a signature").hexdigest()

    assert message() == Received("SM1", digest, PHONE, "what is botox?", 0, False)


@pytest.mark.parametrize("name", ["MessageSid", "SmsMessageSid", "SmsSid"])
def test_a_message_is_known_by_any_of_its_three_names(name: str) -> None:
    read = read_message(fields(**{name: "SM7", "From": PHONE}), "a signature")

    assert read is not None
    assert (read.message_sid, read.text, read.pictures, read.is_handled) == ("SM7", "", 0, False)


@pytest.mark.parametrize(
    ("written", "pictures"), [("0", 0), ("2", 2), ("10", 10), ("", 0), ("-1", 0), ("100", 0), ("two", 0), ("٢", 0)]
)
def test_pictures_are_counted_where_their_number_is_one(written: str, pictures: int) -> None:
    read = message(NumMedia=written)

    assert read is not None
    assert read.pictures == pictures


@pytest.mark.parametrize(
    ("kind", "is_handled", "taken_for"),
    [
        ("STOP", True, "stop"),
        ("Help", True, "help"),
        ("START", True, "start"),
        ("OTHER", True, None),
        ("", False, None),
    ],
)
def test_what_twilio_answered_itself_is_known_by_its_kind(kind: str, is_handled: bool, taken_for: str | None) -> None:
    read = message(OptOutType=kind)

    assert read is not None
    assert (read.is_handled, read.handled_as) == (is_handled, taken_for)


@pytest.mark.parametrize("body", [[], ["one", "two"]])
def test_a_body_that_does_not_stand_once_is_empty(body: list[str]) -> None:
    read = message(Body=body)

    assert read is not None
    assert read.text == ""


@pytest.mark.parametrize(
    "changed",
    [
        {"From": ""},
        {"From": "CLINIC"},
        {"From": "12345"},
        {"From": [PHONE, PHONE]},
        {"MessageSid": ""},
        {"MessageSid": "S"},
        {"MessageSid": "S" * 65},
        {"MessageSid": "SM 1"},
        {"MessageSid": "SM1\n"},
        {"MessageSid": ["SM1", "SM2"]},
    ],
)
def test_a_message_without_a_number_or_a_name_is_none(changed: dict[str, str | list[str]]) -> None:
    assert message(**changed) is None


def test_neither_number_nor_words_are_shown_where_a_message_is_printed() -> None:
    assert PHONE not in repr(message())
    assert "botox" not in repr(message())


@pytest.mark.parametrize(
    ("given", "delivery_id", "status"),
    [
        ({"MessageSid": "SM1", "MessageStatus": "sent"}, None, Status("SM1", None, "sent", None)),
        ({"SmsSid": "SM1", "SmsStatus": "Delivered"}, "d1", Status("SM1", "d1", "delivered", None)),
        ({"MessageStatus": "failed", "ErrorCode": "30003"}, "d1", Status(None, "d1", "failed", "30003")),
        ({"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "x"}, None, Status("SM1", None, "failed", None)),
        ({"MessageSid": "S" * 65, "MessageStatus": "sent"}, "d1", Status(None, "d1", "sent", None)),
        ({"MessageSid": "SM 1", "MessageStatus": "sent"}, "d1", Status(None, "d1", "sent", None)),
    ],
)
def test_a_status_is_read(given: dict[str, str], delivery_id: str | None, status: Status) -> None:
    assert read_status(fields(**given), delivery_id) == status


@pytest.mark.parametrize(
    ("given", "delivery_id"),
    [
        ({}, None),
        ({"MessageStatus": "sent"}, None),
        ({"MessageStatus": "sent"}, ""),
        ({"MessageSid": "SM 1", "MessageStatus": "sent"}, None),
        ({"MessageSid": "SM1"}, "d1"),
        ({"MessageSid": "SM1", "MessageStatus": "s" * 33}, "d1"),
        ({"MessageSid": "SM1", "MessageStatus": "sent!"}, "d1"),
        ({"MessageSid": "SM1", "MessageStatus": ["sent", "failed"]}, "d1"),
    ],
)
def test_what_names_no_message_or_no_status_is_none(given: dict[str, str | list[str]], delivery_id: str | None) -> None:
    assert read_status(fields(**given), delivery_id) is None
