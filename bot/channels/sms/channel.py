"""The SMS channel: Twilio's webhooks in, Twilio's API out, and between them two queues that outlive a crash.

A webhook is answered at once; the answer to the person is made and sent afterwards (``service.py``).
"""

from __future__ import annotations

from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty
from sqlalchemy.engine import Engine

from bot.channels.apology import Reachable
from bot.channels.asking import OnNewMessage
from bot.clinic import read_clinic
from bot.database import shared_engine
from bot.settings import Settings, SmsSettings


class SmsChannel(InputChannel):
    """Rasa's input channel for SMS; without Twilio's settings it refuses every request."""

    def __init__(self, settings: Settings, bound: Engine, clinic: Reachable) -> None:
        self._settings = settings
        self._bound = bound
        self._clinic = clinic

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is also its place under ``/webhooks/``."""
        return "sms"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SmsChannel:
        """Make the channel from the environment's settings; ``credentials.yml`` only names it."""
        settings = Settings.from_environment()
        return cls(settings, shared_engine(settings.database_url), read_clinic(settings.clinic_file))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The two webhooks, and what works off the queues while the server runs."""
        routes = Blueprint("sms")
        if self._settings.sms is None:
            _route(routes, _refuse, _refuse)
        else:
            self._serve(routes, self._settings.sms, on_new_message)
        return routes

    def _serve(self, routes: Blueprint, sms: SmsSettings, on_new_message: OnNewMessage) -> None:
        from bot.channels.sms.service import SmsService

        service = SmsService(self._settings, sms, self._bound, self._clinic, on_new_message)
        _route(routes, service.inbound, service.status)
        routes.listener("after_server_start")(service.start)
        routes.listener("before_server_stop")(service.stop)


def _route(routes: Blueprint, inbound: Any, status: Any) -> None:
    # A partial, because Sanic writes attributes on its handlers and a method takes none.
    routes.add_route(partial(inbound), "/inbound", methods=("POST",), name="inbound")
    routes.add_route(partial(status), "/status", methods=("POST",), name="status")


async def _refuse(_request: Request) -> HTTPResponse:
    """Nothing can be validly signed while there is no account."""
    return empty(403)
