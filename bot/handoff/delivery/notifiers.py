"""The ways out of a running bot, made from its settings; their libraries are loaded only where they are used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.clinic import read_clinic
from bot.handoff.delivery.console import Console
from bot.handoff.delivery.notifier import Notifier
from bot.handoff.ways import ways_out
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.handoff.delivery.mail import Mail


def notifiers(settings: Settings) -> Mapping[str, Notifier]:
    """Make each way out that the settings name, by its name."""
    makers: dict[str, Callable[[Settings], Notifier]] = {
        "mail": mail_way,
        "webhook": _webhook,
        "console": lambda _: Console(),
    }
    return {way: makers[way](settings) for way in ways_out(settings)}


def mail_way(settings: Settings) -> Mail:
    """Make the way by mail."""
    from bot.handoff.delivery.mail import Mail, MailServer

    clinic = read_clinic(settings.clinic_file)
    server = MailServer.at(settings.smtp_url or "")
    return Mail(server, settings.mail_sender(), settings.mail_to, clinic.name, clinic.zone)


def _webhook(settings: Settings) -> Notifier:
    from bot.handoff.delivery.webhook import Webhook

    return Webhook(settings.webhook_url or "", settings.webhook_secret or "")
