"""A thousand requests that are not Twilio's, none accepted; a thousand that are, each answered once."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.e2e.bots import Bot, wait_until
from tests.e2e.phones import TOKEN, Api, Phone, signed

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
INBOUND, STATUS = "/webhooks/sms/inbound", "/webhooks/sms/status"
KINDS, OF_EACH = ("unsigned", "another token", "altered", "replayed with another id", "another address"), 200
MESSAGES, NUMBERS = 1000, 100
TEXTS = ("hello", "thanks", "what is botox?", "how long does botox last?", "does it hurt?")
Request = tuple[str, dict[str, str], str | None]


def forged(kind: str, phone: Phone, number: int) -> Request:
    fields = phone.fields(f"what is botox? {number}")
    signature = signed(INBOUND, fields)
    if kind == "unsigned":
        return INBOUND, fields, None
    if kind == "another token":
        return INBOUND, fields, signed(INBOUND, fields, token=f"{TOKEN}{number}")
    if kind == "altered":
        return INBOUND, {**fields, random.choice(("Body", "From", "To")): f"+14035551{number:03d}"}, signature
    if kind == "replayed with another id":
        return INBOUND, {**fields, "MessageSid": f"SM{number:032d}"}, signature
    return random.choice(((STATUS, fields, signature), (f"{INBOUND}?x={number}", fields, signature)))


def test_a_thousand_requests_that_are_not_twilio_s_are_refused(bot: Bot, api: Api) -> None:
    phone = Phone(bot, api, "+14035550110")
    requests = [forged(kind, phone, number) for kind in KINDS for number in range(OF_EACH)]
    with bot.http() as http:
        answered = Counter(_post(http, *request) for request in requests)

    assert answered == {403: len(KINDS) * OF_EACH}
    assert api.got == []


def test_a_thousand_messages_delivered_two_to_five_times_get_one_answer_each(bot: Bot, api: Api) -> None:
    phones = [Phone(bot, api, f"+14035550{100 + number}") for number in range(NUMBERS)]
    messages = [phones[n % NUMBERS].fields(TEXTS[n % len(TEXTS)]) for n in range(MESSAGES)]
    deliveries = [fields for fields in messages for _ in range(random.randint(2, 5))]
    with bot.http() as http, ThreadPoolExecutor(8) as pool:
        answered = Counter(pool.map(lambda f: _post(http, INBOUND, f, signed(INBOUND, f)), deliveries))
    assert answered == {204: len(deliveries)}

    wait_until(lambda: len(api.got) >= MESSAGES)
    assert Counter(sent["To"] for sent in api.got) == {phone.number: MESSAGES // NUMBERS for phone in phones}
    assert len({sent["StatusCallback"] for sent in api.got}) == MESSAGES


def _post(http: httpx.Client, path: str, fields: dict[str, str], signature: str | None) -> int:
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    return http.post(path, data=fields, headers=headers).status_code
