"""Where the request form stands, as the components and the processor see it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.consult.request.progress import ALL_SLOTS
from bot.consult.request.types import FORM, SLOTS, FormState
from bot.nlu.requests import form_state

COMPLETE = dict.fromkeys(SLOTS.values(), "-")


def tracker(loop: str | None = None, **slots: Any) -> DialogueStateTracker:
    made = DialogueStateTracker("x", [AnySlot(name, mappings=[{}]) for name in (*ALL_SLOTS, "requested_slot")])
    made.update(ActiveLoop(loop))
    for name, value in slots.items():
        made.update(SlotSet(name, value))
    return made


@pytest.mark.parametrize(
    ("conversation", "state"),
    [
        (None, FormState()),
        (tracker(), FormState()),
        (tracker(FORM, requested_slot="request_time"), FormState("time")),
        (tracker(FORM), FormState("consent")),
        (tracker(request_key="k", **COMPLETE), FormState(unsent=True)),
        (tracker(request_key="k", request_name="name-1"), FormState()),
        (tracker(**COMPLETE), FormState()),
        (DialogueStateTracker("x", []), FormState()),
    ],
    ids=[
        "no conversation",
        "no form",
        "open",
        "just opened",
        "not filed",
        "left in a session before",
        "filed",
        "no slots",
    ],
)
def test_a_form_is_open_waits_to_be_filed_or_is_not_there(
    conversation: DialogueStateTracker | None, state: FormState
) -> None:
    assert form_state(conversation) == state
