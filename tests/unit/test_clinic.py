"""The clinic's profile: what may stand in it, and what a slip in it is answered with."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.clinic import FIELDS, REQUIRED, Clinic, Stretch, problems_of, read_clinic
from bot.knowledge.types import Text
from bot.settings import PROJECT_ROOT
from bot.yaml_lines import FileError

DEMO = PROJECT_ROOT / "clinic.yml"
NINE_TO_FIVE = (Stretch(time(9), time(17)),)
SMALL = """\
name: Small Clinic (a test)
time_zone: America/Edmonton
hours:
  monday: "9:00 - 17:00"
  tuesday: closed
  wednesday: no
  thursday: closed
  friday: closed
  saturday: closed
  sunday: closed
"""
BOTH = "{en: in English, fr: en français}"
TEXT = Text.of({"en": "in English", "fr": "en français"})
OF_BOTH = f"write it like this: {BOTH}"
TEXTS = [each.name for each in fields(Clinic) if each.type == "Text | None"]
OPTIONAL = sorted(FIELDS.keys() - set(REQUIRED))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clinic.yml"


def read(file: Path, text: str) -> Clinic:
    file.write_text(text, encoding="utf-8")
    return read_clinic(file)


def refusal(file: Path, text: str) -> str:
    with pytest.raises(FileError) as refused:
        read(file, text)
    return str(refused.value).removeprefix(f"{file}:")


def test_the_clinic_that_comes_with_the_project_says_that_it_is_an_example() -> None:
    clinic = read_clinic(DEMO)

    assert (clinic.demo, clinic.name, clinic.zone.key) == (True, "Demo Clinic (example only)", "America/Edmonton")
    assert all("example" in text.in_language("en") for name in TEXTS if (text := getattr(clinic, name)))


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("line", ["", "{}:", "{}: null"], ids=["left out", "empty", "null"])
def test_every_optional_entry_may_be_left_out(file: Path, name: str, line: str) -> None:
    clinic = read(file, f"{SMALL}{line.format(name)}\n")

    assert not getattr(clinic, name)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("demo: true", True),
        ('phone: "403-555-0100"', "403-555-0100"),
        ("email: desk@clinic.example", "desk@clinic.example"),
        ("address: 1 Example Street", "1 Example Street"),
        ("booking_link: https://clinic.example/book?a=1", "https://clinic.example/book?a=1"),
        ("public_holidays: CA-AB", "CA-AB"),
        ("public_holidays: FR", "FR"),
        ("closed_on: [2026-12-24, 2026-12-31]", {date(2026, 12, 24), date(2026, 12, 31)}),
        ("closed_on: 2026-12-24", {date(2026, 12, 24)}),
        ("services: [Botox, {en: Peels, fr: Peelings}]", (Text.of({"en": "Botox", "fr": "Botox"}),
                                                        Text.of({"en": "Peels", "fr": "Peelings"}))),
        *((f"{name}: {BOTH}", TEXT) for name in TEXTS),
        *((f"{name}: {{fr: en français}}", Text.of({"fr": "en français"})) for name in TEXTS),
    ],
)  # fmt: skip
def test_every_optional_entry_may_be_filled_in(file: Path, line: str, expected: object) -> None:
    assert getattr(read(file, f"{SMALL}{line}\n"), line.partition(":")[0]) == expected


PHONE = 'write it like this: "403-555-0100"'
DATE = "write it like this: 2026-12-24"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("demo: maybe", "demo: 'maybe' should be true or false; write it like this: demo: false"),
        ("phone: ask", f"phone: 'ask' is no phone number; {PHONE}"),
        ("phone: 12", f"phone: '12' is no phone number; {PHONE}"),
        ("phone: [1]", f"phone: should be a text; {PHONE}"),
        ("email: desk", "email: 'desk' is no e-mail address; write it like this: hello@clinic.example"),
        ("address: ' '", "address: ' ' should be a text; write it like this: 100 Example Street SW, Calgary"),
        (
            f"address: {'x' * 301}",
            f"address: '{'x' * 301}' has 301 characters, and 300 are the most; "
            "write it like this: 100 Example Street SW, Calgary",
        ),
        (
            "booking_link: clinic.example",
            "booking_link: 'clinic.example' is no web address; write it like this: https://clinic.example/book",
        ),
        (
            "public_holidays: CA-XX",
            "public_holidays: 'CA-XX' has no public holidays known here; write it like this: CA-AB",
        ),
        ("closed_on: [christmas]", f"closed_on: 'christmas' is no date; {DATE}"),
        ("closed_on: 24.12.2026", f"closed_on: '24.12.2026' is no date; {DATE}"),
        ("closed_on: [[1]]", f"closed_on: is no date; {DATE}"),
        ("services: Botox", "services: 'Botox' should be a list; write it like this: [Botox, Microneedling]"),
        (
            "services: [[Botox]]",
            "services: should be a name; write it like this: - Botox, or - {en: Chemical peels, fr: Peelings}",
        ),
        ("services: [{de: Botox}]", "services: 'Botox' has de: en and fr are known; "
                                    "write it like this: [Botox, Microneedling]"),
        *((f"{name}: a text", f"{name}: 'a text' should be written in English (en) and French (fr); {OF_BOTH}")
          for name in TEXTS),
        *((f"{name}: {{de: hier}}", f"{name}: 'hier' has de: en and fr are known; {OF_BOTH}") for name in TEXTS),
        ("parking: {}", f"parking: has neither en nor fr: en and fr are known; {OF_BOTH}"),
        ("parking: {en: 5}", None),
        ("parking: {en: [a]}", f"parking: should be a text; {OF_BOTH}"),
        ("fone: 1", "'fone' is not known here; did you mean 'phone'?"),
        ("opening: 1", "'opening' is not known here"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line_what_was_found_and_what_would_be_right(
    file: Path, line: str, reason: str | None
) -> None:
    if reason is None:
        read(file, f"{SMALL}{line}\n")
    else:
        assert refusal(file, f"{SMALL}{line}\n") == f"11: {reason}"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("name: Small Clinic (a test)\n", "", 1, "'name' is missing; "
                                                 "write it like this: name: Clinic on Example Street"),
        ("America/Edmonton", "Calgary", 2, "time_zone: 'Calgary' is no time zone; "
                                           "write it like this: America/Edmonton"),
        ("  sunday: closed\n", "", 4, "hours: sunday is missing; write it like this: sunday: closed"),
        ("sunday", "sonntag", 10, "hours: 'sonntag' is no day of the week; the days are monday, tuesday, wednesday, "
                                  "thursday, friday, saturday, sunday"),
        ('"9:00 - 17:00"', "9 to 5", 4, "hours, monday: '9 to 5' is no time of a 24-hour clock; "
                                        'write it like this: "09:00-17:00" or closed'),
        ("17:00", "25:00", 4, "hours, monday: '9:00 - 25:00' is no time of a 24-hour clock; "
                              'write it like this: "09:00-17:00" or closed'),
        ("17:00", "8:00", 4, "hours, monday: '9:00 - 8:00' should have times that follow one another; "
                             'write it like this: "09:00-12:00" or closed'),
        ('"9:00 - 17:00"', "[]", 4, "hours, monday: should have times that follow one another; "
                                    'write it like this: "09:00-12:00" or closed'),
        ("name: Small Clinic (a test)", "name: [", 3, None),
        ("time_zone:", "name:", 2, "'name' stands here a second time"),
    ],
)  # fmt: skip
def test_what_is_needed_is_checked_too(file: Path, old: str, new: str, line: int, reason: str | None) -> None:
    said = refusal(file, SMALL.replace(old, new, 1))

    assert said.startswith(f"{line}: not YAML") if reason is None else said == f"{line}: {reason}"


def test_all_that_is_wrong_is_listed_in_the_order_of_the_lines(file: Path) -> None:
    file.write_text(SMALL.replace("name: Small Clinic (a test)\n", "phone: 1\n") + "fone: 1\n", encoding="utf-8")

    assert [str(problem).removeprefix(f"{file}:").partition(" ")[0] for problem in problems_of(file)] == [
        "1:",
        "1:",
        "11:",
    ]


def test_a_missing_file_is_named(file: Path) -> None:
    assert [str(problem) for problem in problems_of(file)] == [f"{file}: the file is missing"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), NINE_TO_FIVE),
        (date(2026, 11, 24), ()),
        (date(2026, 10, 12), ()),  # Thanksgiving, a Monday
        (date(2026, 11, 30), ()),
    ],
)
def test_weekdays_public_holidays_and_own_days_decide_the_hours(file: Path, day: date, expected: Any) -> None:
    clinic = read(file, f"{SMALL}public_holidays: CA-AB\nclosed_on: 2026-11-30\n")

    assert clinic.stretches(day) == expected


def test_a_day_may_have_a_break(file: Path) -> None:
    clinic = read(file, SMALL.replace('"9:00 - 17:00"', '["09:00-12:00", "13:00–17:00"]'))

    assert clinic.hours["monday"] == (Stretch(time(9), time(12)), Stretch(time(13), time(17)))


@pytest.mark.parametrize(
    ("day", "language", "name"),
    [
        (date(2026, 12, 25), "en", "Christmas Day"),
        (date(2026, 12, 25), "fr", "Jour de Noël"),
        (date(2026, 12, 26), "en", None),
    ],
)
def test_a_public_holiday_has_a_name_in_each_language(file: Path, day: date, language: str, name: str | None) -> None:
    assert read(file, f"{SMALL}public_holidays: CA-AB\n").public_holiday(day, language) == name
    assert read(file, SMALL).public_holiday(day, language) is None
