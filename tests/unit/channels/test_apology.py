"""The apology names whatever way to the clinic there is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bot.channels.apology import apology


@pytest.mark.parametrize(
    ("phone", "email", "contact"),
    [
        ("403-555-0100", "desk@clinic.example", "call Demo Clinic at 403-555-0100"),
        (None, "desk@clinic.example", "write to Demo Clinic at desk@clinic.example"),
        (None, None, "contact Demo Clinic"),
    ],
)
def test_the_apology_says_how_to_reach_the_clinic(phone: str | None, email: str | None, contact: str) -> None:
    said = apology(SimpleNamespace(name="Demo Clinic", phone=phone, email=email))
    assert said["topic"] == "fallback"
    assert [message["text"] for message in said["messages"]] == [
        f"Sorry, something went wrong and I could not answer. Please try again, or {contact}. "
        "In an emergency, call 911."
    ]
