"""Lets ``endpoints.yml`` say ``tandem:actions`` for the actions that the settings decide on.

With it, ``rasa shell`` runs the actions in its own process, or calls ``TANDEM_ACTIONS_URL``, as the server.
"""

from __future__ import annotations

from types import ModuleType

from bot.server.patches.shape import function

OUR_ACTIONS = "tandem:actions"


def adjust(module: ModuleType) -> None:
    """Teach ``EndpointConfig.from_dict`` in ``rasa.utils.endpoints`` the marker."""
    stock = function(module, "EndpointConfig.from_dict", "data")
    module.EndpointConfig.from_dict = lambda data: _our_actions() if data.get("url") == OUR_ACTIONS else stock(data)


def _our_actions() -> object:
    # Late, because both build on the very module that is being adjusted.
    from bot.server.actions.endpoint import actions
    from bot.settings import Settings

    return actions(Settings.from_environment())
