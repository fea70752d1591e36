"""Where the bot's actions run: in its own process, or on the action server that the settings name."""

from __future__ import annotations

from rasa.utils.endpoints import EndpointConfig

from bot.server.actions.in_process import InProcessActions
from bot.server.actions.remote import RemoteActions
from bot.settings import Settings


def actions(settings: Settings) -> EndpointConfig:
    """Give the action server at ``TANDEM_ACTIONS_URL``, or else the actions in this process."""
    if settings.actions_url:
        return RemoteActions(settings.actions_url, settings.given_secret_key)
    return InProcessActions.of_package()
