"""Rasa's agent, which does not start on a broken model."""

from __future__ import annotations

from pathlib import Path

from rasa.core.agent import Agent
from rasa.exceptions import ModelNotFound

from bot.database import shared_engine
from bot.server.actions.endpoint import actions
from bot.server.actions.in_process import InProcessActions
from bot.server.conversations.lock import HandOverLockStore
from bot.server.conversations.store import HonestTrackerStore
from bot.server.model_file import no_model
from bot.settings import Settings


def load_agent(settings: Settings, model_file: Path) -> Agent:
    """Load the model and connect it to its stores and actions.

    Raises:
        ModelError: there is no model, or it was made by another version.
    """
    agent = Agent(
        tracker_store=HonestTrackerStore(bound=shared_engine(settings.database_url)),
        lock_store=HandOverLockStore(),
        action_endpoint=actions(settings),
    )
    try:
        agent.load_model(model_file)
    except (ModelNotFound, OSError, ValueError):
        raise no_model(model_file) from None
    return agent


async def warm_up(agent: Agent) -> None:
    """Read and answer a message before anybody sends one: what is loaded at first use takes seconds."""
    await agent.parse_message("Hello")
    if isinstance(agent.action_endpoint, InProcessActions):
        await agent.action_endpoint.warm_up()
