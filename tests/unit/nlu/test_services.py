"""What the components share: built once, from the settings."""

from __future__ import annotations

from datetime import date

from bot.nlu.services import services


def test_they_are_built_once_and_know_the_clinic_s_day() -> None:
    assert services() is services()
    assert services().today() == date(2026, 11, 22)


def test_the_reader_reads() -> None:
    assert services().reader.read("needling after tox", services().today()).direction.first == "botox"
