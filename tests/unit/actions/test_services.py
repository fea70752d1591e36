"""What the actions are wired to, from the environment, and what the clinic says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from actions.services import Services, reach, services
from bot.clinic import Clinic
from bot.consult.reading.message import Reading
from bot.database import engine
from bot.knowledge.load import load_files
from bot.settings import PROJECT_ROOT


@pytest.fixture
def wired(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Services]:
    monkeypatch.setenv("TANDEM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TANDEM_TODAY", "2026-11-22")
    load_files(engine(f"sqlite:///{tmp_path / 'tandem.db'}"), PROJECT_ROOT / "data" / "knowledge")
    services.cache_clear()
    yield services()
    services.cache_clear()


def test_they_are_built_once_from_the_environment(wired: Services) -> None:
    assert services() is wired
    assert (wired.today(), wired.knowledge.current().covered) == (date(2026, 11, 22), ("botox", "microneedling"))


def test_the_clinic_s_words_come_from_its_profile(wired: Services) -> None:
    said = wired.clinic_facts("en")

    assert (said.name, said.phone) == ("Demo Clinic (example only)", "403-555-0100")
    assert said.hours and said.price_note.endswith("(example text).")
    assert wired.clinic_facts("fr").price_note.endswith("(texte d'exemple).")


def without(clinic: Clinic, *entries: str) -> Clinic:
    """A profile that leaves some entries out."""
    return replace(clinic, **dict.fromkeys(entries))


def test_what_the_clinic_leaves_out_is_empty(built: Services) -> None:
    bare = without(built.clinic, "email", "address", "booking_link", "price_note")
    said = replace(built, clinic=bare).clinic_facts("en")

    assert (said.email, said.address, said.booking_link, said.price_note) == ("", "", "", "")


def test_the_quickest_way_to_reach_the_clinic_is_named(built: Services) -> None:
    clinic, ways = built.clinic, ("phone", "email", "booking_link", "address")

    assert [reach(without(clinic, *ways[:count])) for count in range(5)] == [
        "403-555-0100",
        "hello@demo-clinic.example",
        "https://demo-clinic.example/book",
        clinic.address,
        "",
    ]


def test_a_button_says_nothing_but_its_topic(built: Services) -> None:
    assert built.button_reading("fr") == Reading(language="fr", pair=("botox", "microneedling"))
    assert built.button_reading("xx").language == "en"
