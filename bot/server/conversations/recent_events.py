"""What the next turn needs of a conversation: its last turns, and what earlier ones have left behind.

Rasa replays every event of the session at every prediction, so that a turn costs the more the longer people talk.
Nothing here looks further back than the memory that the slots hold: a rule is one message and its action.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Kept = Sequence[Any]
"""Rows of the table of events, in order: ``type_name`` and ``action_name`` (also a slot's or a form's)."""

TURNS = 2
"""How many turns are read whole."""
_KNOWN = frozenset(
    {"slot", "action", "user", "bot", "followup", "user_featurization", "active_loop", "action_execution_rejected"}
)
"""Events of which a later turn needs a slot's last at most; what is not listed may mean anything."""


def recent(rows: Kept) -> Kept:
    """The session's opening, the last value of each slot, and the last turns; everything where that might not do.

    A form that was open before the last turns started needs the message that opened it, and keeps all.
    """
    types = [row.type_name for row in rows]
    messages = _places(types, "user")
    if len(messages) <= TURNS:
        return rows
    opening, start = messages[0], _start(rows, messages[-TURNS])
    older, of_older = rows[opening:start], types[opening:start]
    if not _KNOWN.issuperset(of_older) or _is_open(older, of_older):
        return rows
    last = {older[place].action_name: older[place] for place in _places(of_older, "slot")}
    return [*rows[:opening], *last.values(), *rows[start:]]


def _start(rows: Kept, first: int) -> int:
    """Where the last turns start: with the bot's listening before the first of their messages."""
    return first - 1 if rows[first - 1].action_name == "action_listen" else first


def _is_open(rows: Kept, types: Sequence[str]) -> bool:
    """Whether a form was open at the end of some events."""
    loops = _places(types, "active_loop")
    return bool(loops and rows[loops[-1]].action_name)


def _places(types: Sequence[str], wanted: str) -> list[int]:
    return [place for place, name in enumerate(types) if name == wanted]
