"""Who writes by SMS: known everywhere by an HMAC of the number, and reachable through the vault only."""

from __future__ import annotations

import hmac
from hashlib import sha256

import phonenumbers

from bot.handoff.keys import derive_keys

LENGTH = 32
"""Characters of a sender's name: half of the HMAC, 128 bits."""
PLACE = "sms-"
TOKEN = "phone-1"
"""Under which token the vault keeps a sender's number."""


class SenderNames:
    """Names senders; nobody without the bot's secret can tell whose number a name is, even by trying all numbers."""

    def __init__(self, secret: str) -> None:
        self._keys = derive_keys(secret, "sms sender")

    def of(self, number: str) -> str:
        """Name the sender with a number in E.164 form."""
        return self.all_of(number)[0]

    def all_of(self, number: str) -> tuple[str, ...]:
        """Every name that a number has or had: one for each of the bot's secrets, the present one first."""
        return tuple(hmac.new(key, number.encode(), sha256).hexdigest()[:LENGTH] for key in self._keys)


def vault_place(sender: str) -> str:
    """Where the vault keeps a sender's number: apart from what they write, which is forgotten earlier."""
    return f"{PLACE}{sender}"


def sender_at(place: str) -> str:
    """The sender whose number is kept at a place, or any other conversation's name as it is."""
    return place.removeprefix(PLACE)


def e164(text: str) -> str | None:
    """A number in E.164 form, or None where it is none, as of a sender with a name instead."""
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
