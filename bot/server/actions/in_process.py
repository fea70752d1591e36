"""The custom actions in the bot's own process: no second server to be down, slow or answering nonsense.

Rasa calls an action by asking an ``EndpointConfig`` for a request. This one hands the call to the SDK's own
executor, with the same JSON in and out as over HTTP, so the same ``actions`` package serves both ways.
"""

from __future__ import annotations

import asyncio
import json as encoding
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.errors import TandemError
from bot.logs import place_of
from bot.server.actions.own_answer import OwnAnswer

logger = logging.getLogger(__name__)
ACTION_SECONDS = 5
"""How long an action may take: somebody is waiting for the answer."""
LAST_MOMENT = 0.2
"""Seconds more for one that waits for a database in its thread, and cannot be broken off."""
THREADS = 4
"""How many actions run at the same time: all but those that wait for a database are computing."""
REJECTED = 400
FAILED = 500


class ActionsError(TandemError):
    """The ``actions`` package cannot be loaded."""


class InProcessActions(EndpointConfig):
    """An action endpoint without a network."""

    def __init__(self, executor: ActionExecutor) -> None:
        """Serve the actions that ``executor`` knows.

        The selective domain spares each call a copy of the whole domain, which no action here reads.
        """
        super().__init__(url="this process", enable_selective_domain=True)
        self.executor = executor
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="actions")

    @classmethod
    def of_package(cls, package: str = "actions") -> InProcessActions:
        """Load every action of a package.

        Raises:
            ActionsError: it cannot be imported, or holds something that is no action.
        """
        executor = ActionExecutor()
        try:
            executor.register_package(package)
        except (Exception, SystemExit) as error:  # the SDK leaves the program where an import fails
            raise ActionsError(f"The actions in {package!r} cannot be loaded: {place_of(error)}.") from None
        return cls(executor)

    async def warm_up(self, action: str = "action_answer") -> None:
        """Have an action answer nobody: what it loads at its first use takes longer than somebody should wait."""
        nobody = {"sender_id": "nobody", "slots": {}, "events": [], "latest_message": {"intent": {"name": "order"}}}
        with suppress(ClientResponseError):
            await self.request(json={"next_action": action, "tracker": nobody})

    async def request(self, method: str = "post", subpath: str | None = None, **call: Any) -> Any:
        """Run the action that ``json`` names and answer as an action server would.

        Raises:
            ClientResponseError: the action rejected its execution (400), failed or took too long (500).
        """
        try:
            # In a thread: an action that waits for a database must hold up nobody else.
            running = asyncio.get_running_loop().run_in_executor(self._threads, self._run, call["json"])
            return await asyncio.wait_for(running, ACTION_SECONDS + LAST_MOMENT)
        except ActionExecutionRejection as rejection:
            raise _rejected(rejection) from None
        except Exception as error:
            logger.error("The action %s failed: %s", call["json"].get("next_action"), place_of(error))
            raise ClientResponseError(FAILED, "The action failed.", "{}") from None

    def _run(self, call: Any) -> OwnAnswer:
        return _as_sent(asyncio.run(asyncio.wait_for(self.executor.run(call), ACTION_SECONDS)))


def _as_sent(answer: Any) -> OwnAnswer:
    """Pass the answer through JSON, as the network would: what cannot be stored fails here, in the action."""
    return OwnAnswer(encoding.loads(encoding.dumps(answer)))


def _rejected(rejection: ActionExecutionRejection) -> ClientResponseError:
    body = {"error": rejection.message, "action_name": rejection.action_name}
    return ClientResponseError(REJECTED, "The action was rejected.", encoding.dumps(body))
