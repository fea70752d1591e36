"""The clinic's profile: what may stand in it, and what a slip in it is answered with."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from bot.clinic import Clinic, Stretch, read_clinic
from bot.settings import PROJECT_ROOT
from bot.yaml_lines import FileError

DEMO = PROJECT_ROOT / "clinic.yml"
NINE_TO_FIVE = (Stretch(time(9), time(17)),)

SMALL = """\
name: Small Clinic (a test)
time_zone: America/Edmonton
phone: "403-555-0100"
email: desk@clinic.example
booking_link: https://clinic.example/book
public_holidays: CA-AB
hours:
  monday: "09:00-17:00"
  tuesday: closed
  wednesday: closed
  thursday: closed
  friday: closed
  saturday: closed
  sunday: closed
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clinic.yml"


def read(file: Path, text: str) -> Clinic:
    file.write_text(text, encoding="utf-8")
    return read_clinic(file)


def test_the_clinic_that_comes_with_the_project_says_that_it_is_an_example() -> None:
    clinic = read_clinic(DEMO)
    assert (clinic.demo, clinic.name) == (True, "Demo Clinic (example only)")
    assert clinic.phone == "403-555-0100"
    assert clinic.zone.key == "America/Edmonton"


def test_a_clinic_is_real_unless_it_says_otherwise_and_may_leave_most_things_out(file: Path) -> None:
    hours = SMALL[SMALL.index("hours:") :]
    clinic = read(file, f"name: Small Clinic (a test)\ntime_zone: America/Edmonton\naddress:\n{hours}")
    assert clinic.demo is False
    assert (clinic.phone, clinic.email, clinic.address, clinic.booking_link) == (None, None, None, None)
    assert clinic.price_note_in("en") is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), NINE_TO_FIVE),
        (date(2026, 11, 24), ()),
        (date(2026, 10, 12), ()),  # Thanksgiving, a Monday
    ],
)
def test_weekdays_and_public_holidays_decide_the_hours(file: Path, day: date, expected: object) -> None:
    assert read(file, SMALL).stretches(day) == expected


def test_a_day_of_the_clinics_own_is_closed(file: Path) -> None:
    assert read(file, SMALL + "closed_on: [2026-11-23]\n").stretches(date(2026, 11, 23)) == ()


def test_a_day_may_have_a_break(file: Path) -> None:
    clinic = read(file, SMALL.replace('"09:00-17:00"', '["09:00-12:00", "13:00-17:00"]'))
    assert clinic.hours["monday"] == (Stretch(time(9), time(12)), Stretch(time(13), time(17)))


@pytest.mark.parametrize(("language", "note"), [("en", "ask us"), ("fr", "demandez"), ("de", "ask us")])
def test_the_price_note_is_said_in_the_language_asked_or_the_first(file: Path, language: str, note: str) -> None:
    assert read(file, SMALL + "price_note: {en: ask us, fr: demandez}\n").price_note_in(language) == note


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("name: Small Clinic (a test)", "", 2, "'name': is missing"),
        ("phone:", "fone:", 3, "'fone': is not known here"),
        (
            '"403-555-0100"',
            "ask",
            3,
            "'phone': expected a phone number like 403-555-0100, found 'ask'",
        ),
        ("desk@clinic.example", "desk", 4, "'email': expected an e-mail address, found 'desk'"),
        ("https://", "", 5, "'booking_link': expected a web address that starts with https://"),
        ("CA-AB", "CA-XX", 6, "'public_holidays': no public holidays are known for 'CA-XX'; one is CA-AB"),
        (
            "America/Edmonton",
            "Calgary",
            2,
            "'time_zone': there is no time zone 'Calgary'; one is America/Edmonton",
        ),
        ("  sunday: closed\n", "", 8, "'hours': expected each of monday, tuesday, wednesday"),
        (
            "09:00-17:00",
            "9 to 5",
            8,
            "'hours': monday should be closed or a time like 09:00-17:00, not '9 to 5'",
        ),
        ("09:00-17:00", "17:00-09:00", 8, "'hours': the times of monday should follow one another"),
        ("name: Small Clinic (a test)", "name: [", 3, "not YAML: "),
        ("phone:", "name:", 3, "'name' stands here a second time"),
    ],
)
def test_a_slip_is_refused_with_its_line_and_reason(file: Path, old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(FileError) as refused:
        read(file, SMALL.replace(old, new, 1))
    assert str(refused.value).startswith(f"{file}:{line}: {reason}")


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(FileError) as refused:
        read_clinic(file)
    assert str(refused.value) == f"{file}: the file is missing"
