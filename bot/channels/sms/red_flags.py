"""Whether a text may be a red flag: asked of the safety layer alone, before a wish about texts is fulfilled."""

from __future__ import annotations

from collections.abc import Callable

from bot.nlu.services import services

URGENT = frozenset({"emergency_911", "emergency_today", "self_harm"})
IsRedFlag = Callable[[str], bool]


def is_red_flag(text: str) -> bool:
    """Tell whether the safety layer hears a red flag in a text."""
    return services().reader.safety.assess(text).route in URGENT
