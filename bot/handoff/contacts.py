"""Finds phone numbers and e-mail addresses in free text, and puts tokens in their place.

What matters is what must not be taken for a number: dates, prices, lengths of time, 911 and 9-8-8.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from email_validator import EmailNotValidError, validate_email

Kind = Literal["phone", "email"]
FEWEST_DIGITS = 7
REGION = "CA"
"""The country whose numbers are written without a country code."""

_TLD = r"[^\W\d_]{2,24}"
_NAME = r"[\w.+-]{1,64}"
_LABEL = r"[\w-]{1,63}"
_DOT = r"\s?(?:\.|\(dot\)|\[dot\]|\bdot\b)\s?"
_GAP = r"[\s.\-/·•_]"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    # jane@example.com
    ("email", re.compile(rf"[^\s@<>()\[\]{{}},;:\"'|/]{{1,200}}@[\w.-]{{1,255}}\.{_TLD}")),
    # jane (at) example dot com
    ("email", re.compile(rf"(?i){_NAME}\s?[(\[{{]at[)\]}}]\s?{_LABEL}(?:{_DOT}{_LABEL}){{0,3}}{_DOT}{_TLD}")),
    # jane at example dot com
    ("email", re.compile(rf"(?i)\b{_NAME}\sat\s{_LABEL}\s(?:dot|point)\s(?:{_TLD})\b")),
    # +1 403 555 0123, +44 20 7946 0958
    ("phone", re.compile(r"\+\d(?:[\s().-]{0,3}\d){7,15}")),
    # 403-555-0123, 1 403 555 0123
    (
        "phone",
        re.compile(rf"(?<!\d)(?:1{_GAP}{{1,2}})?\d{{3}}{_GAP}{{1,2}}\d{{3}}{_GAP}{{1,2}}\d{{4}}(?!\d)"),
    ),
    # (403) 555-0123
    ("phone", re.compile(rf"(?:1{_GAP}{{0,2}})?\(\d{{3}}\){_GAP}{{0,3}}\d{{3}}{_GAP}{{0,3}}\d{{4}}(?!\d)")),
)
# 555-0123 without its area code could be anything, unless the words before it speak of a telephone.
_LOCAL = re.compile(
    r"(?i)\b(?:call|text|phone|cell|tel|telephone|mobile|number|reach|num[eé]ro|appel\w*)\b"
    r"[^\d\n]{0,20}(?P<number>\d{3}[\s.-]\d{4})(?!\d)"
)
# The matcher below knows "ext" and "x", but not how it is called in French.
_EXTENSION = re.compile(r"(?i)[\s,]{0,3}(?:extension|ext|x|poste)\.?\s?(?P<figures>\d{1,6})(?!\d)")
_JOINT = " ext. "
_DATE = re.compile(r"(?<![\d./-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?![./-]?\d)")


@dataclass(frozen=True, order=True)
class Found:
    """A stretch of the text that is somebody's number or address."""

    start: int
    end: int
    kind: Kind


def replaced(text: str, token: Callable[[Kind, str], str]) -> str:
    """The text with each number and address replaced by what ``token`` gives for its kind and plain form."""
    for found in reversed(find(text)):
        value = plain_form(found.kind, text[found.start : found.end])
        text = f"{text[: found.start]}[{token(found.kind, value)}]{text[found.end :]}"
    return text


def find(text: str) -> list[Found]:
    """The numbers and addresses in a text, in order and without overlap."""
    merged: list[Found] = []
    shadow = _shadow(text)
    for found in sorted(_extended(each, shadow) for each in _matches(shadow)):
        if merged and found.start < merged[-1].end:
            found = Found(merged[-1].start, max(found.end, merged.pop().end), found.kind)
        merged.append(found)
    return merged


def plain_form(kind: Kind, raw: str) -> str:
    """The one form of a number or address however it was typed, or what was typed where it has none."""
    return _phone(_shadow(raw)) if kind == "phone" else _email(raw)


def _shadow(text: str) -> str:
    """The text with plain digits, dashes and blanks, each character still at its place."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return {"Pd": "-", "Zs": " ", "Cf": " "}.get(category, character)


def _matches(shadow: str) -> Iterator[Found]:
    for kind, pattern in _PATTERNS:
        yield from (Found(m.start(), m.end(), kind) for m in pattern.finditer(shadow))
    yield from (Found(*m.span("number"), "phone") for m in _LOCAL.finditer(shadow))
    if sum(map(str.isdigit, shadow)) < FEWEST_DIGITS:
        return  # the matcher below is thorough, and most questions hold no number
    undated = _DATE.sub(lambda m: "x" * len(m[0]), shadow)
    for match in phonenumbers.PhoneNumberMatcher(undated, REGION):
        yield Found(match.start, match.end, "phone")


def without_extension(number: str) -> str:
    """A number in its plain form, without the extension that may stand behind it."""
    return number.partition(_JOINT)[0]


def _extended(found: Found, shadow: str) -> Found:
    """A number with its extension."""
    extension = _EXTENSION.match(shadow, found.end) if found.kind == "phone" else None
    return Found(found.start, extension.end(), found.kind) if extension else found


def _phone(raw: str) -> str:
    extension = _EXTENSION.search(raw)
    try:
        number = phonenumbers.parse(raw[: extension.start()] if extension else raw, REGION)
    except phonenumbers.NumberParseException:
        return raw
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain}{_JOINT}{extension['figures']}" if extension else plain


def _email(raw: str) -> str:
    try:
        return validate_email(raw, check_deliverability=False).normalized
    except EmailNotValidError:
        return raw
