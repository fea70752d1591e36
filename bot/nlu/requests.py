"""Where the request form stands, for the components that read a message and for the processor that seals it."""

from __future__ import annotations

from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.trackers import DialogueStateTracker

from bot.consult.request.progress import KNOWN, is_unsent
from bot.consult.request.types import FIELD_OF_SLOT, FORM, FormState

REQUEST_ANSWER = "request_answer"
"""The message's property that holds what it says to the form."""


def form_state(tracker: DialogueStateTracker | None) -> FormState:
    """Return where the form stands in a conversation."""
    if tracker is None:
        return FormState()
    if tracker.active_loop_name == FORM:
        return FormState(FIELD_OF_SLOT.get(tracker.get_slot(REQUESTED_SLOT) or "", "consent"))
    held = tracker.current_slot_values()
    return FormState(unsent=is_unsent(held), filed="filed" in (held.get(KNOWN) or {}))
