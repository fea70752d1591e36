"""Sends one text through Twilio's own library, and says what became of it: above all, whether it may have gone out.

What surely did not go out may be tried again; what is in doubt may not, or somebody would get a text twice.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from aiohttp import ClientConnectorError, ClientError
from twilio.base.exceptions import TwilioException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.channels.sms.outbox import Letter
from bot.settings import SmsSettings

SECONDS = 10.0
"""How long Twilio may take to answer."""
NOT_TAKEN = (429, 503)
"""Answers with which Twilio says that it has taken nothing, now."""
STATUS_PATH = "/webhooks/sms/status"


@dataclass(frozen=True)
class Sent:
    """Twilio has taken the text."""

    twilio_sid: str


@dataclass(frozen=True)
class NotSent:
    """The text surely did not go out; later it might."""

    problem: str


@dataclass(frozen=True)
class Refused:
    """Twilio refuses the text for good; the problem is its error code."""

    problem: str


@dataclass(frozen=True)
class InDoubt:
    """Nobody knows whether the text went out."""

    problem: str


Outcome = Sent | NotSent | Refused | InDoubt


class TwilioSender:
    """Sends texts for one Twilio account; made and used within a running event loop."""

    def __init__(self, sms: SmsSettings, seconds: float = SECONDS) -> None:
        self._sms = sms
        self._http = _HttpClient(sms.api_base, seconds)
        self._client = Client(sms.account_sid, sms.auth_token, http_client=self._http)

    async def send(self, letter: Letter) -> Outcome:
        """Send a text once; there is no second try in here."""
        try:
            message = await self._client.messages.create_async(
                to=letter.number,
                from_=self._sms.from_number,
                body=letter.body,
                status_callback=f"{self._sms.public_url}{STATUS_PATH}?delivery={letter.delivery_id}",
            )
            return Sent(str(message.sid)) if message.sid else InDoubt("unreadable_answer")
        except _AnsweredError as answer:
            return _judged(answer)
        except ClientConnectorError:
            return NotSent("no_connection")
        except asyncio.TimeoutError:
            return InDoubt("timeout")
        except (ClientError, OSError):
            return InDoubt("connection_lost")
        except (TwilioException, ValueError, TypeError):
            return InDoubt("unreadable_answer")

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()


class _AnsweredError(Exception):
    """Twilio answered with something else than a message."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class _HttpClient(AsyncTwilioHttpClient):
    """Twilio's client with a time limit and another host where one is set; it logs nothing, all of it is personal."""

    def __init__(self, api_base: str | None, seconds: float) -> None:
        super().__init__()
        self._base = urlsplit(api_base) if api_base else None
        self._seconds = seconds

    async def request(self, method: str, url: str, **named: Any) -> Response:
        """Ask Twilio; its refusals are told apart here, whatever their bodies are."""
        named["timeout"] = self._seconds
        response = await super().request(method, self._there(url), **named)
        if response.status_code >= 300:
            raise _AnsweredError(response.status_code, _code(response))
        return response

    def log_request(self, kwargs: Any) -> None:
        """Log nothing: it holds the number and the text."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Log nothing."""

    def _there(self, url: str) -> str:
        if self._base is None:
            return url
        return urlunsplit(urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc))


def _judged(answer: _AnsweredError) -> Outcome:
    if answer.status in NOT_TAKEN:
        return NotSent(answer.code)
    return InDoubt(answer.code) if answer.status >= 500 else Refused(answer.code)


def _code(response: Response) -> str:
    """Twilio's own error code, else the status."""
    try:
        return str(int(json.loads(response.text)["code"]))
    except (ValueError, KeyError, TypeError):
        return f"http_{response.status_code}"
