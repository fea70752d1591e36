"""Whether a request comes from Twilio: its signature, over the public address and every field, must fit.

Whatever is odd about a request (a second signature, a body that is no form, characters that are none) refuses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 200


class Fields(dict[str, list[str]]):
    """A form's fields with every value they have, in the way that Twilio's validator asks for them."""

    def getall(self, name: str) -> list[str]:
        """Every value of a field."""
        return self[name]

    def one(self, *names: str) -> str:
        """The value of the first of these fields that says something and stands once; empty where none does."""
        single = (values[0] for name in names if len(values := self.get(name, [])) == 1)
        return next(filter(None, single), "")


class SignatureCheck:
    """Checks requests for one Twilio account and one public address."""

    def __init__(self, auth_token: str, public_url: str) -> None:
        self._validator = RequestValidator(auth_token)
        self._public_url = public_url

    def fields(self, target: str, kind: str, body: bytes, signatures: Sequence[str]) -> Fields | None:
        """The fields of a request that is validly signed, else None.

        Args:
            target: What was asked for: path and query, as they arrived.
            kind: The body's content type.
            body: The body as it arrived.
            signatures: Every signature that came with the request.
        """
        try:
            fields = read_form(kind, body)
            fits = len(signatures) == 1 and self._validator.validate(self._signed(target), fields, signatures[0])
        except Exception:
            return None  # nothing that the validator stumbles over is from Twilio
        return fields if fits else None

    def _signed(self, target: str) -> str:
        """The address that Twilio has signed; of an address with a fragment, what stands before it."""
        parts = urlsplit(target.partition("#")[0])
        return f"{self._public_url}{parts.path}{'?' if parts.query else ''}{parts.query}"


def read_form(kind: str, body: bytes) -> Fields:
    """Read a form, blank fields too: they are signed like the others.

    Raises:
        ValueError: It is no form, or it is broken.
    """
    if kind.partition(";")[0].strip().lower() != FORM:
        raise ValueError("no form")
    fields = Fields()
    pairs = parse_qsl(
        body.decode("ascii"),
        keep_blank_values=True,
        strict_parsing=bool(body),
        errors="strict",
        max_num_fields=MOST_FIELDS,
    )
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
