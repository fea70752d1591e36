"""The clinic's profile from clinic.yml: what the bot may say about the clinic itself, checked at start.

Whoever keeps the file is no programmer: what is wrong is said with its line, what was found and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot import languages
from bot.knowledge.types import Text
from bot.yaml_lines import Entry, FileError, read_yaml

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOSED = frozenset({"closed", "False"})
"""YAML takes "no" and "off" for False: who writes that means the same."""
LONGEST_TEXT = 300
"""As many characters as two text messages hold."""
_STRETCH = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


class Stretch(NamedTuple):
    """A time of day from which, and one until which, the clinic is open."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Clinic:
    """What the bot may say about the clinic; what is None or empty it does not say."""

    name: str
    time_zone: str
    hours: Mapping[str, tuple[Stretch, ...]]
    """Each weekday's stretches in English lower-case names; none for a day off."""
    demo: bool = False
    """True for the example that comes with the project: the clinic does not exist."""
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    booking_link: str | None = None
    public_holidays: str | None = None
    """Whose public holidays close the clinic: a country and its part, such as CA-AB."""
    closed_on: frozenset[date] = frozenset()
    services: tuple[Text, ...] = ()
    price_note: Text | None = None
    who_treats: Text | None = None
    parking: Text | None = None
    languages: Text | None = None
    booking: Text | None = None
    deposit: Text | None = None
    cancellation: Text | None = None
    gift_cards: Text | None = None
    payment: Text | None = None
    age_policy: Text | None = None
    new_clients: Text | None = None
    locations: Text | None = None
    holidays: Text | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone, which decides what "today" is."""
        return ZoneInfo(self.time_zone)

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """When the clinic is open on a day; empty when it is closed."""
        if day in self.closed_on or self.public_holiday(day):
            return ()
        return self.hours[WEEKDAYS[day.weekday()]]

    def public_holiday(self, day: date, language: str = "en") -> str | None:
        """The name of the public holiday that closes the clinic on a day."""
        return _holidays_of(self.public_holidays, language).get(day) if self.public_holidays else None


def read_clinic(file: Path) -> Clinic:
    """Read and check the clinic's profile.

    Raises:
        FileError: What is wrong with it first, with the line.
    """
    found, problems = _read(read_yaml(file))
    if problems:
        raise problems[0]
    return Clinic(**found)


def problems_of(file: Path) -> list[FileError]:
    """Return all that is wrong with the clinic's profile, in the order of its lines."""
    try:
        return _read(read_yaml(file))[1]
    except FileError as error:  # no YAML at all
        return [error]


def _read(root: Entry) -> tuple[dict[str, Any], list[FileError]]:
    """What the entries hold, and what is wrong with them; one without a value counts as left out."""
    given = {name: entry for name, entry in root.pairs().items() if not entry.is_null}
    found: dict[str, Any] = {}
    problems = [_missing(root, name) for name in REQUIRED if name not in given]
    for name, entry in given.items():
        try:
            found[name] = _field(name, entry).read(entry, name)
        except FileError as problem:
            problems.append(problem)
    return found, sorted(problems, key=lambda problem: problem.line or 0)


def _field(name: str, entry: Entry) -> _Field:
    if name in FIELDS:
        return FIELDS[name]
    near = get_close_matches(name, FIELDS, n=1)
    raise entry.refusal(f"{name!r} is not known here" + (f"; did you mean {near[0]!r}?" if near else ""))


def _missing(root: Entry, name: str) -> FileError:
    return root.refusal(f"{name!r} is missing; write it like this: {FIELDS[name].example}")


def _wrong(entry: Entry, name: str, what: str, example: str = "") -> FileError:
    """The refusal of an entry: what was found, what is wrong with it, what would be right."""
    value = entry.plain()
    shown = f"{value!r} " if isinstance(value, (str, bool)) else ""
    return entry.refusal(f"{name}: {shown}{what}; write it like this: {example or FIELDS[name].example}")


# One reader for each kind of entry.
def _name(entry: Entry, name: str) -> str:
    value = entry.plain()
    if not isinstance(value, str) or not value.strip():
        raise _wrong(entry, name, "should be a text")
    if len(value) > LONGEST_TEXT:
        raise _wrong(entry, name, f"has {len(value)} characters, and {LONGEST_TEXT} are the most")
    return value


def _flag(entry: Entry, name: str) -> bool:
    value = entry.plain()
    if not isinstance(value, bool):
        raise _wrong(entry, name, "should be true or false")
    return value


def _checked(check: Callable[[str], object], errors: tuple[type[Exception], ...], what: str) -> Reader:
    """A reader of a text that a check raises an error about, or finds nothing in."""

    def read(entry: Entry, name: str) -> str:
        value = _name(entry, name)
        try:
            good = check(value)
        except errors:
            good = None
        if not good:
            raise _wrong(entry, name, what)
        return value

    return read


def _text(entry: Entry, name: str) -> Text:
    """A text by language; the first one is said where the other is missing."""
    given = _by_language(entry, name)
    return Text.of({language: _name(given[language], name) for language in languages.ids() if language in given})


