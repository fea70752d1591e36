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
    said = apology(SimpleNamespace(name="Demo Clinic", phone=phone, email=email))("en")
    assert said["topic"] == "fallback"
    assert [message["text"] for message in said["messages"]] == [
        f"Sorry, something went wrong and I could not answer. Please try again, or {contact}. "
        "In an emergency, call 911."
    ]


def test_it_is_said_in_the_language_of_the_conversation() -> None:
    said = apology(SimpleNamespace(name="Demo Clinic", phone="403-555-0100", email=None))("fr")

    assert said["language"] == "fr"
    assert said["messages"][0]["text"].startswith("Désolé, quelque chose n'a pas fonctionné")
    assert "appelez Demo Clinic au 403-555-0100" in said["messages"][0]["text"]
