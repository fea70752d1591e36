"""Whether what somebody gave can be used: a number that exists, an address that mail can reach by its form."""

from __future__ import annotations

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.consult.request.types import Detail, Problem

REGION = "CA"
"""The country whose numbers are written without a country code."""
LONGEST = {"name": 80, "phone": 40, "email": 254, "time": 200, "note": 500}
"""The longest value of each kind, in characters."""
_LOCAL_DIGITS = 7
_NORTH_AMERICAN = re.compile(r"[2-9]\d{2}[2-9]\d{6}")
_NO_NAME = re.compile(r"[\d@<>\[\]{}\\|=_/]|https?:|www\.", re.IGNORECASE)


def problem_of(detail: Detail, value: str) -> Problem | None:
    """Say what is wrong with a value, if anything."""
    if len(value) > LONGEST[detail] or not value.strip():
        return detail
    check = {"phone": phone_problem, "email": email_problem, "name": name_problem}.get(detail)
    return check(value) if check else None


def name_problem(name: str) -> Problem | None:
    """Say whether a name cannot be one: no letter in it, or an address or a number instead."""
    return "name" if _NO_NAME.search(name) or not any(map(str.isalpha, name)) else None


def phone_problem(text: str) -> Problem | None:
    """Say whether a phone number cannot be called; new area codes count, whatever the library's tables know."""
    if sum(map(str.isdigit, text)) == _LOCAL_DIGITS:
        return "area_code"
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return "phone"
    national = phonenumbers.national_significant_number(number)
    if number.country_code == 1:
        return None if _NORTH_AMERICAN.fullmatch(national) else "phone"
    return None if phonenumbers.is_valid_number(number) else "phone"


def email_problem(text: str) -> Problem | None:
    """Say whether an e-mail address has a form that no mail can reach."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return "email"
    return None
