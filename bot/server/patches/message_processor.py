"""Has Rasa's agent process messages with the processor that seals what is typed into the request form.

And has it keep them in the store that it is given: stock Rasa wraps it so that a turn that cannot be kept vanishes
silently, and logs what the database said of it, people's words included.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore

from bot.server.conversations.processor import SealingProcessor
from bot.server.patches.shape import function


def adjust(module: ModuleType) -> None:
    """Have ``rasa.core.agent`` make this processor, and take the store as it is."""
    stock = "MessageProcessor"
    function(module, f"{stock}.parse_message", "self", "message", "tracker", "only_output_properties")
    function(module, f"{stock}.save_tracker", "self", "tracker")
    function(module, "Agent._create_tracker_store", "store", "domain")
    module.MessageProcessor = SealingProcessor  # type: ignore[attr-defined]
    module.Agent._create_tracker_store = staticmethod(_as_it_is)


def _as_it_is(store: Any, domain: Any) -> Any:
    if store is None:
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store
