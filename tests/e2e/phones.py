"""Telephones that text with a running bot: a stand-in for Twilio's API, and webhooks signed as Twilio signs them."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs

import httpx
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from twilio.request_validator import RequestValidator

from bot.channels.sms.tables import inbox, outbox
from tests.e2e.bots import Bot, wait_until

ACCOUNT, TOKEN, CLINIC_NUMBER = "AC00000000000000000000000000000001", "a-token-for-tests-only", "+15875550199"
PUBLIC = "https://bot.example"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
DROP = 0
"""Stands for a status where the connection is closed without an answer."""
_numbers = count(1)


@dataclass
class Api:
    """What the stand-in was told to do and what it has got."""

    port: int = 0
    got: list[dict[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=list)
    """Answers to give instead of taking the text, the next one first; bytes as they are, DROP for none."""
    slowness: float = 0.0
    """Seconds before each answer."""

    @property
    def settings(self) -> dict[str, str]:
        return {
            "TANDEM_TWILIO_ACCOUNT_SID": ACCOUNT,
            "TANDEM_TWILIO_AUTH_TOKEN": TOKEN,
            "TANDEM_TWILIO_FROM": CLINIC_NUMBER,
            "TANDEM_PUBLIC_URL": PUBLIC,
            "TANDEM_TWILIO_API_BASE": f"http://127.0.0.1:{self.port}",
        }

    def to(self, number: str) -> list[str]:
        return [sent["Body"] for sent in self.got if sent["To"] == number]


class _Handler(BaseHTTPRequestHandler):
    api: Api

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        allowed = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        right = (self.path, self.headers["Authorization"], fields.get("From")) == (PATH, allowed, CLINIC_NUMBER)
        if not right or not {"To", "Body", "StatusCallback"} <= set(fields):
            self.api.problems.append(self.path)
        status, answer = self.api.answers.pop(0) if self.api.answers else (201, {"sid": f"SM{next(_numbers):032d}"})
        if status == 201:
            self.api.got.append(fields)
        time.sleep(self.api.slowness)
        if status != DROP:
            self._answer(status, answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


@contextmanager
def twilio() -> Iterator[Api]:
    api = Api()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"api": api}))
    api.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()


def signed(path: str, fields: dict[str, str], token: str = TOKEN, public: str = PUBLIC) -> str:
    return str(RequestValidator(token).compute_signature(f"{public}{path}", fields))


def post(bot: Bot, path: str, fields: dict[str, str], signature: str | None) -> int:
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    with bot.http() as http:
        answered: httpx.Response = http.post(path, data=fields, headers=headers)
    return answered.status_code


def answers_are_out(bound: Engine) -> bool:
    """Whether every text that was kept is worked off, and its answer has gone out or never will."""
    unread = sa.select(inbox.c.id).where(inbox.c.state == "new")
    unsent = sa.select(outbox.c.id).where(outbox.c.state.in_(("queued", "sending")))
    with bound.connect() as connection:
        return not (connection.execute(unread).first() or connection.execute(unsent).first())


@dataclass
class Phone:
    """Somebody's telephone."""

    bot: Bot
    api: Api
    number: str

    def fields(self, text: str, **more: str) -> dict[str, str]:
        sid = f"SM{next(_numbers):032x}"
        return {"MessageSid": sid, "From": self.number, "To": CLINIC_NUMBER, "Body": text, "NumMedia": "0", **more}

    def deliver(self, fields: dict[str, str]) -> int:
        return post(self.bot, "/webhooks/sms/inbound", fields, signed("/webhooks/sms/inbound", fields))

    def text(self, text: str, **more: str) -> str:
        """Send a text and wait for its answer."""
        before = len(self.api.to(self.number))
        assert self.deliver(self.fields(text, **more)) == 204
        wait_until(lambda: len(self.api.to(self.number)) > before)
        return self.api.to(self.number)[-1]
