"""A person as the clinic knows them when they ask for their data: by a phone number or an e-mail address."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.errors import TandemError
from bot.handoff.contacts import REGION, Kind, find, plain_form, without_extension


class PersonError(TandemError):
    """What was given is no phone number or e-mail address; it is not repeated, for logs keep what is printed."""

    exit_code = 2


@dataclass(frozen=True)
class Person:
    """Somebody, by the one form of their number or address."""

    kind: Kind
    value: str

    @classmethod
    def by(cls, phone: str | None, email: str | None) -> Person:
        """The person with a phone number or with an e-mail address.

        Raises:
            PersonError: Neither or both are given, or what is given cannot be one.
        """
        if bool(phone) == bool(email):
            raise PersonError("Give one of --phone and --email.")
        return cls("phone", _phone(phone)) if phone else cls("email", _email(email or ""))

    def is_named_in(self, token: str, value: str) -> bool:
        """Whether a value of the vault is, or holds, this person's number or address.

        Args:
            token: The value's token, which says its kind.
            value: The value itself, such as a number, or a note that may hold one.
        """
        kind = token.rpartition("-")[0]
        if kind == self.kind:
            return self._same(value)
        found = (value[each.start : each.end] for each in find(value) if each.kind == self.kind)
        return kind not in ("phone", "email") and any(map(self._same, found))

    def _same(self, value: str) -> bool:
        # Two mailboxes that differ in case only are one in practice.
        return without_extension(plain_form(self.kind, value)).casefold() == self.value.casefold()


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise PersonError("That is no phone number; write it like 403-555-0100 or +14035550100.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise PersonError("That is no e-mail address; write it like name@clinic.example.") from None
