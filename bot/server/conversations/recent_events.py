"""What the next turn needs of a conversation: its last turns, and what earlier ones have left behind.

Rasa replays every event of the session at every prediction, so that a turn costs the more the longer people talk.
Nothing here looks further back than the memory that the slots hold: a rule is one message and its action.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Kept = Sequence[Any]
"""Rows of the table of events, in order: ``type_name``, ``action_name`` (also a slot's or a form's), ``data``."""

TURNS = 2
"""How many turns are read whole."""
_REPLACED = frozenset({"slot"})
_OVER = frozenset(
    {"action", "user", "bot", "followup", "user_featurization", "active_loop", "action_execution_rejected"}
)
"""Events that mean nothing to a turn after the next ones; what is not listed may mean anything."""


def recent(rows: Kept) -> Kept:
    """The session's opening, the last value of each slot, and the last turns; everything where that might not do.

    A form that was open before the last turns started needs the message that opened it, and keeps all.
    """
    opening, start = _opening(rows), _start(rows)
    older = rows[opening:start]
    if start <= opening or _is_open(older) or any(row.type_name not in _OVER | _REPLACED for row in older):
        return rows
    last = {row.action_name: row for row in older if row.type_name in _REPLACED}
    return [*rows[:opening], *last.values(), *rows[start:]]


def _opening(rows: Kept) -> int:
    """Where the first message stands: before it are the session's start and the slots that it took over."""
    return next((place for place, row in enumerate(rows) if row.type_name == "user"), len(rows))


def _start(rows: Kept) -> int:
    """Where the last turns start: with the bot's listening before the first of their messages."""
    messages = [place for place, row in enumerate(rows) if row.type_name == "user"]
    if len(messages) <= TURNS:
        return 0
    first = messages[-TURNS]
    return first - 1 if rows[first - 1].action_name == "action_listen" else first


def _is_open(rows: Kept) -> bool:
    """Whether a form was open at the end of some events."""
    loops = [row.action_name for row in rows if row.type_name == "active_loop"]
    return bool(loops and loops[-1])
