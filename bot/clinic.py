"""The clinic's profile from clinic.yml: what the bot may say about the clinic itself, checked at start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import BaseModel, Field, ValidationError, validator

from bot.yaml_lines import Entry, FileError, read_yaml

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOSED = "closed"


class Stretch(NamedTuple):
    """A time of day from which, and one until which, the clinic is open."""

    opens: time
    closes: time


class Clinic(BaseModel):
    """What the bot may say about the clinic; an optional entry that is None it does not say."""

    demo: bool = False
    """True for the example that comes with the project: the clinic does not exist."""
    name: str = Field(min_length=1, max_length=100)
    time_zone: str
    hours: dict[str, tuple[Stretch, ...]]
    """Each weekday's stretches in English lower-case names; none for a day off."""
    phone: str | None = None
    email: str | None = None
    address: str | None = Field(default=None, min_length=1, max_length=300)
    booking_link: str | None = None
    price_note: dict[str, str] = {}
    """By language, said word for word."""
    public_holidays: str | None = None
    """Whose public holidays close the clinic: a country and its part, such as CA-AB."""
    closed_on: frozenset[date] = frozenset()

    class Config:
        """A profile is read once and never changed; an unknown entry is a slip."""

        allow_mutation = False
        extra = "forbid"
        keep_untouched = (cached_property,)

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone, which decides what "today" is."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def _holidays(self) -> Mapping[date, str]:
        return _holidays_of(self.public_holidays) if self.public_holidays else {}

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """When the clinic is open on a day; empty when it is closed."""
        if day in self.closed_on or day in self._holidays:
            return ()
        return self.hours[WEEKDAYS[day.weekday()]]

    def price_note_in(self, language: str) -> str | None:
        """What the clinic says about prices, in ``language`` or in the first one that it wrote."""
        return self.price_note.get(language) or next(iter(self.price_note.values()), None)

    @validator("time_zone")
    def _known_zone(cls, name: str) -> str:  # noqa: N805
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"there is no time zone {name!r}; one is America/Edmonton") from None
        return name

    @validator("hours", pre=True)
    def _every_weekday(cls, given: object) -> dict[str, tuple[Stretch, ...]]:  # noqa: N805
        if not isinstance(given, dict) or set(given) != set(WEEKDAYS):
            raise ValueError(f"expected each of {', '.join(WEEKDAYS)}")
        return {day: _stretches(day, given[day]) for day in WEEKDAYS}

    @validator("phone")
    def _possible_number(cls, number: str) -> str:  # noqa: N805
        try:
            possible = phonenumbers.is_possible_number(phonenumbers.parse(number, "CA"))
        except phonenumbers.NumberParseException:
            possible = False
        if not possible:
            raise ValueError(f"expected a phone number like 403-555-0100, found {number!r}")
        return number

    @validator("email")
    def _mailbox(cls, address: str) -> str:  # noqa: N805
        try:
            return validate_email(address, check_deliverability=False, test_environment=True).normalized
        except EmailNotValidError:
            raise ValueError(f"expected an e-mail address, found {address!r}") from None

    @validator("booking_link")
    def _web_address(cls, link: str) -> str:  # noqa: N805
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", link):
            raise ValueError("expected a web address that starts with https://")
        return link

    @validator("price_note")
    def _languages(cls, notes: dict[str, str]) -> dict[str, str]:  # noqa: N805
        for language, note in notes.items():
            if not (re.fullmatch("[a-z]{2}", language) and note.strip()):
                raise ValueError("expected a text for each language, such as en: …")
        return notes

    @validator("public_holidays")
    def _known_holidays(cls, place: str) -> str:  # noqa: N805
        try:
            _holidays_of(place)
        except (NotImplementedError, ValueError):
            raise ValueError(f"no public holidays are known for {place!r}; one is CA-AB") from None
        return place


def read_clinic(file: Path) -> Clinic:
    """Read and check the clinic's profile.

    Raises:
        FileError: What is wrong with it first, with the line.
    """
    root = read_yaml(file)
    try:
        return Clinic.parse_obj(_plain(root))
    except ValidationError as error:
        raise _refusal(root, error.errors()[0]) from None


def _plain(root: Entry) -> dict[str, object]:
    """The entries that hold something: one without a value counts as left out."""
    return {name: entry.plain() for name, entry in root.pairs().items() if not entry.is_null}


def _refusal(root: Entry, error: Mapping[str, Any]) -> FileError:
    """The first finding of the schema, at the line of the entry that it is about."""
    name = str(error["loc"][0])
    reasons = {"value_error.missing": "is missing", "value_error.extra": "is not known here"}
    return root.pairs().get(name, root).refusal(f"{name!r}: {reasons.get(error['type'], error['msg'])}")


def _holidays_of(place: str) -> Mapping[date, str]:
    from holidays import country_holidays  # slow to import, and many a clinic does without

    country, _, part = place.partition("-")
    return country_holidays(country, subdiv=part or None)


def _stretches(day: str, given: object) -> tuple[Stretch, ...]:
    if given == CLOSED:
        return ()
    found = tuple(_stretch(day, text) for text in (given if isinstance(given, list) else [given]))
    in_turn = [moment for stretch in found for moment in stretch]
    if not found or any(later <= earlier for earlier, later in pairwise(in_turn)):
        raise ValueError(f"the times of {day} should follow one another, as in 09:00-17:00")
    return found


def _stretch(day: str, text: object) -> Stretch:
    try:
        opens, closes = (time.fromisoformat(part.strip()) for part in str(text).split("-"))
        return Stretch(opens, closes)
    except ValueError:
        raise ValueError(f"{day} should be closed or a time like 09:00-17:00, not {text!r}") from None
