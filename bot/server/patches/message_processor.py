"""Has Rasa's agent process messages with the processor that seals what is typed into the request form."""

from __future__ import annotations

from types import ModuleType

from bot.server.conversations.processor import SealingProcessor
from bot.server.patches.shape import function


def adjust(module: ModuleType) -> None:
    """Have ``rasa.core.agent`` make this processor."""
    stock = "MessageProcessor"
    function(module, f"{stock}.parse_message", "self", "message", "tracker", "only_output_properties")
    function(module, f"{stock}.save_tracker", "self", "tracker")
    function(module, f"{stock}._check_for_unseen_features", "self", "parse_data")
    module.MessageProcessor = SealingProcessor  # type: ignore[attr-defined]
