"""The trained model as a plain function in this process, for staff tools: no server, no stores, no actions."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.logs import configure_logs
from bot.server.lean import install
from bot.server.model_file import no_model

ModelReader = Callable[[str], dict[str, Any]]
"""A message in, Rasa's parse of it out: intent, ranking, entities, and what our components add."""


def load_model_reader(model_file: Path) -> ModelReader:
    """Load a model to read single messages with, each as the first of a conversation.

    Raises:
        ModelError: there is no model, or it was made by another version.
    """
    _be_quiet()
    # Rasa's imports take seconds: whoever only asks for help does not wait for them.
    from rasa.core.agent import Agent
    from rasa.exceptions import ModelNotFound

    agent = Agent()
    try:
        agent.load_model(model_file)
    except (ModelNotFound, OSError, ValueError):
        raise no_model(model_file) from None
    return lambda text: dict(asyncio.run(agent.parse_message(text)))


def _be_quiet() -> None:
    install()
    configure_logs("ERROR")
    warnings.simplefilter("ignore")
