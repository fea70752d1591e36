"""Which requests count as Twilio's: those that its own validator would sign, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from bot.channels.sms.signature import FORM, Fields, SignatureCheck, read_form

TOKEN, PUBLIC, PATH = "a-token-for-tests-only", "https://bot.example", "/webhooks/sms/inbound"
FIELDS = {"MessageSid": "SM1", "Body": "botox & needling? é 😀", "MediaUrl0": "", "From": "+14035550110"}


def sign(fields: dict[str, str], target: str = PATH, token: str = TOKEN, public: str = PUBLIC) -> str:
    return str(RequestValidator(token).compute_signature(f"{public}{target}", fields))


def accepted(
    signatures: list[str],
    fields: dict[str, str] | None = None,
    target: str = PATH,
    kind: str = FORM,
    public: str = PUBLIC,
    body: bytes | None = None,
) -> bool:
    sent = urlencode(FIELDS if fields is None else fields).encode() if body is None else body
    return SignatureCheck(TOKEN, public).fields(target, kind, sent, signatures) is not None


@pytest.mark.parametrize("target", [PATH, f"{PATH}?delivery=a1&x=", f"{PATH}?a=%20b"])
@pytest.mark.parametrize("public", [PUBLIC, "https://bot.example:8443", "http://10.0.0.1:8000"])
def test_what_twilio_signs_is_accepted(target: str, public: str) -> None:
    assert accepted([sign(FIELDS, target, public=public)], target=target, public=public)


def test_the_fragment_of_an_address_is_not_signed() -> None:
    assert accepted([sign(FIELDS)], target=f"{PATH}#rc=2")


def test_the_fields_are_read_blank_ones_too() -> None:
    read = SignatureCheck(TOKEN, PUBLIC).fields(
        PATH, f"{FORM}; charset=UTF-8", urlencode(FIELDS).encode(), [sign(FIELDS)]
    )

    assert read == {name: [value] for name, value in FIELDS.items()}


@pytest.mark.parametrize(
    "signatures",
    [[], [""], ["é"], [sign(FIELDS, token="another")], [sign(FIELDS, public="https://other.example")],
     [sign(FIELDS, "/webhooks/sms/status")], [sign(FIELDS)] * 2, [sign(FIELDS)[:-2]]],
)  # fmt: skip
def test_other_signatures_are_refused(signatures: list[str]) -> None:
    assert not accepted(signatures)


@pytest.mark.parametrize(
    "altered",
    [{**FIELDS, "Body": "x"}, {**FIELDS, "New": ""}, {k: v for k, v in FIELDS.items() if k != "From"}, {}],
)
def test_altered_fields_are_refused(altered: dict[str, str]) -> None:
    assert not accepted([sign(FIELDS)], altered)


def test_another_address_or_query_is_refused() -> None:
    assert not accepted([sign(FIELDS)], target=f"{PATH}?x=1")
    assert not accepted([sign(FIELDS)], target="/webhooks/sms/status")


def test_what_is_no_form_is_refused() -> None:
    assert not accepted([sign(FIELDS)], kind="application/json")
    assert not accepted([sign({})], body="é".encode())
    assert not accepted([sign({})], body=b"no-equals-sign")
    assert not accepted([sign({})], body=b"&".join(b"a%d=1" % n for n in range(500)))


def test_a_repeated_field_is_signed_with_every_value_and_has_no_single_one() -> None:
    repeated = Fields({"MessageSid": ["SM1"], "Body": ["one", "two"]})
    signature = str(RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{PATH}", repeated))
    body = b"MessageSid=SM1&Body=one&Body=two"

    assert SignatureCheck(TOKEN, PUBLIC).fields(PATH, FORM, body, [signature]) == repeated
    assert (repeated.one("Body"), repeated.one("MessageSid"), repeated.one("From")) == ("", "SM1", "")
    assert not accepted([signature], body=b"MessageSid=SM1&Body=one")
    assert not accepted([signature], body=b"MessageSid=SM1&Body=one&Body=three")


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data", f"{FORM}x", "application/json"])
def test_another_content_type_is_refused_although_its_signature_fits(kind: str) -> None:
    assert accepted([sign(FIELDS)], kind=FORM.upper())
    assert not accepted([sign(FIELDS)], kind=kind)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        (FORM, "Body=é".encode()),
        (FORM, b"Body=%FF"),
        (FORM, b"Body"),
        (FORM, b"a=1&" * 201),
    ],
)
def test_a_form_that_is_none_or_broken_is_an_error(kind: str, body: bytes) -> None:
    with pytest.raises(ValueError):
        read_form(kind, body)


def test_an_empty_body_is_a_form_without_fields() -> None:
    assert read_form(FORM, b"") == {}
