"""What the SMS channel does while it is on: takes Twilio's webhooks, and works off what waits.

It is imported only then: Twilio's library takes a moment.
"""

from __future__ import annotations

from typing import Any

from sanic import HTTPResponse, Request
from sanic.response import empty
from sqlalchemy.engine import Engine

from bot.channels.apology import Reachable
from bot.channels.asking import OnNewMessage
from bot.channels.exclusive import ConversationLocks
from bot.channels.offload import Offload
from bot.channels.sms.answering import Answering
from bot.channels.sms.deliverer import Deliverer
from bot.channels.sms.drain import Drain
from bot.channels.sms.inbox import Inbox
from bot.channels.sms.limits import Caps, Limits
from bot.channels.sms.outbox import Outbox
from bot.channels.sms.received import read_message, read_status
from bot.channels.sms.reception import Reception
from bot.channels.sms.red_flags import is_red_flag
from bot.channels.sms.seal import Seal
from bot.channels.sms.sending import TwilioSender
from bot.channels.sms.signature import Fields, SignatureCheck
from bot.channels.sms.wording import Wording
from bot.database_clock import DatabaseClock
from bot.handoff.vault import ContactVault
from bot.settings import Settings, SmsSettings

GRACE_SECONDS = 12.0
"""How long a text that is being sent may take when the server stops."""
SIGNATURE = "x-twilio-signature"


class SmsService:
    """The webhooks' handlers, and the two drains behind them."""

    def __init__(
        self, settings: Settings, sms: SmsSettings, bound: Engine, clinic: Reachable, bot: OnNewMessage
    ) -> None:
        """Join the parts; nothing runs before ``start``."""
        secret = settings.secret_key()
        vault, seal, clock = ContactVault(bound, secret), Seal(secret), DatabaseClock(bound)
        limits = Limits(Caps(sms.number_per_hour, sms.number_per_day, sms.per_day), clock)
        self._outbox = Outbox(bound, vault, seal, clock)
        self._reception = Reception(bound, vault, seal, self._outbox, limits, Wording(clinic), is_red_flag, clock)
        self._offload = Offload(bound)
        self._check = SignatureCheck(sms.auth_token, sms.public_url)
        kept, locks = Inbox(bound, seal, self._outbox, limits, clock), ConversationLocks(bound)
        answering = Answering(kept, vault, self._offload, locks, clinic, bot, is_red_flag)
        self._answering = Drain(answering.due, self._answer_with(answering))
        self._sms = sms
        self._sending: Drain | None = None
        self._sender: TwilioSender | None = None

    async def start(self, *_: object) -> None:
        """Work off what waits."""
        self._sender = TwilioSender(self._sms)
        deliverer = Deliverer(self._outbox, self._sender, self._offload)
        self._sending = Drain(deliverer.due, deliverer.deliver)
        self._answering.start()
        self._sending.start()

    async def stop(self, *_: object) -> None:
        """Let what is under way end, then close."""
        await self._answering.stop(GRACE_SECONDS)
        if self._sending:
            await self._sending.stop(GRACE_SECONDS)
        if self._sender:
            await self._sender.close()

    async def inbound(self, request: Request) -> HTTPResponse:
        """Keep a message, and say so; an error makes Twilio tell its owner, and nothing is lost silently."""
        fields = self._fields(request)
        if fields is None:
            return empty(403)
        message = read_message(fields, _signatures(request)[0])
        if message is not None:
            await self._offload(self._reception.accept, message)
            self._wake()
        return empty(204)

    async def status(self, request: Request) -> HTTPResponse:
        """Keep how far a text has come."""
        fields = self._fields(request)
        if fields is None:
            return empty(403)
        told = read_status(fields, request.args.get("delivery"))
        if told is not None:
            await self._offload(self._outbox.told, told)
        return empty(204)

    def _fields(self, request: Request) -> Fields | None:
        kind = request.headers.get("content-type", "")
        target = request.raw_url.decode("latin-1")
        return self._check.fields(target, kind, request.body, _signatures(request))

    def _answer_with(self, answering: Answering) -> Any:
        async def answer(sender: str) -> bool:
            answered = await answering.answer(sender)
            if answered:
                self._wake()
            return answered

        return answer

    def _wake(self) -> None:
        self._answering.wake()
        if self._sending:
            self._sending.wake()


def _signatures(request: Request) -> list[str]:
    return list(request.headers.getall(SIGNATURE, []))