def _by_language(entry: Entry, name: str) -> dict[str, Entry]:
    if not isinstance(entry.plain(), dict):
        raise _wrong(entry, name, "should be written in English (en) and French (fr)")
    given = {language: text for language, text in entry.pairs().items() if not text.is_null}
    other = next((language for language in given if language not in languages.ids()), None)
    if other or not given:
        raise _wrong(given[other] if other else entry, name, f"has {other or 'neither en nor fr'}: en and fr are known")
    return given


def _services(entry: Entry, name: str) -> tuple[Text, ...]:
    """A list of names: one that is written the same in both languages needs to stand only once."""
    if not isinstance(entry.plain(), list):
        raise _wrong(entry, name, "should be a list")
    return tuple(_service(item, name) for item in entry.items())


def _service(item: Entry, name: str) -> Text:
    example = "- Botox, or - {en: Chemical peels, fr: Peelings}"
    if isinstance(item.plain(), dict):
        return _text(item, name)
    if not isinstance(item.plain(), str):
        raise _wrong(item, name, "should be a name", example)
    return Text.of(dict.fromkeys(languages.ids(), _name(item, name)))


def _dates(entry: Entry, name: str) -> frozenset[date]:
    given = entry.items() if isinstance(entry.plain(), list) else (entry,)
    return frozenset(_date(item, name) for item in given)


def _date(item: Entry, name: str) -> date:
    try:
        return date.fromisoformat(str(item.plain()))
    except ValueError:
        raise _wrong(item, name, "is no date", "2026-12-24") from None


def _hours(entry: Entry, name: str) -> dict[str, tuple[Stretch, ...]]:
    if not isinstance(entry.plain(), dict):
        raise _wrong(entry, name, "should name each day of the week")
    given = entry.pairs()
    for day in given.keys() - set(WEEKDAYS):
        raise given[day].refusal(f"{name}: {day!r} is no day of the week; the days are {', '.join(WEEKDAYS)}")
    for day in WEEKDAYS:
        if day not in given:
            raise entry.refusal(f"{name}: {day} is missing; write it like this: {day}: closed")
    return {day: _stretches(given[day], f"{name}, {day}") for day in WEEKDAYS}


def _stretches(entry: Entry, name: str) -> tuple[Stretch, ...]:
    if str(entry.plain()) in CLOSED:
        return ()
    items = entry.items() if isinstance(entry.plain(), list) else (entry,)
    found = tuple(_stretch(item, name) for item in items)
    in_turn = [moment for stretch in found for moment in stretch]
    if not found or any(later <= earlier for earlier, later in pairwise(in_turn)):
        raise _wrong(entry, name, "should have times that follow one another", '"09:00-12:00" or closed')
    return found


def _stretch(item: Entry, name: str) -> Stretch:
    found = _STRETCH.fullmatch(str(item.plain()).strip())
    try:
        h, m, until_h, until_m = map(int, found.groups() if found else ())
        return Stretch(time(h, m), time(until_h, until_m))
    except ValueError:
        raise _wrong(item, name, "is no time of a 24-hour clock", '"09:00-17:00" or closed') from None


@lru_cache(maxsize=8)
def _holidays_of(place: str, language: str = "en") -> Mapping[date, str]:
    from holidays import country_holidays  # slow to import, and many a clinic does without

    country, _, part = place.partition("-")
    try:
        return country_holidays(country, subdiv=part or None, language={"en": "en_CA"}.get(language, language))
    except NotImplementedError:
        raise ValueError(place) from None


def _is_holiday_place(place: str) -> bool:
    return _holidays_of(place) is not None


def _is_phone(number: str) -> bool:
    return phonenumbers.is_possible_number(phonenumbers.parse(number, "CA"))


def _is_mailbox(address: str) -> object:
    return validate_email(address, check_deliverability=False, test_environment=True).normalized


def _is_link(link: str) -> object:
    return re.fullmatch(r"https?://[^\s/]+(/\S*)?", link)


Reader = Callable[[Entry, str], Any]


class _Field(NamedTuple):
    """How an entry is read, and a right one."""

    read: Reader
    example: str


_A_TEXT = "{en: in English, fr: en français}"
FIELDS: Mapping[str, _Field] = {
    "demo": _Field(_flag, "demo: false"),
    "name": _Field(_name, "name: Clinic on Example Street"),
    "phone": _Field(_checked(_is_phone, (phonenumbers.NumberParseException,), "is no phone number"), '"403-555-0100"'),
    "email": _Field(_checked(_is_mailbox, (EmailNotValidError,), "is no e-mail address"), "hello@clinic.example"),
    "address": _Field(_name, "100 Example Street SW, Calgary"),
    "booking_link": _Field(_checked(_is_link, (), "is no web address"), "https://clinic.example/book"),
    "time_zone": _Field(_checked(ZoneInfo, (KeyError, ValueError, OSError), "is no time zone"), "America/Edmonton"),
    "hours": _Field(_hours, 'monday: "09:00-17:00"'),
    "public_holidays": _Field(_checked(_is_holiday_place, (ValueError,), "has no public holidays known here"), "CA-AB"),
    "closed_on": _Field(_dates, "[2026-12-24]"),
    "services": _Field(_services, "[Botox, Microneedling]"),
    **{each.name: _Field(_text, _A_TEXT) for each in fields(Clinic) if each.type == "Text | None"},
}
REQUIRED = ("name", "time_zone", "hours")
