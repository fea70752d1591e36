"""Rasa's processor of messages, sealing what is typed into the request form before anything is written down.

``bot.server.patches`` puts it in place of the stock one, for ``tandem serve`` and ``rasa shell`` alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from sqlalchemy.engine import Engine

from bot.database import engine, is_in_memory
from bot.handoff.vault import ContactVault
from bot.nlu.requests import form_state
from bot.retrying import persistently
from bot.server.conversations.sealing import Sealer
from bot.server.messages import ChatMessage
from bot.settings import Settings

OWN_TOKENS = frozenset({"website", "sms"})
"""The channels that put tokens in place of numbers and addresses themselves."""


class SealingProcessor(MessageProcessor):
    """A processor whose tracker never sees what the form collects."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Take what the stock processor takes."""
        super().__init__(*args, **named)
        self._pending: set[str] = set()

    @cached_property
    def sealer(self) -> Sealer:
        """What seals the messages, in the database of the conversations."""
        return Sealer(ContactVault(self._bound, Settings.from_environment().secret_key()))

    @cached_property
    def _bound(self) -> Engine:
        return getattr(self.tracker_store, "engine", None) or engine(Settings.from_environment().database_url)

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """Read a message; in a conversation, seal what it says to the form."""
        if tracker is not None and message.input_channel not in OWN_TOKENS:
            self.sealer.hide_contacts(message)
        parsed = await self._understood(message, tracker, only_output_properties)
        if tracker is None:
            return parsed
        state = form_state(tracker)
        if state.is_open or state.unsent:
            self._pending.add(tracker.sender_id)
        sealed: dict[str, Any] = await self._offloaded(self.sealer.seal, message, tracker, parsed)
        if isinstance(message, ChatMessage):
            message.was_read = True
        return sealed

    async def _understood(
        self, message: UserMessage, tracker: DialogueStateTracker | None, only_output_properties: bool
    ) -> dict[str, Any]:
        """Read a message as stock Rasa does, but for the thread of the encoders and what it only warns or logs of."""
        tracker = tracker or DialogueStateTracker.from_events(message.sender_id, [])
        given = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}
        target = self.model_metadata.nlu_target
        results = self.graph_runner.run(await self.graph_runner.run_ahead(given), targets=[target])
        nothing = {TEXT: "", INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, ENTITIES: []}
        found: dict[str, Any] = results[target][0].as_dict(only_output_properties=only_output_properties)
        return nothing | found

    async def save_tracker(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation; with a form that has ended, forget what it held."""
        await super().save_tracker(tracker)
        if tracker.sender_id in self._pending:
            self._pending.discard(tracker.sender_id)
            state = form_state(tracker)
            if not (state.is_open or state.unsent):
                await self._offloaded(self.sealer.forget, tracker.sender_id)

    async def _offloaded(self, work: Callable[..., Any], *args: Any) -> Any:
        """Do the vault's work in a thread, again while a fault may pass: nobody else waits for the database."""
        if is_in_memory(self._bound):
            return persistently(work, *args)
        return await asyncio.to_thread(persistently, work, *args)
